import type { Context } from '../context.ts';
import { found, notSeen, together } from '../weakness.ts';
import type { Findings } from '../weakness.ts';

/** Who went past a ruleset lately. The gatekeeper stands outside of its own by purpose. */
export function findBypasses({ enforcement: { bypasses, app } }: Context): Findings {
  if (bypasses.state === 'hidden') return notSeen('who went past a ruleset', bypasses.why, { lock: false });
  const keeper = app?.slug === null || app === null ? null : `${app.slug}[bot]`;
  const others = bypasses.value.filter(({ actor }) => actor !== keeper);
  return together(
    others.map(({ ref, actor, at, id }) => found({ code: 'bypass-seen', where: ref, message: `${actor} went past a ruleset on ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC (rule suite ${id}).`, next: 'Ask why. `sallyport audit main` says whether something landed that no gate admitted.' })),
  );
}

import type { Context } from '../context.ts';
import type { BypassActor } from '../enforcement.ts';
import { judgeOutsiders } from '../judge-outsiders.ts';
import type { Refs } from '../match-ref.ts';
import { ofType, whoMay } from '../who-may.ts';
import type { Allowed, RulesOn } from '../who-may.ts';
import { found, notSeen, nothingFound, together } from '../weakness.ts';
import type { Findings, WeaknessCode } from '../weakness.ts';
import { setUp } from '../words.ts';

/** Numbers and versions of every length that will be met. */
const numbers = ['1', '9', '10', '42', '999', '1000', '123456'];
const versions = ['0.0.1', '1.0.0', '10.20.30', '1.8.0-rc.3'];

const family = (prefix: string, ends: readonly string[]): Refs => ({ examples: ends.map((end) => `refs/tags/${prefix}${end}`), prefix: `refs/tags/${prefix}` });

/** Who can make, move and delete the tags that promote, and those of builds and releases. */
export function findTagWeaknesses({ enforcement, policy }: Context): Findings {
  const { rulesets, app, repository } = enforcement;
  if (rulesets.state === 'hidden') return notSeen('rulesets for tags', rulesets.why, { lock: true });
  const rules: RulesOn = { rulesets: rulesets.value, defaultBranch: repository.defaultBranch };
  const promotions = policy.environments.map(({ name }) => ({ refs: family(`promote/${name}/`, numbers), shown: `promote/${name}/*`, lock: true, open: 'promotion-tags-open', movable: 'promotion-tags-movable' }) as const);
  const records = ['build/', 'v'].map((prefix) => ({ refs: family(prefix, versions), shown: prefix === 'v' ? 'v*' : 'build/**', lock: false, open: 'build-tags-open', movable: 'build-tags-movable' }) as const);
  return together(
    [...promotions, ...records].flatMap(({ refs, shown, lock, open, movable }) => {
      const ask = (type: string): Allowed => whoMay(rules, refs, ofType(type));
      return [
        judge(ask('creation'), { code: open, shown, lock, doing: 'make', except: app?.id ?? null }),
        lock && app !== null ? requireKeeper(ask('creation'), shown, app.id) : nothingFound,
        judge(ask('update'), { code: movable, shown, lock, doing: 'move', except: null }),
        judge(ask('deletion'), { code: movable, shown, lock, doing: 'delete', except: null }),
      ];
    }),
  );
}

type Terms = { readonly code: WeaknessCode; readonly shown: string; readonly lock: boolean; readonly doing: string; /** The App that may. */ readonly except: number | null };

function judge(allowed: Allowed, { code, shown, lock, doing, except }: Terms): Findings {
  const where = `tags ${shown}`;
  switch (allowed.who) {
    case 'hidden':
      return notSeen(`who may ${doing} ${where}`, allowed.why, { lock });
    case 'everyone':
      return found({ code, where, message: `No ruleset keeps anybody who may write from ${gerund(doing)} them${idle(allowed.idle)}.`, next: setUp });
    case 'only':
      return judgeOutsiders(allowed.actors.filter((actor) => !isApp(actor, except)), { code, where, doing: `${doing} them` });
    default:
      return allowed satisfies never;
  }
}

function requireKeeper(allowed: Allowed, shown: string, app: number): Findings {
  if (allowed.who !== 'only' || allowed.actors.some((actor) => isApp(actor, app))) return nothingFound;
  return found({ code: 'promotion-tags-closed', where: `tags ${shown}`, message: `The App ${app} stands in no bypass list of the rulesets that keep everybody from making them.`, next: setUp });
}

const isApp = ({ kind, id }: BypassActor, app: number | null): boolean => kind === 'Integration' && app !== null && id === app;

const gerund = (doing: string): string => ({ make: 'making', move: 'moving', delete: 'deleting' })[doing] ?? doing;

const idle = (names: readonly string[]): string => (names.length === 0 ? '' : `; ${names.map((name) => `“${name}”`).join(', ')} would, and is not in force`);

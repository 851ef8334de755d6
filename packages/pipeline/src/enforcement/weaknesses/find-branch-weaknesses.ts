import * as z from 'zod';
import type { Context } from '../context.ts';
import type { Rule, Ruleset } from '../enforcement.ts';
import { judgeOutsiders } from '../judge-outsiders.ts';
import { covers, oneRef } from '../match-ref.ts';
import { ofType, whoMay } from '../who-may.ts';
import type { Allowed, RulesOn } from '../who-may.ts';
import { found, notSeen, nothingFound, together } from '../weakness.ts';
import type { Findings } from '../weakness.ts';
import { mergeCheckName } from '../wanted-enforcement.ts';
import { setUp } from '../words.ts';

/** What keeps a change that the merge gate has not admitted from the gated branches. */
export function findBranchWeaknesses({ enforcement, policy }: Context): Findings {
  const { rulesets, repository, app } = enforcement;
  if (rulesets.state === 'hidden') return notSeen('rulesets for branches', rulesets.why, { lock: true });
  const rules: RulesOn = { rulesets: rulesets.value, defaultBranch: repository.defaultBranch };
  return together([findUngatedDefault(policy.merge.into, repository.defaultBranch), ...policy.merge.into.flatMap((branch) => [findGate(rules, branch, app?.id ?? null), findWaysAround(rules, branch)])]);
}

/** Whoever may push there writes the policy (L6). */
const findUngatedDefault = (into: readonly string[], defaultBranch: string): Findings =>
  into.includes(defaultBranch) ? nothingFound : found({ code: 'default-branch-not-gated', where: `branch ${defaultBranch}`, message: `The policy, the workflows and the lists of people are read from it, and the policy gates ${into.join(', ')} only.`, next: `Add ${defaultBranch} to merge.into, and run \`sallyport setup apply\`.` });

const checks = z.looseObject({
  strict_required_status_checks_policy: z.boolean().optional(),
  required_status_checks: z.array(z.looseObject({ context: z.string(), integration_id: z.number().nullish() })),
});

const requiresGate = (isSource: (id: number | null) => boolean) => ({ type, parameters }: Rule): boolean => {
  const parsed = type === 'required_status_checks' ? checks.safeParse(parameters) : null;
  return parsed?.success === true && parsed.data.required_status_checks.some(({ context, integration_id: id }) => context === mergeCheckName && isSource(id ?? null));
};

/** Is the check required, from the App, of everybody? */
function findGate(rules: RulesOn, branch: string, app: number | null): Findings {
  const ref = oneRef(`refs/heads/${branch}`);
  const where = `branch ${branch}`;
  const pinned = whoMay(rules, ref, requiresGate((id) => app !== null && id === app));
  if (pinned.who === 'hidden') return notSeen(`who may merge into ${branch} past the gate`, pinned.why, { lock: true });
  if (pinned.who === 'only') return together([judgeOutsiders(pinned.actors, { code: 'gate-bypassed', where, doing: 'merge past the required check' }), findOldBases(rules, branch, app)]);
  const byAnyName = whoMay(rules, ref, requiresGate(() => true));
  const idle = pinned.idle.map((name) => `“${name}”`).join(', ');
  if (byAnyName.who === 'everyone') return found({ code: 'gate-not-required', where, message: `No ruleset in force requires the check ${mergeCheckName}${idle === '' ? '' : `; ${idle} would, and is not in force`}.`, next: setUp });
  return found({ code: 'gate-check-unpinned', where, message: `The check ${mergeCheckName} is required, but not from the gatekeeper App${app === null ? '' : ` ${app}`}: a workflow of a pull request can post one of that name.`, next: setUp });
}

/** A merge queue tests what lands as well as a branch that is up to date. */
function findOldBases(rules: RulesOn, branch: string, app: number | null): Findings {
  const inForce = rulesOn(rules, branch);
  const isStrict = ({ type, parameters }: Rule): boolean => type === 'required_status_checks' && checks.safeParse(parameters).data?.strict_required_status_checks_policy === true && requiresGate((id) => id === app)({ type, parameters });
  if (inForce.some(isStrict) || inForce.some(ofType('merge_queue'))) return nothingFound;
  return found({ code: 'branch-not-up-to-date', where: `branch ${branch}`, message: 'The check does not have to be of a branch that is up to date, and there is no merge queue.', next: setUp });
}

const rulesOn = ({ rulesets, defaultBranch }: RulesOn, branch: string): readonly Rule[] =>
  rulesets.filter((ruleset: Ruleset) => ruleset.enforcement === 'active' && covers(ruleset, oneRef(`refs/heads/${branch}`), defaultBranch)).flatMap((ruleset) => ruleset.rules);

function findWaysAround(rules: RulesOn, branch: string): Findings {
  const ask = (type: string): Allowed => whoMay(rules, oneRef(`refs/heads/${branch}`), ofType(type));
  const where = `branch ${branch}`;
  const rewriting = [['non_fast_forward', 'force-push to it'], ['deletion', 'delete it']] as const;
  return together([
    ...rewriting.map(([type, doing]) => judgeRewriting(ask(type), where, doing)),
    ask('pull_request').who === 'everyone' ? found({ code: 'pushes-without-pull-request', where, message: 'Nothing requires a pull request: a commit with a passing check can be pushed.', next: setUp }) : nothingFound,
  ]);
}

function judgeRewriting(allowed: Allowed, where: string, doing: string): Findings {
  if (allowed.who === 'hidden') return notSeen(`who may ${doing}: ${where}`, allowed.why, { lock: true });
  if (allowed.who === 'everyone') return found({ code: 'branch-rewritable', where, message: `Everybody who may write can ${doing}.`, next: setUp });
  return judgeOutsiders(allowed.actors, { code: 'branch-rewritable', where, doing });
}

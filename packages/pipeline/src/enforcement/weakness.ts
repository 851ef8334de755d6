/** Whom a weakness helps. `nobody`: it lets nothing through, it keeps the gatekeeper from its work. */
export type Helps = 'outsider' | 'writer' | 'admin' | 'key-holder' | 'nobody';

/**
 * `error`: what the lock promises does not hold, or nothing can be promoted. `warning`: a second line of defence is missing. `lock`: with it, the gates are advice and
 * no lock.
 */
type Kind = { readonly severity: 'error' | 'warning'; readonly lock: boolean; readonly helps: Helps; /** What is the matter, in one line. */ readonly title: string };

const open = (helps: Helps, title: string): Kind => ({ severity: 'error', lock: true, helps, title });
const stuck = (title: string): Kind => ({ severity: 'error', lock: false, helps: 'nobody', title });
const weak = (helps: Helps, title: string): Kind => ({ severity: 'warning', lock: false, helps, title });

/** Everything that `doctor` finds, by code. The list is closed: docs/doctor.md has a row for each. */
export const weaknesses = {
  'app-missing': open('writer', 'There is no gatekeeper App'),
  'app-over-privileged': weak('key-holder', 'The App may do more than it needs'),
  'app-permission-missing': stuck('The App may do less than it needs'),
  'policy-missing': open('writer', 'There is no valid policy on the default branch'),
  'ledger-key-missing': stuck('The policy trusts no ledger key'),
  'default-branch-not-gated': open('writer', 'The branch that policy and workflows are read from is not gated'),
  'gate-not-required': open('writer', 'A gated branch does not require the merge gate'),
  'gate-check-unpinned': open('writer', 'The required check may come from any workflow'),
  'gate-bypassed': open('writer', 'Somebody may merge past the merge gate'),
  'bypassed-by-admins': weak('admin', 'Administrators stand outside a ruleset of the lock, and need not change a setting to get past it'),
  'branch-not-up-to-date': weak('writer', 'A branch may be merged that was not tested with what is on the base'),
  'branch-rewritable': open('writer', 'A gated branch can be rewritten or deleted'),
  'pushes-without-pull-request': weak('writer', 'A gated branch takes pushes without a pull request'),
  'promotion-tags-open': open('writer', 'Others than the gatekeeper can make promotion tags'),
  'promotion-tags-closed': stuck('The gatekeeper cannot make promotion tags'),
  'promotion-tags-movable': open('writer', 'Promotion tags can be moved or deleted'),
  'build-tags-open': weak('writer', 'Others than the gatekeeper can make the tags of builds and releases'),
  'build-tags-movable': weak('writer', 'Tags of builds and releases can be moved or deleted'),
  'ledger-open': open('writer', 'Others than the gatekeeper can write the ledger'),
  'ledger-closed': stuck('The gatekeeper cannot write the ledger'),
  'ledger-rewritable': open('writer', 'The ledger can be rewritten or deleted'),
  'environment-missing': open('writer', 'An environment is not there, and whoever names it first makes it, unprotected'),
  'environment-admits-anything': open('writer', 'An environment admits every branch and tag'),
  'environment-admits-others': open('writer', 'An environment admits more than its promotions'),
  'environment-admits-nothing': stuck('An environment does not admit its promotions'),
  'environment-bypassed-by-admins': weak('admin', 'Administrators may start a deployment past the protection rules'),
  'keys-missing': stuck('The gatekeeper’s keys are not where it looks for them'),
  'keys-outside': open('writer', 'The gatekeeper’s keys are where other jobs can read them'),
  'secret-outside': open('writer', 'A secret of a deployment is where every workflow can read it'),
  'token-writes': weak('writer', 'Workflows get a token that may write unless they say otherwise'),
  'actions-approve': weak('writer', 'Workflows may approve pull requests'),
  'actions-off': stuck('GitHub Actions are turned off'),
  'actions-unpinned-allowed': weak('outsider', 'Workflows may use actions that are not pinned to a commit'),
  'action-unpinned': weak('outsider', 'A workflow uses an action by a name that can be moved'),
  'dangerous-trigger': open('outsider', 'A workflow with rights runs the code of a pull request'),
  'script-injection': open('outsider', 'A workflow puts a stranger’s words into a script'),
  'keys-without-environment': weak('writer', 'A job names the gatekeeper’s keys outside of their environment'),
  'unknown-environment': weak('writer', 'A job names an environment that is not there'),
  'workflow-missing': stuck('A workflow that the policy names is not on the default branch'),
  'workflow-off': stuck('A workflow is turned off'),
  'gatekeeper-missing': stuck('No workflow runs the gatekeeper'),
  'gatekeeper-unscheduled': weak('nobody', 'The gatekeeper runs on events only, and nothing starts it when the window opens'),
  'merge-gate-missing': stuck('No workflow runs the merge gate'),
  'deploy-does-not-ask': open('writer', 'A deploy does not ask again before anything else runs'),
  'releases-mutable': weak('writer', 'The files of a published release can be exchanged'),
  'label-missing': stuck('The label that override requests need is not there'),
  'bypass-seen': weak('admin', 'Somebody went past a ruleset'),
} as const satisfies Record<string, Kind>;

export type WeaknessCode = keyof typeof weaknesses;

export const weaknessCodes = Object.keys(weaknesses) as readonly WeaknessCode[];

/** One thing that is the matter, in one place. */
export type Weakness = {
  readonly code: WeaknessCode;
  /** E.g. `environment production`. */
  readonly where: string;
  /** A sentence: what was seen. */
  readonly message: string;
  /** A sentence: what to do. */
  readonly next: string;
  /** Where it stands in a file of the default branch; lines count from 1. */
  readonly file?: { readonly path: string; readonly line: number };
};

/** Something that could not be seen, and so is neither good nor bad. */
export type Unseen = { readonly what: string; readonly why: string; /** The lock rests on it. */ readonly lock: boolean };

export type Findings = { readonly weaknesses: readonly Weakness[]; readonly unseen: readonly Unseen[] };

export const nothingFound: Findings = { weaknesses: [], unseen: [] };

export const found = (...list: readonly Weakness[]): Findings => ({ weaknesses: list, unseen: [] });

export const notSeen = (what: string, why: string, { lock }: { readonly lock: boolean }): Findings => ({ weaknesses: [], unseen: [{ what, why, lock }] });

export const together = (all: readonly Findings[]): Findings => ({ weaknesses: all.flatMap((one) => one.weaknesses), unseen: all.flatMap(({ unseen }) => unseen) });

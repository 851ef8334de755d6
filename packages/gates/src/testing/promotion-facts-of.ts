import { completeList, known } from '../facts/fact.ts';
import type { ReleaseFacts } from '../facts/release-facts.ts';
import type { RollbackFact } from '../facts/rollback-facts.ts';
import type { BuildFact, GrantFact, LandingFact } from '../facts/shared.ts';
import type { StageFacts } from '../facts/stage-facts.ts';
import { ben, cho, dia, fakeDigest, fakeSha, instantOf } from './people.ts';
import { buildWorkflow } from './policy.ts';

export const buildDigest = fakeDigest('b1');
export const otherDigest = fakeDigest('b0');
const commit = fakeSha('c1');
const landedHead = fakeSha('1a');
const tree = fakeSha('7e');
const mergedAt = instantOf('2026-11-20T09:00:00Z');

/** Saturday, 07:00 in Los Angeles: the window has been open for an hour and stays open for five. */
export const saturdayAt = instantOf('2026-11-28T15:00:00Z');
export const windowOpensAt = instantOf('2026-11-28T14:00:00Z');
export const windowClosesAt = instantOf('2026-11-28T20:00:00Z');
/** Thursday noon in Los Angeles: the window is closed. */
export const thursdayAt = instantOf('2026-11-26T20:00:00Z');
export const healthySince = instantOf('2026-11-24T15:00:00Z');

const repository = { owner: 'acme', name: 'shop', id: 5000, defaultBranch: 'main' };

export const buildOf = (changes: Partial<BuildFact> = {}): BuildFact => ({
  digest: buildDigest,
  version: '1.8.0',
  commit,
  artifacts: [{ name: 'shop.tar', digest: fakeDigest('a1'), sizeBytes: 1024 }],
  workflow: buildWorkflow,
  runId: 7100,
  registeredAt: mergedAt + 600_000,
  ledgerIndex: 3,
  ...changes,
});

type Change = NonNullable<LandingFact['change']>;

export const changeOf = (changes: Partial<Change> = {}): Change => ({
  number: 12,
  headSha: landedHead,
  mergedAt,
  decision: decisionOf(),
  ...changes,
});

/** The recorded decision that allowed it, on the tree that landed. */
export const decisionOf = (changes: Partial<NonNullable<Change['decision']>> = {}): NonNullable<Change['decision']> => ({ ledgerIndex: 2, outcome: 'allow', headSha: landedHead, judgedTree: tree, decidedAt: mergedAt - 60_000, ...changes });

export const landingOf = (changes: Partial<LandingFact> = {}): LandingFact => ({ commit, branch: 'main', onBranch: true, landedTree: tree, change: changeOf(), ...changes });

export const runningOf = (version: string, build = otherDigest) => ({ build, version, commit: fakeSha('c0'), number: 4, since: mergedAt - 86_400_000 });

export const startOf = (changes: Partial<Extract<StageFacts['asking'], { readonly for: 'start' }>> = {}): StageFacts['asking'] => ({ for: 'start', number: 5, tag: 'promote/production/5', intended: true, ended: false, newest: 5, ...changes });

const common = { repository, asking: { for: 'promotion' }, build: known(buildOf()), landing: known(landingOf()), ungated: completeList([]), running: known(runningOf('1.7.0')), inFlight: completeList([]), holds: completeList([]) } as const;

/** A registered build of an allowed change, newer than what staging runs: it may be staged. */
export const stageFactsOf = (changes: Partial<StageFacts> = {}): StageFacts => ({ schema: 1, gate: 'stage', environment: 'staging', ...common, ...changes });

/** The same build, healthy in staging for days, on its way to production. On a Saturday morning it may go. */
export const releaseFactsOf = (changes: Partial<ReleaseFacts> = {}): ReleaseFacts => ({
  schema: 1,
  gate: 'release',
  environment: 'production',
  ...common,
  occupancy: known({ environment: 'staging', build: buildDigest, number: 9, healthySince }),
  recentDeploySeconds: completeList([]),
  grants: completeList([]),
  reviewTasks: completeList([]),
  ...changes,
});

/** Ben asked, Cho approved, an hour before `at`; it waives window and soak and was never used. */
export const grantOf = (changes: Partial<GrantFact> = {}, at = thursdayAt): GrantFact => ({
  id: '31',
  environment: 'production',
  build: buildDigest,
  requester: ben,
  approvers: [cho],
  reason: 'customer data is readable',
  advisory: 'CVE-2026-12345',
  waives: ['window', 'soak'],
  grantedAt: at - 3_600_000,
  expiresAt: at + 3 * 3_600_000,
  consumedBy: null,
  ledgerIndex: 20,
  ...changes,
});

/** Cho, a maintainer, asked an hour before `at` for production to return to the build that ran there as promotion 3. */
export const rollbackOf = (changes: Partial<RollbackFact> = {}, at = thursdayAt): RollbackFact => ({
  id: '9001',
  environment: 'production',
  build: buildDigest,
  requester: cho,
  role: known('maintain'),
  reason: 'checkout fails',
  requestedAt: at - 3_600_000,
  edited: false,
  consumedBy: null,
  ranAs: known({ number: 3, version: '1.8.0', endedAt: mergedAt + 3_600_000 }),
  ...changes,
});

export const holdOf = (issue = 41) => ({ issue, owner: dia, reason: 'payment provider is down', since: mergedAt });

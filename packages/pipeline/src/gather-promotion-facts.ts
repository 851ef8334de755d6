import { completeList, known, partialList, unknown } from '@sallyport/gates';
import type { BuildFact, Fact, ReleaseFacts, StageFacts } from '@sallyport/gates';
import type { EnvironmentPolicy, Policy } from '@sallyport/policy';
import { coverCommits } from './cover-commits.ts';
import type { Calendars } from './gather-calendars.ts';
import { gatherLanding } from './gather-landing.ts';
import { gatherProbes } from './gather-probes.ts';
import { gatherProvenance } from './gather-provenance.ts';
import type { ProvenanceSources } from './gather-provenance.ts';
import { lastSucceeded, occupancyOf, openPromotions, promotionsTo } from './ledger-state.ts';
import type { AskedRollback, LedgerState } from './ledger-state.ts';
import type { Changes, Desk, Probes, RepositoryFact } from './ports.ts';
import { holdsIn, scheduleIn } from './release/standing-commands.ts';
import { isSilent, silentFrom } from './silent-deploy.ts';

/** At most this many past deploys speak for how long the next will take. */
const recentDeploys = 20;

export type Asking = StageFacts['asking'];

export type PromotionQuestion = {
  readonly environment: EnvironmentPolicy;
  /** Digest of the build. */
  readonly build: string;
  readonly asking: Asking;
  /** Only where somebody asked for the environment to return to this build. */
  readonly rollback?: AskedRollback;
};

type Sources = ProvenanceSources & { readonly policy: Policy; readonly calendars: Calendars; readonly changes: Changes; readonly desk: Desk; readonly probes: Probes; /** Now, in epoch milliseconds. */ readonly at: number; readonly repository: RepositoryFact; readonly state: LedgerState; readonly unreadCommands: string | null };

/** What the stage gate needs for an environment that comes after no other. */
export async function gatherStageFacts(sources: Sources, question: PromotionQuestion): Promise<StageFacts> {
  return { schema: 1, gate: 'stage', ...(await gatherCommon(sources, question)) };
}

/** What the release gate needs for an environment that comes after another. */
export async function gatherReleaseFacts(sources: Sources, question: PromotionQuestion): Promise<ReleaseFacts> {
  const { state, desk } = sources;
  const { environment } = question;
  const [common, reviewTasks, probes] = await Promise.all([gatherCommon(sources, question), gatherReviewTasks(desk, state), gatherProbes(sources, environment)]);
  return {
    schema: 1,
    gate: 'release',
    ...common,
    occupancy: known(environment.after === null ? null : occupancyOf(state, environment.after.environment)),
    ...(probes === undefined ? {} : { probes }),
    recentDeploySeconds: completeList(recentDeploySeconds(state, environment.name)),
    grants: completeList([...state.grants.values()].filter((grant) => grant.environment === environment.name)),
    reviewTasks,
  };
}

async function gatherCommon({ builds, trustRoots, policy, calendars, changes, desk, repository, state, at, unreadCommands }: Sources, { environment, build, asking, rollback }: PromotionQuestion) {
  const registered = state.builds.get(build);
  const [landing, ungated, holds, held, role, provenance] = await Promise.all([
    registered === undefined ? unknown('the build is not registered, so its commit is not known') : gatherLanding(changes, state, registered.commit, repository.defaultBranch),
    gatherUngated(changes, state, { environment: environment.name, commit: registered?.commit ?? null, branch: repository.defaultBranch }),
    gatherHolds(desk, state, environment.name, unreadCommands),
    calendars(),
    rollback === undefined ? undefined : desk.readRole(rollback.requester),
    gatherProvenance({ builds, trustRoots }, { policy, repository, build: registered }),
  ]);
  const schedule = scheduleIn(state, environment.name);
  return { repository, environment: environment.name, asking, build: buildFact(state, build), landing, ungated, running: known(runningIn(state, environment.name)), inFlight: inFlightIn(state, environment.name, at), holds, ...(held === undefined ? {} : { calendars: held }), ...(environment.promote === 'scheduled' || schedule !== null ? { schedule } : {}), ...(rollback === undefined || role === undefined ? {} : { rollback: { ...rollback, role, ranAs: known(ranAs(state, environment.name, rollback.build)) } }), ...(provenance === undefined ? {} : { provenance }) };
}

/** By open issues, and by commands on the release issues. */
async function gatherHolds(desk: Desk, state: LedgerState, environment: string, unread: string | null): Promise<StageFacts['holds']> {
  const listed = await desk.listHolds();
  const items = [...listed.items, ...holdsIn(state, environment)];
  const missing = [...(listed.complete ? [] : [listed.missing]), ...(unread === null ? [] : [unread])];
  return missing.length === 0 ? completeList(items) : partialList(items, missing.join('; '));
}

/** The last time a build was promoted to an environment with success. */
function ranAs(state: LedgerState, environment: string, build: string) {
  const promotion = promotionsTo(state, environment).findLast((one) => one.build === build && one.end?.outcome === 'succeeded');
  return promotion?.end == null ? null : { number: promotion.number, version: promotion.version, endedAt: Date.parse(promotion.end.endedAt) };
}

/** Commits since what the environment runs that came by no allowed change (L1). Before a first promotion there is nothing to count from. */
async function gatherUngated(changes: Changes, state: LedgerState, { environment, commit, branch }: { readonly environment: string; readonly commit: string | null; readonly branch: string }): Promise<StageFacts['ungated']> {
  const running = lastSucceeded(state, environment);
  if (commit === null) return partialList([], 'the build is not registered, so its commits are not known');
  if (running === null || running.commit === commit) return completeList([]);
  const { uncovered, missing } = await coverCommits(changes, state, { from: running.commit, to: commit, branch });
  return missing === null ? completeList(uncovered) : partialList(uncovered, missing);
}

export function buildFact(state: LedgerState, digest: string): Fact<BuildFact> {
  const registered = state.builds.get(digest);
  if (registered === undefined) return unknown(`no build ${digest} is registered in the ledger`);
  const { version, commit, artifacts, workflow, runId, at, index } = registered;
  return known({ digest, version, commit, artifacts, workflow, runId, registeredAt: at, ledgerIndex: index });
}

function inFlightIn(state: LedgerState, environment: string, now: number): StageFacts['inFlight'] {
  return completeList(openPromotions(state, environment).map(({ number, tag, build, at }) => ({ number, tag, build, intendedAt: at, ...(isSilent(at, now) ? { silentSince: silentFrom(at) } : {}) })));
}

function runningIn(state: LedgerState, environment: string) {
  const promotion = lastSucceeded(state, environment);
  if (promotion?.end == null) return null;
  return { build: promotion.build, version: promotion.version, commit: promotion.commit, number: promotion.number, since: Date.parse(promotion.end.endedAt) };
}

function recentDeploySeconds(state: LedgerState, environment: string): readonly number[] {
  return promotionsTo(state, environment)
    .flatMap(({ end }) => (end?.outcome === 'succeeded' && end.startedAt !== null ? [(Date.parse(end.endedAt) - Date.parse(end.startedAt)) / 1000] : []))
    .filter((seconds) => seconds >= 0)
    .slice(-recentDeploys)
    .reverse();
}

async function gatherReviewTasks(desk: Desk, state: LedgerState): Promise<ReleaseFacts['reviewTasks']> {
  const tasks = await Promise.all([...state.reviews.values()].map(async (review) => ({ review, issueState: await desk.reviewState(review.issue) })));
  const items = tasks.map(({ review, issueState }) => ({
    overrideId: review.override,
    issue: review.issue,
    dueAt: Date.parse(review.dueAt),
    closed: 'known' in issueState && issueState.known === 'closed',
  }));
  const unread = tasks.filter(({ issueState }) => 'unknown' in issueState).map(({ review }) => `#${review.issue}`);
  return unread.length === 0 ? completeList(items) : partialList(items, `the state of review ${unread.join(', ')} could not be read`);
}


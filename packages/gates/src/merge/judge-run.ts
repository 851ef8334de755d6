import type { Instant } from '@sallyport/calendar';
import { known, unknown } from '../facts/fact.ts';
import type { Fact } from '../facts/fact.ts';
import type { MergeFacts, RunFact } from '../facts/merge-facts.ts';
import { missingFact } from '../ruling.ts';
import type { Finding } from '../ruling.ts';
import { timeText } from '../time-text.ts';
import { shortSha } from '../wording.ts';
import type { TestContext, WorkflowTest } from './test-context.ts';
import type { Elsewhere } from './test-verdict.ts';

/** A run by its number. One that is listed twice is not known: the two may say different things. */
export function runOf(id: number, { runs }: MergeFacts): Fact<RunFact> {
  const first = runs.items.findIndex((run) => run.id === id);
  const run = runs.items[first];
  if (run === undefined) return unknown('it was not read');
  return runs.items.findLastIndex((other) => other.id === id) === first ? known(run) : unknown(`run ${id} is listed more than once`);
}

/** Is this a run of `workflow` about the commit that is judged, for this pull request on its base? null when it is; else why not. */
export function runElsewhere(run: RunFact, workflow: string, context: TestContext): Elsewhere | null {
  return otherWorkflow(run, workflow) ?? otherEvent(run, context) ?? otherCommit(run.headSha, context) ?? otherBranch(run, context) ?? otherPullRequest(run, context) ?? beforeBaseMove(run.createdAt, 'its run was made', context);
}

function otherWorkflow(run: RunFact, workflow: string): Elsewhere | null {
  return run.workflow === workflow ? null : { reason: 'check-other-workflow', summary: `it comes from ${run.workflow}; only ${workflow} counts` };
}

/** A run that something else started may have the same name and commit, with other inputs, rights and files. */
function otherEvent({ event, workflow }: RunFact, { commit }: TestContext): Elsewhere | null {
  return event === commit.event ? null : { reason: 'check-other-event', summary: `its run was started by ${event}; only ${commit.event} counts`, remedy: `let ${workflow} run on ${commit.event}` };
}

export function otherCommit(sha: string, { commit }: TestContext): Elsewhere | null {
  return sha === commit.sha ? null : { reason: 'check-other-head', summary: `it ran on ${shortSha(sha)}, not on ${commit.name}` };
}

/** A repository that is gone has no number to compare, so nothing comes from it. */
function otherBranch({ headBranch, headRepository }: RunFact, { commit }: TestContext): Elsewhere | null {
  if (headBranch === commit.branch && headRepository !== null && headRepository === commit.repository) return null;
  const summary = `its run was for ${headBranch ?? 'no branch'} of ${placeName(headRepository)}, the change is on ${commit.branch} of ${placeName(commit.repository)}`;
  return { reason: 'check-other-branch', summary, remedy: 'push the change to a branch that exists and belongs to it alone, and open a pull request from there' };
}

const placeName = (repository: number | null): string => (repository === null ? 'a repository that is gone' : `repository ${repository}`);

/** GitHub names no pull requests for runs of forks; branch and repository bind those. */
function otherPullRequest({ pullRequests }: RunFact, { facts: { pullRequest } }: TestContext): Elsewhere | null {
  if (pullRequests === null) return null;
  const { number, base, head } = pullRequest;
  const mine = pullRequests.filter((other) => other.number === number);
  if (mine.length === 0) return { reason: 'check-other-pull-request', summary: `its run belongs to another pull request than #${number}`, remedy: `push a commit to ${head.ref} that no other pull request has` };
  const other = mine.find(({ base: its }) => its !== base.ref);
  return other === undefined ? null : { reason: 'check-other-base', summary: `its run was for merging into ${other.base}, not into ${base.ref}`, remedy: startNewRuns(head.ref, number) };
}

/** A run's creation tells which base it saw: further attempts repeat the first. `at` null: nobody knows when, so perhaps before. */
export function beforeBaseMove(at: Instant | null, what: string, { baseMovedAt, facts: { pullRequest } }: TestContext): Elsewhere | null {
  if (baseMovedAt === null || (at !== null && at > baseMovedAt)) return null;
  const when = at === null ? 'at a time that is not known' : `at ${timeText(at)}`;
  const summary = `${what} ${when}, and the base of #${pullRequest.number} moved at ${timeText(baseMovedAt)}: it says nothing about this base`;
  return { reason: 'check-before-base-move', summary, remedy: startNewRuns(pullRequest.head.ref, pullRequest.number) };
}

const startNewRuns = (branch: string, number: number): string => `push to ${branch}, or close #${number} and open it again: both start new runs, while “Re-run” repeats the old one`;

/** Whoever edits the workflow says what success is: no change may do that to its own test. */
export function definitionFindings({ check, workflow }: WorkflowTest, { definedByBase }: RunFact, { facts: { files } }: TestContext): readonly Finding[] {
  if ('unknown' in definedByBase) return [missingFact(`Whether the change edits ${workflow}, or a workflow that it calls,`, definedByBase.unknown)];
  if (definedByBase.known) return [];
  const summary = `The change edits ${workflow}, or a workflow that it calls, so its check ${check} says what the change wants it to say.`;
  const what = `leave ${workflow} as it is and bring the new definition in as a new workflow file; when that is merged, name the new file in the policy, then remove the old one`;
  const paths = files.items.flatMap(({ path, previousPath }) => (path === workflow || previousPath === workflow ? [path] : []));
  return [{ outcome: 'deny', reason: 'workflow-changed', summary, next: [{ who: 'the author', what, effort: 'change' }], needs: `test ${check} as the base defines it`, paths }];
}

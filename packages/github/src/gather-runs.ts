import type { Fact, FactList, RunFact } from '@sallyport/gates';
import { workflowRuns } from './answers/check.ts';
import type { WorkflowRunAnswer } from './answers/check.ts';
import { conclusionOf } from './conclusion.ts';
import { listFact, readPages } from './paginate.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';
import { workflowPath } from './workflow-definition.ts';

/** GitHub has a word more for each reason to wait; all of them are somebody's or something's turn. */
const statuses = new Map<string, RunFact['status']>([['queued', 'queued'], ['requested', 'queued'], ['pending', 'queued'], ['in_progress', 'in-progress'], ['waiting', 'waiting'], ['action_required', 'waiting'], ['completed', 'completed']]);

/** Every workflow run on a commit. */
export async function readRuns(place: Place, commit: string): Promise<FactList<WorkflowRunAnswer>> {
  const { pages, ended } = await readPages(place.client, { route: 'GET /repos/{owner}/{repo}/actions/runs', parameters: { ...of(place), head_sha: commit }, shape: workflowRuns, why: 'to read which workflows its checks come from' });
  return listFact('workflow runs', pages.flatMap(({ workflow_runs: items }) => items), { ended, total: pages[0]?.total_count ?? 0 });
}

/** The runs of one check suite: one, or none for a suite that is no workflow's. */
export async function readRunsOfSuite(place: Place, suite: number): Promise<readonly WorkflowRunAnswer[]> {
  const { pages } = await readPages(place.client, { route: 'GET /repos/{owner}/{repo}/actions/runs', parameters: { ...of(place), check_suite_id: suite }, shape: workflowRuns, why: 'to read which workflow a check comes from' });
  return pages.flatMap(({ workflow_runs: items }) => items);
}

/** `openedAt`: when the pull request was opened that the run is looked at for. */
export function runFact(run: WorkflowRunAnswer, definedByBase: Fact<boolean>, openedAt: number): RunFact {
  return {
    id: run.id,
    workflow: workflowPath(run.path),
    event: run.event,
    headSha: run.head_sha,
    headBranch: run.head_branch,
    headRepository: run.head_repository?.id ?? null,
    attempt: run.run_attempt,
    status: statuses.get(run.status ?? '') ?? 'other',
    conclusion: conclusionOf(run.conclusion),
    createdAt: run.created_at,
    pullRequests: pullRequestsOf(run, openedAt),
    definedByBase,
    url: run.html_url,
  };
}

/**
 * GitHub names the pull requests that have the head now, not the one that started the run: a run from before the pull request was
 * opened belongs to another. For a fork's pull request it names none, which says nothing.
 */
function pullRequestsOf({ pull_requests: named, created_at: createdAt }: WorkflowRunAnswer, openedAt: number): RunFact['pullRequests'] {
  if (createdAt < openedAt) return [];
  return (named ?? []).length === 0 ? null : (named ?? []).map(({ number, base }) => ({ number, base: base.ref }));
}

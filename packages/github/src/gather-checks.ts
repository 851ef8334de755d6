import { known, unknown } from '@sallyport/gates';
import type { CheckFact, Fact, MergeFacts } from '@sallyport/gates';
import { checkRuns, jobs, workflowRuns } from './answers/check.ts';
import type { CheckRunAnswer, WorkflowRunAnswer } from './answers/check.ts';
import type { PullAnswer } from './answers/pull.ts';
import { compareWorkflowFile } from './compare-workflow-file.ts';
import { remember } from './gather-commits.ts';
import { listFact, readPages } from './paginate.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

/** GitHub Actions' own App (api.github.com/apps/github-actions, November 2026). Only its checks have workflow runs. */
export const githubActionsApp = 15_368;

type Run = Fact<NonNullable<Extract<CheckFact['run'], { known: unknown }>>['known']>;

const statuses = new Map<string, CheckFact['status']>([['queued', 'queued'], ['in_progress', 'in-progress'], ['completed', 'completed']]);
const conclusions = new Map<string, NonNullable<CheckFact['conclusion']>>([
  ['success', 'success'],
  ['failure', 'failure'],
  ['neutral', 'neutral'],
  ['cancelled', 'cancelled'],
  ['skipped', 'skipped'],
  ['timed_out', 'timed-out'],
  ['action_required', 'action-required'],
  ['stale', 'stale'],
  ['startup_failure', 'startup-failure'],
]);

/** Every check on the head, of every app and attempt, with the workflow run it belongs to. */
export async function gatherChecks(place: Place, pull: PullAnswer): Promise<MergeFacts['checks']> {
  const [checks, runs] = await Promise.all([readChecks(place, pull.head.sha), readRuns(place, pull.head.sha)]);
  const unchanged = remember((path) => compareWorkflowFile(place, pull, path));
  const attempts = remember((run) => readAttempts(place, Number(run)));
  const items = await Promise.all(checks.items.map(async (check) => checkFact(check, await runOf(check, { runs, unchanged, attempts }))));
  return listFact('checks', items, checks);
}

async function readChecks(place: Place, head: string) {
  const { pages, ended } = await readPages(place.client, { route: 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs', parameters: { ...of(place), ref: head, filter: 'all' }, shape: checkRuns, why: 'to read the checks on the head' });
  return { items: pages.flatMap(({ check_runs: items }) => items), ended, total: pages[0]?.total_count ?? 0 };
}

async function readRuns(place: Place, head: string): Promise<readonly WorkflowRunAnswer[]> {
  const { pages } = await readPages(place.client, { route: 'GET /repos/{owner}/{repo}/actions/runs', parameters: { ...of(place), head_sha: head }, shape: workflowRuns, why: 'to read which workflows its checks come from' });
  return pages.flatMap(({ workflow_runs: items }) => items);
}

type Sources = {
  readonly runs: readonly WorkflowRunAnswer[];
  readonly unchanged: (path: string) => Promise<Fact<boolean>>;
  readonly attempts: (run: string) => Promise<ReadonlyMap<number, number>>;
};

async function runOf(check: CheckRunAnswer, { runs, unchanged, attempts }: Sources): Promise<Run | null> {
  if (check.app?.id !== githubActionsApp) return null;
  const run = runs.find(({ check_suite_id: suite }) => suite === check.check_suite?.id);
  if (run === undefined) return unknown('GitHub lists no workflow run for it');
  const attempt = (await attempts(String(run.id))).get(check.id);
  // Whoever may write checks can put one into the suite; only a job of the run comes from the workflow.
  if (attempt === undefined) return unknown(`it is no job of run ${run.id}`);
  const workflow = workflowPath(run.path);
  return known({ id: run.id, workflow, event: run.event, headSha: run.head_sha, headBranch: run.head_branch, attempt, fileUnchangedFromBase: await unchanged(workflow) });
}

/** The jobs of a run, that is their checks, and the attempt each belongs to. */
async function readAttempts(place: Place, run: number): Promise<ReadonlyMap<number, number>> {
  const { pages } = await readPages(place.client, { route: 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs', parameters: { ...of(place), run_id: run, filter: 'all' }, shape: jobs, why: 'to read its jobs and attempts' });
  return new Map(pages.flatMap((page) => page.jobs.map((job) => [Number(/\/(\d+)$/.exec(job.check_run_url)?.[1]), job.run_attempt])));
}

/** GitHub gives some paths as `.github/workflows/ci.yml@refs/heads/main`. */
export const workflowPath = (path: string): string => path.split('@')[0] ?? path;

function checkFact(answer: CheckRunAnswer, run: Run | null): CheckFact {
  return {
    id: answer.id,
    name: answer.name,
    headSha: answer.head_sha,
    app: answer.app?.id ?? null,
    status: statuses.get(answer.status) ?? 'other',
    conclusion: answer.conclusion === null ? null : (conclusions.get(answer.conclusion) ?? 'other'),
    startedAt: answer.started_at,
    completedAt: answer.completed_at,
    run,
    url: answer.html_url ?? '',
  };
}

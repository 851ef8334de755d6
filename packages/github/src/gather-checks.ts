import { completeList, githubActionsApp, known, partialList, unknown } from '@sallyport/gates';
import type { CheckFact, FactList, MergeFacts } from '@sallyport/gates';
import type { Policy } from '@sallyport/policy';
import { checkRuns, jobs } from './answers/check.ts';
import type { CheckRunAnswer, WorkflowRunAnswer } from './answers/check.ts';
import { conclusionOf } from './conclusion.ts';
import { readRuns, readRunsOfSuite, runFact } from './gather-runs.ts';
import { listFact, readPages } from './paginate.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';
import { workflowPath } from './workflow-definition.ts';
import type { DefinedByBase } from './workflow-definition.ts';

/** Of older suites GitHub shows no checks (REST, "List check runs for a Git reference", November 2026). */
const mostSuites = 1000;
/** Suites that no run was listed for; each costs a question. */
const mostStraySuites = 10;

const statuses = new Map<string, CheckFact['status']>([['queued', 'queued'], ['in_progress', 'in-progress'], ['completed', 'completed']]);

type Job = { readonly run: number; readonly attempt: number };
/** The check of each job. null: the jobs could not be counted to the end. */
type Jobs = ReadonlyMap<number, Job> | null;

/** Every check on the judged commit, of every app and attempt, and the workflow runs on it. */
export async function gatherChecks(place: Place, commit: string, { policy, definition, openedAt }: { readonly policy: Policy; readonly definition: Promise<DefinedByBase>; readonly openedAt: number }): Promise<Pick<MergeFacts, 'checks' | 'runs'>> {
  const [checks, listed] = await Promise.all([readChecks(place, commit), readRuns(place, commit)]);
  const late = await findLateRuns(place, checks.items, listed.items);
  const runs = [...listed.items, ...late.runs];
  const jobsOfRun = new Map(await Promise.all(runs.filter((run) => isOfInterest(run, checks.items, policy)).map(async (run) => [run.id, await readJobs(place, run.id)] as const)));
  const items = checks.items.map((check) => checkFact(check, jobOf(check, { runs, jobsOfRun, unasked: late.unasked })));
  const defined = await definition;
  const facts = await Promise.all(runs.map(async (run) => runFact(run, jobsOfRun.has(run.id) ? await defined(run) : unknown('the policy names no test of it'), openedAt)));
  return { checks: checks.complete ? completeList(items) : partialList(items, checks.missing), runs: listed.complete ? completeList(facts) : partialList(facts, listed.missing) };
}

async function readChecks(place: Place, commit: string): Promise<FactList<CheckRunAnswer>> {
  const { pages, ended } = await readPages(place.client, { route: 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs', parameters: { ...of(place), ref: commit, filter: 'all' }, shape: checkRuns, why: 'to read the checks on it' });
  const items = pages.flatMap(({ check_runs: found }) => found);
  if (new Set(items.map(({ check_suite: suite }) => suite?.id)).size >= mostSuites) return partialList(items, `GitHub shows the checks of the latest ${mostSuites} suites only`);
  return listFact('checks', items, { ended, total: pages[0]?.total_count ?? 0 });
}

/**
 * Checks and runs are asked for at the same time, so a run that began in between is missing. Its checks must not pass for checks
 * of no run, or a newer failure would not count. So suites without a run are asked for by themselves.
 */
async function findLateRuns(place: Place, checks: readonly CheckRunAnswer[], runs: readonly WorkflowRunAnswer[]): Promise<{ readonly runs: readonly WorkflowRunAnswer[]; readonly unasked: ReadonlySet<number> }> {
  const listed = new Set(runs.map(({ check_suite_id: suite }) => suite));
  const stray = [...new Set(checks.flatMap(({ app, check_suite: suite }) => (app?.id === githubActionsApp && suite !== null && !listed.has(suite.id) ? [suite.id] : [])))];
  const found = await Promise.all(stray.slice(0, mostStraySuites).map((suite) => readRunsOfSuite(place, suite)));
  return { runs: found.flat(), unasked: new Set(stray.slice(mostStraySuites)) };
}

/** A run whose jobs may be a test: by its file, or by the name of a check in it, which another workflow can give as well. */
function isOfInterest({ path, check_suite_id: suite }: WorkflowRunAnswer, checks: readonly CheckRunAnswer[], { merge }: Policy): boolean {
  const tests = merge.tests.filter((test) => test.from === 'workflow');
  const names = new Set(tests.map(({ check }) => check));
  return tests.some(({ workflow }) => workflow === workflowPath(path)) || checks.some((check) => check.check_suite?.id === suite && names.has(check.name));
}

/** The jobs of all attempts of a run, by the check each reports as. */
async function readJobs(place: Place, run: number): Promise<Jobs> {
  const { pages, ended } = await readPages(place.client, { route: 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs', parameters: { ...of(place), run_id: run, filter: 'all' }, shape: jobs, why: 'to read its jobs and attempts' });
  const items = pages.flatMap((page) => page.jobs);
  return listFact('jobs', items, { ended, total: pages[0]?.total_count ?? 0 }).complete ? new Map(items.map(({ check, attempt }) => [check, { run, attempt }])) : null;
}

type Sources = { readonly runs: readonly WorkflowRunAnswer[]; readonly jobsOfRun: ReadonlyMap<number, Jobs>; readonly unasked: ReadonlySet<number> };

/** Whoever may write checks can put one into a run's suite; only a job of the run comes from its workflow. */
function jobOf(check: CheckRunAnswer, { runs, jobsOfRun, unasked }: Sources): CheckFact['job'] {
  const { app, check_suite: suite } = check;
  if (app?.id !== githubActionsApp) return null;
  if (suite === null) return unknown('GitHub does not say which suite it belongs to');
  if (unasked.has(suite.id)) return unknown('more suites have no run listed than are asked for');
  const ofSuite = runs.filter(({ check_suite_id: id }) => id === suite.id);
  const found = ofSuite.flatMap((run) => jobsOfRun.get(run.id)?.get(check.id) ?? []);
  if (found[0] !== undefined) return known(found[0]);
  if (ofSuite.some((run) => !jobsOfRun.has(run.id))) return unknown('the policy names no test of its name or workflow, so its job was not looked up');
  return ofSuite.some((run) => jobsOfRun.get(run.id) === null) ? unknown('not every job of its run could be read') : null;
}

function checkFact(answer: CheckRunAnswer, job: CheckFact['job']): CheckFact {
  return {
    id: answer.id,
    name: answer.name,
    headSha: answer.head_sha,
    app: answer.app?.id ?? null,
    status: statuses.get(answer.status) ?? 'other',
    conclusion: conclusionOf(answer.conclusion),
    startedAt: answer.started_at,
    completedAt: answer.completed_at,
    job,
    url: answer.html_url ?? '',
  };
}

import { completeList, known, partialList, unknown } from '@sallyport/gates';
import type { Fact, FactList } from '@sallyport/gates';
import type { ProbeRun, Probes, RepositoryFact } from '@sallyport/pipeline';
import * as z from 'zod';
import { workflowRun, workflowRuns } from './answers/check.ts';
import type { WorkflowRunAnswer } from './answers/check.ts';
import { isOnBranch } from './find-landing.ts';
import { listFact, readPagesOr } from './paginate.ts';
import { remember } from './remember.ts';
import { of, readRepository } from './repository.ts';
import type { Place } from './repository.ts';
import { workflowPath } from './workflow-definition.ts';

/** These run the workflow file of the default branch, when that is where they run (GitHub Docs, "Events that trigger workflows", November 2026). */
const events: readonly string[] = ['schedule', 'workflow_dispatch', 'workflow_run'];
/** A search gives no more, whatever it counts (GitHub Docs, "List workflow runs for a workflow", November 2026). */
const mostRuns = 1000;
/** Runs are made again by hand; so many times, nobody needs to. */
const mostEarlierAttempts = 50;

const jobConclusions = z.looseObject({ total_count: z.int().nonnegative(), jobs: z.array(z.looseObject({ name: z.string(), conclusion: z.string().nullable() })) });

/** Runs of probing workflows. What a run found is its conclusion; deployments and statuses that anybody can post are never asked (P12). */
export const createProbes = (place: Place): Probes => ({
  list: (workflow, since) => listProbes(place, workflow, since),
  failedJobs: (run, attempt) => listFailedJobs(place, run, attempt),
});

async function listProbes(place: Place, workflow: string, since: number): Promise<FactList<ProbeRun>> {
  const created = `>=${new Date(since).toISOString().replace(/\.\d{3}Z$/, 'Z')}`;
  const [repository, answer] = await Promise.all([
    readRepository(place),
    readPagesOr(place.client, [403, 404], { route: 'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs', parameters: { ...of(place), workflow_id: workflow.replace('.github/workflows/', ''), created }, shape: workflowRuns, why: `to read what ${workflow} found` }),
  ]);
  if (!answer.ok) return partialList([], `the runs of ${workflow} cannot be read: ${answer.message}`);
  const runs = answer.pages.flatMap(({ workflow_runs: items }) => items);
  const list = listFact(`runs of ${workflow}`, runs, { ended: answer.ended && runs.length < mostRuns, total: answer.pages[0]?.total_count ?? 0 });
  return gatherAttempts(place, runs.filter((run) => isProbe(run, workflow, repository)), { repository, missing: list.complete ? [] : [list.missing] });
}

const isProbe = (run: WorkflowRunAnswer, workflow: string, { id, defaultBranch }: RepositoryFact): boolean =>
  workflowPath(run.path) === workflow && events.includes(run.event) && run.head_branch === defaultBranch && run.head_repository?.id === id;

/** Every attempt counts for its own time: running a probe again does not unsay what it found before. */
async function gatherAttempts(place: Place, runs: readonly WorkflowRunAnswer[], { repository, missing }: { readonly repository: RepositoryFact; readonly missing: readonly string[] }): Promise<FactList<ProbeRun>> {
  const onBranch = remember((commit) => isOnBranch(place, commit, repository.defaultBranch));
  let left = mostEarlierAttempts;
  const read = await Promise.all(
    runs.map(async (run): Promise<FactList<ProbeRun>> => {
      left -= run.run_attempt - 1;
      if (left < 0) return partialList([], `its runs were made again more than ${mostEarlierAttempts} times`);
      // A tag of the branch's name looks the same, and can be anywhere.
      const there = run.event === 'workflow_dispatch' ? await onBranch(run.head_sha) : known(true);
      if ('unknown' in there) return partialList([], there.unknown);
      return there.known ? withEarlier(place, run) : completeList([]);
    }),
  );
  const gaps = [...missing, ...read.flatMap((list) => (list.complete ? [] : [list.missing]))];
  const items = read.flatMap((list) => list.items);
  return gaps[0] === undefined ? completeList(items) : partialList(items, gaps[0]);
}

async function withEarlier(place: Place, latest: WorkflowRunAnswer): Promise<FactList<ProbeRun>> {
  const earlier = await Promise.all(
    Array.from({ length: latest.run_attempt - 1 }, (_, index) =>
      place.client.askOr([404], { route: 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}', parameters: { ...of(place), run_id: latest.id, attempt_number: index + 1 }, shape: workflowRun, why: 'to read what a probe found before it was run again' }),
    ),
  );
  const items = [latest, ...earlier.flatMap((answer) => (answer.ok ? [answer.data] : []))].flatMap(readProbe);
  return earlier.every(({ ok }) => ok) ? completeList(items) : partialList(items, `earlier attempts of run ${latest.id} are gone`);
}

/** Only these say how the environment is: what was cancelled, skipped or has not ended says nothing. */
const findings = new Map([['success', true], ['failure', false], ['timed_out', false]]);

export function readProbe({ id, run_attempt: attempt, status, conclusion, run_started_at: startedAt, created_at: createdAt, updated_at: endedAt, html_url: url }: WorkflowRunAnswer): readonly ProbeRun[] {
  const healthy = status === 'completed' ? findings.get(conclusion ?? '') : undefined;
  return healthy === undefined ? [] : [{ run: id, attempt, startedAt: startedAt ?? createdAt, endedAt, healthy, url }];
}

async function listFailedJobs(place: Place, run: number, attempt: number): Promise<Fact<readonly string[]>> {
  const answer = await readPagesOr(place.client, [403, 404], { route: 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs', parameters: { ...of(place), run_id: run, attempt_number: attempt }, shape: jobConclusions, why: 'to read which of its jobs failed' });
  if (!answer.ok) return unknown(answer.message);
  const jobs = answer.pages.flatMap((page) => page.jobs);
  const list = listFact('jobs', jobs, { ended: answer.ended, total: answer.pages[0]?.total_count ?? 0 });
  return list.complete ? known(jobs.filter(({ conclusion }) => conclusion === 'failure' || conclusion === 'timed_out').map(({ name }) => name)) : unknown(list.missing);
}

import type { CheckFact, RunFact } from '../facts/merge-facts.ts';
import type { Finding } from '../ruling.ts';
import { missingFact } from '../ruling.ts';
import type { WorkflowTest } from './test-context.ts';
import { stillRunning } from './test-verdict.ts';

/** `run 7000, attempt 2`; of a job that a later attempt left alone, `run 7000, attempt 1 of 2`. */
export const attemptEvidence = (run: RunFact, attempt: number): string => `run ${run.id}, attempt ${attempt}${attempt === run.attempt ? '' : ` of ${run.attempt}`}`;

/**
 * Did a later attempt run this check again? Two jobs may share a name, and one of them can be run again alone, so a later attempt
 * takes the place of this one only when it has as many checks of the name: then none was left out.
 */
export function isSuperseded(run: RunFact, attempt: number, sameName: readonly CheckFact[]): boolean {
  if (sameName.length === 1) return false;
  const attempts = sameName.flatMap(({ job }) => (job !== null && 'known' in job && job.known.run === run.id ? [job.known.attempt] : []));
  const countIn = (which: number): number => attempts.filter((other) => other === which).length;
  return attempts.some((later) => later > attempt && countIn(later) >= countIn(attempt));
}

/** What the run's attempts hold against a check that none of them repeats: one may be under way, or there may be too many. */
export function attemptFindings(run: RunFact, attempt: number, test: WorkflowTest): readonly Finding[] {
  if (attempt > run.attempt) return [missingFact(`The latest attempt of run ${run.id}`, `check ${test.check} is of attempt ${attempt}, and the run was read at attempt ${run.attempt}`)];
  const underWay = attempt < run.attempt && run.status !== 'completed';
  return [...(underWay ? [stillRunning(`Attempt ${run.attempt} of run ${run.id}, which may run check ${test.check} again,`, test.check, run.status)] : []), ...tooManyAttempts(run, test)];
}

function tooManyAttempts({ id, attempt }: RunFact, { check, attempts }: WorkflowTest): readonly Finding[] {
  if (attempts === null || attempt <= attempts) return [];
  const next = [{ who: 'the author', what: `find out why check ${check} fails now and then, and push a commit that mends it: its run begins at attempt 1`, effort: 'change' as const }];
  const summary = `Run ${id} is at attempt ${attempt}; the policy accepts check ${check} up to attempt ${attempts}.`;
  return [{ outcome: 'deny', reason: 'too-many-attempts', summary, next, needs: `test ${check} to pass by attempt ${attempts}` }];
}

import type { CheckFact, RunFact } from '../facts/merge-facts.ts';
import type { Finding } from '../ruling.ts';
import { missingFact } from '../ruling.ts';
import { attemptEvidence, attemptFindings, isSuperseded } from './judge-attempt.ts';
import { beforeBaseMove, definitionFindings, otherCommit, runElsewhere, runOf } from './judge-run.ts';
import type { AppTest, TestContext, WorkflowTest } from './test-context.ts';
import { fromElsewhere, fromThere, stillRunning } from './test-verdict.ts';
import type { Elsewhere, Shown, TestVerdict } from './test-verdict.ts';

/** The App every GitHub Actions job reports as. Source: api.github.com/apps/github-actions, November 2026. */
export const githubActionsApp = 15368;

/** Judges one check of the test's name. Other checks of the same name are given to find newer attempts. */
export function judgeCheck(test: AppTest | WorkflowTest, check: CheckFact, sameName: readonly CheckFact[], context: TestContext): TestVerdict {
  const other = otherCommit(check.headSha, context) ?? otherApp(check, test.from === 'app' ? test.app : githubActionsApp);
  if (other !== null) return fromElsewhere(shownOf(check), other);
  return test.from === 'app' ? judgeAppCheck(check, test.app, context) : judgeJob(test, check, sameName, context);
}

function otherApp({ app }: CheckFact, only: number): Elsewhere | null {
  return app === only ? null : { reason: 'check-other-app', summary: `it was posted by ${app === null ? 'no app' : `app ${app}`}; only app ${only} counts` };
}

/** An App has no run to ask, only its word for when it began. */
function judgeAppCheck(check: CheckFact, app: number, context: TestContext): TestVerdict {
  const shown = shownOf(check, [`app ${app}`]);
  const early = beforeBaseMove(check.startedAt, 'it started', context);
  return early === null ? fromThere(shown, resultFindings(check), 'completed with success') : fromElsewhere(shown, early);
}

function judgeJob(test: WorkflowTest, check: CheckFact, sameName: readonly CheckFact[], context: TestContext): TestVerdict {
  const { job, name } = check;
  if (job === null) return fromElsewhere(shownOf(check), { reason: 'check-not-a-job', summary: `it is no job of a workflow run; only jobs of ${test.workflow} count` });
  if ('unknown' in job) return fromThere(shownOf(check), [missingFact(`The job behind check ${name} (${check.id})`, job.unknown)], '');
  const run = runOf(job.known.run, context.facts);
  if ('known' in run) return judgeJobOf(run.known, job.known.attempt, test, check, sameName, context);
  return fromThere(shownOf(check), [missingFact(`Run ${job.known.run}, which check ${name} belongs to,`, run.unknown)], '');
}

function judgeJobOf(run: RunFact, attempt: number, test: WorkflowTest, check: CheckFact, sameName: readonly CheckFact[], context: TestContext): TestVerdict {
  const shown = shownOf(check, [attemptEvidence(run, attempt), run.workflow, run.event]);
  const other = runElsewhere(run, test.workflow, context);
  if (other !== null) return fromElsewhere(shown, other);
  if (isSuperseded(run, attempt, sameName)) return fromElsewhere(shown, { reason: 'check-superseded', summary: `it is of attempt ${attempt}, and a later attempt of run ${run.id} ran it again` });
  const findings = [...definitionFindings(test, run, context), ...attemptFindings(run, attempt, test), ...resultFindings(check)];
  return fromThere(shown, findings, succeeded(run, attempt));
}

function succeeded(run: RunFact, attempt: number): string {
  if (attempt < run.attempt) return `completed with success in attempt ${attempt}; attempt ${run.attempt} did not run it again`;
  return attempt === 1 ? 'completed with success' : `completed with success in attempt ${attempt}`;
}

function resultFindings({ name, status, conclusion, url }: CheckFact): readonly Finding[] {
  if (status !== 'completed') return [stillRunning(`Check ${name}`, name, status)];
  if (conclusion === 'success') return [];
  const next = [{ who: 'the author', what: `make check ${name} succeed (${url}): push a fix, or run its failed jobs again`, effort: 'change' as const }];
  const needs = `test ${name} to pass`;
  if (conclusion === 'neutral' || conclusion === 'skipped') return [{ outcome: 'deny', reason: 'only-success-counts', summary: `Check ${name} was ${conclusion}; only success counts.`, next, needs }];
  return [{ outcome: 'deny', reason: 'test-failed', summary: `Check ${name} ended as ${conclusion ?? 'nothing'}.`, next, needs }];
}

const shownOf = ({ name, id, url }: CheckFact, evidence?: readonly string[]): Shown => ({ what: `check ${name} (${id})`, evidence, url });

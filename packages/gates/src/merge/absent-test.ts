import type { TestPolicy } from '@sallyport/policy';
import type { NextStep } from '../decision.ts';
import type { CheckFact, RunFact } from '../facts/merge-facts.ts';
import type { Finding } from '../ruling.ts';
import { byId, listed } from '../wording.ts';
import { definitionFindings, runElsewhere } from './judge-run.ts';
import type { TestContext, WorkflowTest } from './test-context.ts';
import { stillRunning } from './test-verdict.ts';

/** Where a test must come from, in words. */
export function placeOf(test: TestPolicy): string {
  switch (test.from) {
    case 'workflow':
      return test.workflow;
    case 'app':
      return `app ${test.app}`;
    case 'status':
      return `account ${test.creator}`;
    default:
      return test satisfies never;
  }
}

/** Runs of a test's workflow about the commit that is judged, of which none of these checks is a job, by id. */
export const runsWithout = (checks: readonly CheckFact[], { workflow }: WorkflowTest, context: TestContext): readonly RunFact[] =>
  byId(context.facts.runs.items.filter((run) => run.workflow === workflow && !checks.some((check) => isJobOf(check, run)) && runElsewhere(run, workflow, context) === null));

const isJobOf = ({ job }: CheckFact, { id }: RunFact): boolean => job !== null && 'known' in job && job.known.run === id;

/** A run that has not ended and has no such check yet may still make one, whatever other runs said. */
export function checkToCome(test: WorkflowTest, run: RunFact): readonly Finding[] {
  if (run.status === 'completed') return [];
  return [run.status === 'waiting' ? heldBack(test, run) : stillRunning(`Run ${run.id} of ${test.workflow}`, test.check, run.status)];
}

/** Nothing of the test's name came from the right place: what keeps it away, as far as the ended runs tell. */
export function absentJob(test: WorkflowTest, ended: readonly RunFact[], context: TestContext): readonly Finding[] {
  const held = ended.filter(({ conclusion }) => conclusion === 'action-required').map((run) => heldBack(test, run));
  const { check, workflow } = test;
  const early = ended.length > 0 ? null : runBeforeBaseMove(test, context);
  if (early !== null) return [early];
  const changed = ended.flatMap((run) => definitionFindings(test, run, context));
  return [...changed, ...(held.length > 0 ? held : [missing(test, context, ended.length > 0 ? withoutJob(check, workflow, ended) : withoutRun(check, workflow, context.commit.event))])];
}

/** No run will come by itself: moving the base starts none. */
function runBeforeBaseMove({ check, workflow }: WorkflowTest, context: TestContext): Finding | null {
  for (const run of byId(context.facts.runs.items)) {
    const other = runElsewhere(run, workflow, context);
    if (other?.reason !== 'check-before-base-move') continue;
    const summary = `Check ${check} from ${workflow} has not come for ${context.commit.name} on its present base: run ${run.id} does not count, because ${other.summary}.`;
    return { outcome: 'wait', reason: 'test-missing', summary, next: other.remedy === undefined ? [] : [{ who: 'the author', what: other.remedy, effort: 'click' }], needs: `test ${check} to run on the present base` };
  }
  return null;
}

/** As above, of an app's check or a commit status: nothing tells why. */
export function absentReport(test: TestPolicy, context: TestContext): Finding {
  return missing(test, context, { why: '', step: { who: `whoever runs ${placeOf(test)}`, what: `if it does not come, see whether it looks at ${context.commit.branch}`, effort: 'administer' } });
}

type Explanation = { readonly why: string; readonly step: NextStep };

function missing(test: TestPolicy, { commit }: TestContext, { why, step }: Explanation): Finding {
  const { check, from } = test;
  const summary = `${from === 'status' ? 'Status' : 'Check'} ${check} from ${placeOf(test)} has not come for ${commit.name}.${why}`;
  return { outcome: 'wait', reason: 'test-missing', summary, next: [{ who: `test ${check}`, what: 'wait a few minutes until it starts', effort: 'wait' }, step], needs: `test ${check} to run` };
}

const withoutJob = (check: string, workflow: string, ended: readonly RunFact[]): Explanation => ({
  why: ` ${listed(ended.map(({ id }) => `Run ${id}`))} of it ended without a job of that name.`,
  step: { who: 'whoever owns the policy', what: `see that ${workflow} has a job named exactly ${check}, or name the right one under merge.tests`, effort: 'administer' },
});

/** A skipped job shows as a check; a run that a filter kept away shows nowhere. */
const withoutRun = (check: string, workflow: string, event: string): Explanation => ({
  why: ` It has no run. A path filter or branch filter under “on: ${event}” may leave this change out: then the check never comes, and is waited for all the same, because only the policy says which changes a test is not needed for.`,
  step: { who: 'whoever owns the policy', what: `let ${workflow} run for every change, or list under merge.tests, paths, which files need test ${check}`, effort: 'administer' },
});

function heldBack({ check, workflow }: WorkflowTest, { id, url }: RunFact): Finding {
  const summary = `Run ${id} of ${workflow} has not started: GitHub holds it back until someone approves it (an approval-required run, as for people who are new to the repository). Until then check ${check} cannot come.`;
  const next = [{ who: 'someone with write permission', what: `read what the change does to workflows and scripts, then approve the run at ${url}`, effort: 'click' as const }];
  return { outcome: 'wait', reason: 'test-needs-approval', summary, next, needs: `someone to approve the run of test ${check}` };
}

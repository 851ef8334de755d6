import type { TestPolicy } from '@sallyport/policy';
import type { Judged } from '../decision.ts';
import type { CheckFact, MergeFacts } from '../facts/merge-facts.ts';
import type { Finding } from '../ruling.ts';
import { missingFact } from '../ruling.ts';
import { shortSha } from '../wording.ts';

/** The App every GitHub Actions job reports as. Source: api.github.com/apps/github-actions, November 2026. */
export const githubActionsApp = 15368;

/** Runs for anything else than the change itself prove nothing about it. */
const events: readonly string[] = ['pull_request', 'merge_group'];

/** Does this check, which has the right name, come from where the policy says? `findings` are what it then holds against the change. */
export type CheckVerdict = { readonly judged: Judged; readonly findings: readonly Finding[]; readonly matches: boolean };

type Head = MergeFacts['pullRequest']['head'];

/** Judges one check of the test's name. Other checks of the same name are given to find newer attempts. */
export function judgeCheck(test: TestPolicy, check: CheckFact, head: Head, sameName: readonly CheckFact[]): CheckVerdict {
  const elsewhere = notFromThere(test, check, head, sameName);
  if (elsewhere !== null) return { judged: judgedAs(check, false, elsewhere.reason, elsewhere.summary), findings: [], matches: false };
  const findings = [...originFindings(check), ...resultFindings(check)];
  const worst = findings[0];
  const judged = worst === undefined ? judgedAs(check, true, 'ok', 'completed with success') : judgedAs(check, false, worst.reason, worst.summary);
  return { judged, findings, matches: true };
}

const judgedAs = (check: CheckFact, counted: boolean, reason: Judged['reason'], summary: string): Judged => ({ what: `check ${check.name} (${check.id})`, counted, reason, summary, url: check.url });

type Elsewhere = Pick<Judged, 'reason' | 'summary'>;

function notFromThere(test: TestPolicy, check: CheckFact, head: Head, sameName: readonly CheckFact[]): Elsewhere | null {
  if (check.headSha !== head.sha) return { reason: 'check-other-head', summary: `it ran on ${shortSha(check.headSha)}, not on the head ${shortSha(head.sha)}` };
  switch (test.from) {
    case 'app':
      return check.app === test.app ? null : otherApp(check, test.app);
    case 'workflow':
      return check.app === githubActionsApp ? notFromWorkflow(test.workflow, check, head, sameName) : otherApp(check, githubActionsApp);
    default:
      return test satisfies never;
  }
}

const otherApp = (check: CheckFact, app: number): Elsewhere => ({ reason: 'check-other-app', summary: `it was posted by ${check.app === null ? 'no app' : `app ${check.app}`}; only app ${app} counts` });

function notFromWorkflow(workflow: string, { run }: CheckFact, head: Head, sameName: readonly CheckFact[]): Elsewhere | null {
  if (run === null) return { reason: 'check-other-workflow', summary: `it belongs to no workflow run; only ${workflow} counts` };
  if ('unknown' in run) return null;
  const { known } = run;
  if (known.workflow !== workflow) return { reason: 'check-other-workflow', summary: `it comes from ${known.workflow}; only ${workflow} counts` };
  if (!events.includes(known.event)) return { reason: 'check-other-event', summary: `its run was started by ${known.event}; only ${events.join(' and ')} count` };
  if (known.headSha !== head.sha) return { reason: 'check-other-head', summary: `its run was for ${shortSha(known.headSha)}, not for the head ${shortSha(head.sha)}` };
  const newest = sameName.reduce((most, other) => (other.run !== null && 'known' in other.run && other.run.known.id === known.id ? Math.max(most, other.run.known.attempt) : most), 0);
  return newest > known.attempt ? { reason: 'check-superseded', summary: `it is attempt ${known.attempt} of a run that has reached attempt ${newest}` } : null;
}

function originFindings({ name, run }: CheckFact): readonly Finding[] {
  if (run === null) return [];
  if ('unknown' in run) return [missingFact(`The workflow run of check ${name}`, run.unknown)];
  const { workflow, fileUnchangedFromBase: unchanged } = run.known;
  if ('unknown' in unchanged) return [missingFact(`Whether the pull request changes ${workflow}`, unchanged.unknown)];
  if (unchanged.known) return [];
  const next = [{ who: 'the author', what: `take the change of ${workflow} out of this pull request, and bring it in by one that this test does not judge` }];
  return [{ outcome: 'deny', reason: 'workflow-changed', summary: `The pull request changes ${workflow}, so its check ${name} proves nothing.`, next }];
}

function resultFindings({ name, status, conclusion }: CheckFact): readonly Finding[] {
  if (status !== 'completed') return [{ outcome: 'wait', reason: 'test-running', summary: `Check ${name} has not ended (${status}).`, next: [{ who: 'no action needed', what: `wait for check ${name} to end` }] }];
  if (conclusion === 'success') return [];
  const next = [{ who: 'the author', what: `make check ${name} succeed on the head, or run it again` }];
  if (conclusion === 'neutral' || conclusion === 'skipped') {
    return [{ outcome: 'deny', reason: 'only-success-counts', summary: `Check ${name} was ${conclusion}; only success counts.`, next }];
  }
  return [{ outcome: 'deny', reason: 'test-failed', summary: `Check ${name} ended as ${conclusion ?? 'nothing'}.`, next }];
}

import type { TestPolicy } from '@sallyport/policy';
import { collect, none } from '../collect.ts';
import type { Judged } from '../decision.ts';
import type { MergeFacts } from '../facts/merge-facts.ts';
import { cutShort, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { byId, listed } from '../wording.ts';
import { absentJob, absentReport, checkToCome, placeOf, runsWithout } from './absent-test.ts';
import { judgeCheck } from './judge-check.ts';
import { judgeStatuses } from './judge-status.ts';
import type { StatusTest } from './judge-status.ts';
import type { MergeQuestion } from './merge-question.ts';
import { testContext } from './test-context.ts';
import type { AppTest, TestContext, WorkflowTest } from './test-context.ts';
import { needOf } from './test-needed.ts';
import type { TestVerdict } from './test-verdict.ts';

/** Did every test that the policy names, and the change needs, end in success on the judged commit, from where the policy says, and all of its name? */
export function testsRule({ policy, facts, readings }: MergeQuestion): Ruling {
  const { tests } = policy.merge;
  const context = testContext(facts, readings);
  const reports = tests.map((test) => reportOf(test, context));
  const findings = [...collect(reports, (report) => report.findings), ...listFindings(tests, facts)];
  return ruling('tests', findings, { summary: summaryOf(tests, reports, context), evidence: tests.map((test) => `${test.check} from ${placeOf(test)}`), judged: collect(reports, ({ judged }) => judged) });
}

type Report = { readonly findings: readonly Finding[]; readonly judged: readonly Judged[]; readonly needed: boolean };

function reportOf(test: TestPolicy, context: TestContext): Report {
  const need = needOf(test, context.facts);
  switch (need.is) {
    case 'not-needed':
      return { findings: [], judged: [need.judged], needed: false };
    case 'unclear': {
      const report = judgeTest(test, context);
      return { ...report, findings: [...need.findings, ...report.findings] };
    }
    case 'needed':
      return judgeTest(test, context);
    default:
      return need satisfies never;
  }
}

function judgeTest(test: TestPolicy, context: TestContext): Report {
  switch (test.from) {
    case 'workflow':
      return judgeWorkflow(test, context);
    case 'app':
      return judgeApp(test, context);
    case 'status':
      return judgeStatus(test, context);
    default:
      return test satisfies never;
  }
}

function judgeWorkflow(test: WorkflowTest, context: TestContext): Report {
  const sameName = checksOf(test, context);
  const verdicts = sameName.map((check) => judgeCheck(test, check, sameName, context));
  const silent = runsWithout(sameName, test, context);
  const toCome = collect(silent, (run) => checkToCome(test, run));
  const absent = toCome.length > 0 || verdicts.some(({ matches }) => matches) ? none : absentJob(test, silent, context);
  return { findings: [...collect(verdicts, ({ findings }) => findings), ...toCome, ...absent], judged: verdicts.map(({ judged }) => judged), needed: true };
}

function judgeApp(test: AppTest, context: TestContext): Report {
  const sameName = checksOf(test, context);
  return reported(test, sameName.map((check) => judgeCheck(test, check, sameName, context)), context);
}

function judgeStatus(test: StatusTest, context: TestContext): Report {
  const sameName = byId(context.facts.statuses.items.filter((status) => status.context === test.check));
  return reported(test, judgeStatuses(test, sameName, context), context);
}

function reported(test: AppTest | StatusTest, verdicts: readonly TestVerdict[], context: TestContext): Report {
  const absent = verdicts.some(({ matches }) => matches) ? [] : [absentReport(test, context)];
  return { findings: [...collect(verdicts, ({ findings }) => findings), ...absent], judged: verdicts.map(({ judged }) => judged), needed: true };
}

const checksOf = ({ check }: TestPolicy, { facts }: TestContext) => byId(facts.checks.items.filter(({ name }) => name === check));

/** A list is asked for only by a test that comes from it. */
function listFindings(tests: readonly TestPolicy[], { checks, runs, statuses }: MergeFacts): readonly Finding[] {
  const isAsked = (...places: readonly TestPolicy['from'][]): boolean => tests.some(({ from }) => places.includes(from));
  const findings: Finding[] = [];
  if (!checks.complete && isAsked('workflow', 'app')) findings.push(cutShort('checks', checks.missing));
  if (!runs.complete && isAsked('workflow')) findings.push(cutShort('workflow runs', runs.missing));
  if (!statuses.complete && isAsked('status')) findings.push(cutShort('commit statuses', statuses.missing));
  return findings;
}

function summaryOf(tests: readonly TestPolicy[], reports: readonly Report[], { commit }: TestContext): string {
  const namesOf = (needed: boolean): readonly string[] => tests.filter((_, index) => reports[index]?.needed === needed).map(({ check }) => check);
  const [needed, spared] = [namesOf(true), namesOf(false)];
  const succeeded = `${listed(needed)} succeeded on ${commit.name}.`;
  if (spared.length === 0) return needed.length === 0 ? '' : succeeded;
  const notNeeded = `The change needs no test ${listed(spared)}.`;
  return needed.length === 0 ? notNeeded : `${succeeded} ${notNeeded}`;
}

import type { TestPolicy } from '@sallyport/policy';
import type { Judged } from '../decision.ts';
import type { Question } from '../evaluate.ts';
import type { MergeFacts } from '../facts/merge-facts.ts';
import { cutShort, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { byId, listed, shortSha } from '../wording.ts';
import { judgeCheck } from './judge-check.ts';

/** Did every test the policy names end in success on the head, from where the policy says, and all of its name? */
export function testsRule({ policy, facts }: Question<MergeFacts>): Ruling {
  const { tests } = policy.merge;
  const verdicts = tests.map((test) => judgeTest(test, facts));
  const incomplete = facts.checks.complete ? [] : [cutShort('checks', facts.checks.missing)];
  const summary = `${listed(tests.map(({ check }) => check))} succeeded on ${shortSha(facts.pullRequest.head.sha)}.`;
  return ruling('tests', [...verdicts.flatMap(({ findings }) => findings), ...incomplete], { summary, evidence: tests.map(describe), judged: verdicts.flatMap(({ judged }) => judged) });
}

function judgeTest(test: TestPolicy, facts: MergeFacts): { readonly findings: readonly Finding[]; readonly judged: readonly Judged[] } {
  const { head } = facts.pullRequest;
  const sameName = byId(facts.checks.items).filter(({ name }) => name === test.check);
  const verdicts = sameName.map((check) => judgeCheck(test, check, head, sameName));
  const findings = verdicts.some(({ matches }) => matches) ? verdicts.flatMap((verdict) => verdict.findings) : [missing(test, head.sha)];
  return { findings, judged: verdicts.map(({ judged }) => judged) };
}

function missing(test: TestPolicy, headSha: string): Finding {
  const place = test.from === 'workflow' ? test.workflow : `app ${test.app}`;
  const next = [{ who: 'the author', what: `if it does not start by itself, see whether ${place} runs check ${test.check} for pull requests, and whether a run waits for approval` }];
  return { outcome: 'wait', reason: 'test-missing', summary: `Check ${test.check} from ${place} has not come for ${shortSha(headSha)}.`, next };
}

const describe = (test: TestPolicy): string => `${test.check} from ${test.from === 'workflow' ? test.workflow : `app ${test.app}`}`;

import { describe, expect, test } from 'vitest';
import { completeList, known, unknown } from '../facts/fact.ts';
import type { StatusFact } from '../facts/merge-facts.ts';
import type { ReasonCode } from '../reason-codes.ts';
import { ask, ben, cho, mergeFactsOf, olderSha, pushedAt, ruleOf, ruleText, statusOf, withTests } from '../testing/index.ts';

const policy = withTests([{ check: 'unit', from: 'status', creator: cho.id, paths: null, attempts: null }]);
const judge = (...statuses: readonly StatusFact[]) => ruleOf(ask(mergeFactsOf({ checks: completeList([]), runs: completeList([]), statuses: completeList(statuses) }), { policy }), 'tests');
const nobody = unknown('the account is gone');

describe('a commit status', () => {
  test.each<[string, readonly StatusFact[], string, ReasonCode]>([
    ['of the right account is enough', [statusOf()], 'allow', 'ok'],
    ['is told by the number of the account, not by its login', [statusOf({ creator: known({ ...cho, login: 'taken-over' }) })], 'allow', 'ok'],
    ['of another account does not count (T01)', [statusOf({ creator: known(ben) })], 'wait', 'test-missing'],
    ['of an account with the same login does not count (T01, M12)', [statusOf({ creator: known({ ...ben, login: cho.login }) })], 'wait', 'test-missing'],
    ['of another account beside the right one changes nothing', [statusOf(), statusOf({ id: 8501, creator: known(ben), state: 'failure' })], 'allow', 'ok'],
    ['of another context is not the test', [statusOf({ context: 'unit/2' })], 'wait', 'test-missing'],
    ['on an older head does not count', [statusOf({ headSha: olderSha })], 'wait', 'test-missing'],
    ['that never came is waited for', [], 'wait', 'test-missing'],
    ['that is pending is waited for', [statusOf({ state: 'pending' })], 'wait', 'test-running'],
    ['in a state nobody knows is waited for', [statusOf({ state: 'other' })], 'wait', 'test-running'],
    ['of failure refuses', [statusOf({ state: 'failure' })], 'deny', 'test-failed'],
    ['of error refuses', [statusOf({ state: 'error' })], 'deny', 'test-failed'],
    ['that came later takes the place of a failure', [statusOf({ id: 8499, state: 'failure' }), statusOf()], 'allow', 'ok'],
    ['that came later takes the place of a success', [statusOf({ id: 8499 }), statusOf({ state: 'failure' })], 'deny', 'test-failed'],
    ['is later by its number, whatever its date says', [statusOf({ createdAt: pushedAt + 1 }), statusOf({ id: 8499, state: 'failure', createdAt: pushedAt + 99_000 })], 'allow', 'ok'],
    ['on an older head takes the place of nothing', [statusOf(), statusOf({ id: 8501, headSha: olderSha, state: 'failure' })], 'allow', 'ok'],
    ['of nobody known is unknown', [statusOf({ creator: nobody })], 'unknown', 'fact-missing'],
    ['of nobody known after the right one is unknown', [statusOf(), statusOf({ id: 8501, creator: nobody })], 'unknown', 'fact-missing'],
    ['of nobody known before the right one is no matter', [statusOf({ id: 8499, creator: nobody, state: 'failure' }), statusOf()], 'allow', 'ok'],
  ])('%s', (_name, statuses, outcome, reason) => {
    const rule = judge(...statuses);
    expect(rule).toMatchObject({ outcome, reason });
    expect(ruleText(rule)).toMatchSnapshot();
  });

  test.each<[string, StatusFact, ReasonCode]>([
    ['of another account', statusOf({ id: 1, creator: known(ben) }), 'status-other-creator'],
    ['that was replaced', statusOf({ id: 1 }), 'status-superseded'],
    ['on another commit', statusOf({ id: 1, headSha: olderSha }), 'check-other-head'],
  ])('%s says why it does not count', (_name, status, reason) => {
    expect(judge(statusOf(), status).judged).toMatchObject([{ what: 'status unit (1)', counted: false, reason }, { counted: true, evidence: ['posted by cho (id 103)'] }]);
  });

  test('from before the base moved does not count', () => {
    const facts = (movedAt: number) => mergeFactsOf({ statuses: completeList([statusOf()]), baseMoves: completeList([{ kind: 'rewritten', movedAt }]) });
    const { createdAt } = statusOf();
    expect(ruleOf(ask(facts(createdAt - 1), { policy }), 'tests').outcome).toBe('allow');
    expect(ruleOf(ask(facts(createdAt), { policy }), 'tests')).toMatchObject({ outcome: 'wait', judged: [{ reason: 'check-before-base-move' }] });
  });
});

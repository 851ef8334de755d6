import { describe, expect, test } from 'vitest';
import { completeList, known, partialList, unknown } from '../facts/fact.ts';
import type { CheckFact } from '../facts/merge-facts.ts';
import type { ReasonCode } from '../reason-codes.ts';
import { ask, checkOf, ciWorkflow, mergeFactsOf, olderSha, ruleOf, runOf, withTests } from '../testing/index.ts';

const judge = (checks: readonly CheckFact[]) => ruleOf(ask(mergeFactsOf({ checks: completeList(checks) })), 'tests');

describe('a test', () => {
  test.each<[string, readonly CheckFact[], string, ReasonCode]>([
    ['that succeeded on the head is enough', [checkOf()], 'allow', 'ok'],
    ['that succeeded in a merge queue is enough', [checkOf({ run: runOf({ event: 'merge_group' }) })], 'allow', 'ok'],
    ['that never came is waited for', [], 'wait', 'test-missing'],
    ['of another name is not the test', [checkOf({ name: 'unit ' })], 'wait', 'test-missing'],
    ['that is queued is waited for', [checkOf({ status: 'queued', conclusion: null })], 'wait', 'test-running'],
    ['that is in a state nobody knows is waited for', [checkOf({ status: 'other', conclusion: null })], 'wait', 'test-running'],
    ['that failed refuses', [checkOf({ conclusion: 'failure' })], 'deny', 'test-failed'],
    ['that was cancelled refuses', [checkOf({ conclusion: 'cancelled' })], 'deny', 'test-failed'],
    ['that ended with no conclusion refuses', [checkOf({ conclusion: null })], 'deny', 'test-failed'],
    ['that was skipped refuses (T06)', [checkOf({ conclusion: 'skipped' })], 'deny', 'only-success-counts'],
    ['that was neutral refuses (T06)', [checkOf({ conclusion: 'neutral' })], 'deny', 'only-success-counts'],
    ['of which a second of the same name failed refuses (T04)', [checkOf(), checkOf({ id: 8001, conclusion: 'failure' })], 'deny', 'test-failed'],
    ['of which a second of the same name still runs is waited for', [checkOf(), checkOf({ id: 8001, status: 'in-progress', conclusion: null })], 'wait', 'test-running'],
    ['posted by another app does not count (T01)', [checkOf({ app: 99, run: null })], 'wait', 'test-missing'],
    ['posted by no app does not count (T01)', [checkOf({ app: null, run: null })], 'wait', 'test-missing'],
    ['posted by hand beside the real one changes nothing', [checkOf(), checkOf({ id: 8001, app: 99, run: null, conclusion: 'failure' })], 'allow', 'ok'],
    ['with no run does not count', [checkOf({ run: null })], 'wait', 'test-missing'],
    ['from another workflow does not count', [checkOf({ run: runOf({ workflow: '.github/workflows/ci.yml2' }) })], 'wait', 'test-missing'],
    ['from a push run does not count (T05)', [checkOf({ run: runOf({ event: 'push' }) })], 'wait', 'test-missing'],
    ['from a dispatched run does not count (T05)', [checkOf({ run: runOf({ event: 'workflow_dispatch' }) })], 'wait', 'test-missing'],
    ['from a pull_request_target run does not count', [checkOf({ run: runOf({ event: 'pull_request_target' }) })], 'wait', 'test-missing'],
    ['on an older head does not count', [checkOf({ headSha: olderSha })], 'wait', 'test-missing'],
    ['whose run was for an older head does not count', [checkOf({ run: runOf({ headSha: olderSha }) })], 'wait', 'test-missing'],
    ['whose workflow the change edits refuses (T02)', [checkOf({ run: runOf({ fileUnchangedFromBase: known(false) }) })], 'deny', 'workflow-changed'],
    ['whose workflow could not be compared is unknown', [checkOf({ run: runOf({ fileUnchangedFromBase: unknown('GitHub answered 500') }) })], 'unknown', 'fact-missing'],
    ['whose run could not be read is unknown', [checkOf({ run: unknown('GitHub answered 500') })], 'unknown', 'fact-missing'],
    ['whose re-run is under way is waited for (T09)', [checkOf(), checkOf({ id: 8001, status: 'in-progress', conclusion: null, run: runOf({ attempt: 2 }) })], 'wait', 'test-running'],
    ['whose re-run failed refuses (T09)', [checkOf(), checkOf({ id: 8001, conclusion: 'failure', run: runOf({ attempt: 2 }) })], 'deny', 'test-failed'],
    ['whose re-run succeeded is enough', [checkOf({ conclusion: 'failure' }), checkOf({ id: 8001, run: runOf({ attempt: 2 }) })], 'allow', 'ok'],
    ['that failed in another run is not excused by a later run', [checkOf({ conclusion: 'failure' }), checkOf({ id: 8001, run: runOf({ id: 7001, attempt: 2 }) })], 'deny', 'test-failed'],
  ])('%s', (_name, checks, outcome, reason) => {
    expect(judge(checks)).toMatchObject({ outcome, reason });
  });

  test('list that is cut short is unknown even when what is there succeeded (T13)', () => {
    expect(ruleOf(ask(mergeFactsOf({ checks: partialList([checkOf()], '1 of 101 read') })), 'tests')).toMatchObject({ outcome: 'unknown', reason: 'list-incomplete' });
  });

  test('of an app counts from that app and no other', () => {
    const policy = withTests([{ check: 'scan', from: 'app', app: 57789 }]);
    const scan = (app: number) => ask(mergeFactsOf({ checks: completeList([checkOf({ name: 'scan', app, run: null })]) }), { policy });
    expect(ruleOf(scan(57789), 'tests').outcome).toBe('allow');
    expect(ruleOf(scan(15368), 'tests')).toMatchObject({ outcome: 'wait', judged: [{ counted: false, reason: 'check-other-app' }] });
  });

  test('that is missing keeps others from being enough, and the worst of several decides', () => {
    const policy = withTests([
      { check: 'unit', from: 'workflow', workflow: ciWorkflow },
      { check: 'integration', from: 'workflow', workflow: ciWorkflow },
    ]);
    expect(ruleOf(ask(mergeFactsOf(), { policy }), 'tests')).toMatchObject({ outcome: 'wait', reason: 'test-missing' });
    const failing = mergeFactsOf({ checks: completeList([checkOf({ conclusion: 'failure' })]) });
    expect(ruleOf(ask(failing, { policy }), 'tests')).toMatchObject({ outcome: 'deny', reason: 'test-failed' });
  });

  test('is judged by name, with what would make it count', () => {
    const { judged } = judge([checkOf({ run: runOf({ event: 'push' }) })]);
    expect(judged).toEqual([{ what: 'check unit (8000)', counted: false, reason: 'check-other-event', summary: 'its run was started by push; only pull_request and merge_group count', url: 'https://github.example/acme/shop/runs/8000' }]);
  });
});

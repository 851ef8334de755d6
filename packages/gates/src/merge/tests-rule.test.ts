import { describe, expect, test } from 'vitest';
import type { TestPolicy } from '@sallyport/policy';
import { completeList, known, partialList, unknown } from '../facts/fact.ts';
import type { CheckFact, MergeFacts, RunFact } from '../facts/merge-facts.ts';
import type { ReasonCode } from '../reason-codes.ts';
import { ask, checkOf, ciWorkflow, fakeSha, fileOf, mergeFactsOf, olderSha, pushedAt, ruleOf, ruleText, runOf, unitTest, withTests } from '../testing/index.ts';

type Case = [name: string, facts: Partial<MergeFacts>, outcome: string, reason: ReasonCode];

const judge = (changes: Partial<MergeFacts>, tests: readonly TestPolicy[] = [unitTest]) => ruleOf(ask(mergeFactsOf(changes), { policy: withTests(tests) }), 'tests');
const checks = (...items: readonly CheckFact[]): Partial<MergeFacts> => ({ checks: completeList(items) });
const runs = (...items: readonly RunFact[]): Partial<MergeFacts> => ({ runs: completeList(items) });
const attemptOf = (attempt: number, changes: Partial<CheckFact> = {}): CheckFact => checkOf({ id: 8000 + attempt, job: known({ run: 7000, attempt }), ...changes });
const running = { status: 'in-progress', conclusion: null } as const;

describe('a test', () => {
  test.each<Case>([
    ['that succeeded on the head is enough', {}, 'allow', 'ok'],
    ['of another name is not the test', checks(checkOf({ name: 'unit ' })), 'wait', 'test-missing'],
    ['that is queued is waited for', checks(checkOf({ status: 'queued', conclusion: null })), 'wait', 'test-running'],
    ['that is in a state nobody knows is waited for', checks(checkOf({ status: 'other', conclusion: null })), 'wait', 'test-running'],
    ['that has a conclusion before it ended is waited for', checks(checkOf({ status: 'in-progress' })), 'wait', 'test-running'],
    ['that failed refuses', checks(checkOf({ conclusion: 'failure' })), 'deny', 'test-failed'],
    ['that was cancelled refuses', checks(checkOf({ conclusion: 'cancelled' })), 'deny', 'test-failed'],
    ['that asks for an action refuses', checks(checkOf({ conclusion: 'action-required' })), 'deny', 'test-failed'],
    ['that ended with no conclusion refuses', checks(checkOf({ conclusion: null })), 'deny', 'test-failed'],
    ['that was skipped refuses (T06)', checks(checkOf({ conclusion: 'skipped' })), 'deny', 'only-success-counts'],
    ['that was neutral refuses (T06)', checks(checkOf({ conclusion: 'neutral' })), 'deny', 'only-success-counts'],
    ['of which a second of the same name failed refuses (T04)', checks(checkOf(), checkOf({ id: 8001, conclusion: 'failure' })), 'deny', 'test-failed'],
    ['of which a second of the same name still runs is waited for', checks(checkOf(), checkOf({ id: 8001, ...running })), 'wait', 'test-running'],
    ['that failed in another run is not excused by a later run', { ...checks(checkOf({ conclusion: 'failure' }), checkOf({ id: 8001, job: known({ run: 7001, attempt: 1 }) })), ...runs(runOf(), runOf({ id: 7001 })) }, 'deny', 'test-failed'],
  ])('%s', (_name, facts, outcome, reason) => {
    const rule = judge(facts);
    expect(rule).toMatchObject({ outcome, reason });
    expect(ruleText(rule)).toMatchSnapshot();
  });

  test('that is missing keeps others from being enough, and the worst of several decides', () => {
    const tests = [unitTest, { ...unitTest, check: 'integration' }];
    expect(judge({}, tests)).toMatchObject({ outcome: 'wait', reason: 'test-missing', needs: ['test integration to run'] });
    expect(judge(checks(checkOf({ conclusion: 'failure' })), tests)).toMatchObject({ outcome: 'deny', reason: 'test-failed' });
  });
});

describe('a test posted by hand, or by someone else', () => {
  test.each<Case>([
    ['by another app does not count (T01)', checks(checkOf({ app: 99, job: null })), 'wait', 'test-missing'],
    ['by no app does not count (T01)', checks(checkOf({ app: null, job: null })), 'wait', 'test-missing'],
    ['by another app that names a job does not count (T01)', checks(checkOf({ app: 99 })), 'wait', 'test-missing'],
    ['in the name of GitHub Actions, being no job, does not count (T01)', checks(checkOf({ job: null })), 'wait', 'test-missing'],
    ['beside the real one changes nothing', checks(checkOf(), checkOf({ id: 8001, app: 99, job: null, conclusion: 'failure' })), 'allow', 'ok'],
    ['into a run, so that its job is not known, is unknown (T01)', checks(checkOf({ job: unknown('it is none of the jobs of run 7000') })), 'unknown', 'fact-missing'],
    ['into a run beside the real one is unknown (T01)', checks(checkOf(), checkOf({ id: 8001, job: unknown('it is none of the jobs of run 7000') })), 'unknown', 'fact-missing'],
  ])('%s', (_name, facts, outcome, reason) => {
    const rule = judge(facts);
    expect(rule).toMatchObject({ outcome, reason });
    expect(ruleText(rule)).toMatchSnapshot();
  });

  test('says so', () => {
    expect(judge(checks(checkOf({ job: null }))).judged).toMatchObject([{ counted: false, reason: 'check-not-a-job' }]);
  });
});

describe('the run of a test', () => {
  test.each<[string, Partial<RunFact>, ReasonCode]>([
    ['from another workflow', { workflow: `${ciWorkflow}2` }, 'check-other-workflow'],
    ['started by a push (T05)', { event: 'push' }, 'check-other-event'],
    ['started by hand (T05)', { event: 'workflow_dispatch' }, 'check-other-event'],
    ['of pull_request_target (T05)', { event: 'pull_request_target' }, 'check-other-event'],
    ['of a merge queue, which asks about no head (T12)', { event: 'merge_group' }, 'check-other-event'],
    ['on an older head (A01)', { headSha: olderSha }, 'check-other-head'],
    ['of another branch with the same head (T11)', { headBranch: 'other' }, 'check-other-branch'],
    ['of no branch', { headBranch: null }, 'check-other-branch'],
    ['of a fork’s branch of that name (T11)', { headRepository: 6000 }, 'check-other-branch'],
    ['of a repository that is gone', { headRepository: null }, 'check-other-branch'],
    ['of another pull request with the same head (T11)', { pullRequests: [{ number: 13, base: 'main' }] }, 'check-other-pull-request'],
    ['of no pull request', { pullRequests: [] }, 'check-other-pull-request'],
    ['of this pull request when it went elsewhere (A08)', { pullRequests: [{ number: 12, base: 'release' }] }, 'check-other-base'],
  ])('%s does not count', (_name, changes, reason) => {
    const result = judge(runs(runOf(changes)));
    expect(result).toMatchObject({ outcome: 'wait', reason: 'test-missing', judged: [{ counted: false, reason }] });
  });

  test('of a fork, for which GitHub names no pull request, counts', () => {
    expect(judge(runs(runOf({ pullRequests: null }))).outcome).toBe('allow');
  });

  test('never counts when the repository of the branch is gone on both sides', () => {
    const { pullRequest } = mergeFactsOf();
    const gone = { pullRequest: { ...pullRequest, head: { ...pullRequest.head, repository: null } } };
    expect(judge({ ...gone, ...runs(runOf({ headRepository: null })) })).toMatchObject({ outcome: 'wait', judged: [{ reason: 'check-other-branch' }] });
  });

  test('shared with another pull request counts for this one by its own base', () => {
    expect(judge(runs(runOf({ pullRequests: [{ number: 13, base: 'release' }, { number: 12, base: 'main' }] }))).outcome).toBe('allow');
  });

  test.each<Case>([
    ['that was not read is unknown', runs(), 'unknown', 'fact-missing'],
    ['that is listed twice is unknown', runs(runOf(), runOf({ event: 'push' })), 'unknown', 'fact-missing'],
    ['whose workflow the change edits refuses (T02)', runs(runOf({ definedByBase: known(false) })), 'deny', 'workflow-changed'],
    ['whose workflow could not be compared is unknown', runs(runOf({ definedByBase: unknown('GitHub answered 500') })), 'unknown', 'fact-missing'],
    ['whose workflow the change edits refuses although its job is gone (T02)', { ...checks(), ...runs(runOf({ definedByBase: known(false) })) }, 'deny', 'workflow-changed'],
  ])('%s', (_name, facts, outcome, reason) => {
    const rule = judge(facts);
    expect(rule).toMatchObject({ outcome, reason });
    expect(ruleText(rule)).toMatchSnapshot();
  });

  test('whose workflow the change edits is annotated where it is edited, with a way forward', () => {
    const facts = mergeFactsOf({ ...runs(runOf({ definedByBase: known(false) })), files: completeList([fileOf('src/cart.ts'), fileOf(ciWorkflow)]) });
    const decision = ask(facts);
    expect(ruleOf(decision, 'tests')).toMatchObject({ files: [{ path: ciWorkflow, outcome: 'deny', reason: 'workflow-changed' }] });
    expect(decision.next.map(({ what }) => what)).toContainEqual(expect.stringContaining('bring the new definition in as a new workflow file'));
  });
});

describe('a base that moved', () => {
  const moved = (...times: readonly number[]) => ({ baseMoves: completeList(times.map((movedAt) => ({ kind: 'retargeted' as const, movedAt }))) });
  const createdAt = runOf().createdAt;

  test.each<[string, number, string]>([
    ['a moment before the run was made is no matter', createdAt - 1, 'allow'],
    ['in the second in which the run was made leaves it behind (A08)', createdAt, 'wait'],
    ['after the run was made leaves it behind (A08)', createdAt + 1000, 'wait'],
  ])('%s', (_name, movedAt, outcome) => {
    expect(judge(moved(movedAt)).outcome).toBe(outcome);
    expect(judge(moved(pushedAt - 9_000_000, movedAt)).outcome).toBe(outcome);
    expect(judge(moved(movedAt, pushedAt - 9_000_000)).outcome).toBe(outcome);
  });

  test('leaves behind a later attempt of an earlier run, and says what starts a new one', () => {
    const [judged] = judge({ ...moved(createdAt + 1000), ...runs(runOf({ attempt: 2 })), ...checks(attemptOf(2, { startedAt: createdAt + 9000, completedAt: createdAt + 10_000 })) }).judged;
    expect(judged).toMatchObject({ counted: false, reason: 'check-before-base-move', remedy: 'push to topic, or close #12 and open it again: both start new runs, while “Re-run” repeats the old one' });
  });

  test.each<[string, number | null, string]>([
    ['before an app’s check started is no matter', pushedAt + 1001, 'allow'],
    ['when an app’s check started leaves it behind', pushedAt + 1000, 'wait'],
    ['leaves an app’s check behind of which nobody knows when it started', null, 'wait'],
  ])('%s', (_name, startedAt, outcome) => {
    const scan = { check: 'scan', from: 'app', app: 57_789, paths: null, attempts: null } as const;
    expect(judge({ ...moved(pushedAt + 1000), ...checks(checkOf({ name: 'scan', app: 57_789, job: null, startedAt })) }, [scan]).outcome).toBe(outcome);
  });
});

describe('attempts', () => {
  test.each<Case>([
    ['under way take the older success back (T09)', { ...runs(runOf({ attempt: 2, ...running })), ...checks(attemptOf(1)) }, 'wait', 'test-running'],
    ['under way that began the check are waited for (T09)', { ...runs(runOf({ attempt: 2, ...running })), ...checks(attemptOf(1), attemptOf(2, running)) }, 'wait', 'test-running'],
    ['under way whose check has succeeded are enough', { ...runs(runOf({ attempt: 2, ...running })), ...checks(attemptOf(1, { conclusion: 'failure' }), attemptOf(2)) }, 'allow', 'ok'],
    ['that wait for a person take the older success back (T09)', { ...runs(runOf({ attempt: 2, status: 'waiting', conclusion: null })), ...checks(attemptOf(1)) }, 'wait', 'test-running'],
    ['of which the latest failed refuse (T09)', { ...runs(runOf({ attempt: 2 })), ...checks(attemptOf(1), attemptOf(2, { conclusion: 'failure' })) }, 'deny', 'test-failed'],
    ['of which the latest succeeded are enough', { ...runs(runOf({ attempt: 2 })), ...checks(attemptOf(1, { conclusion: 'failure' }), attemptOf(2)) }, 'allow', 'ok'],
    ['that ended and left the check alone keep its success', { ...runs(runOf({ attempt: 2 })), ...checks(attemptOf(1)) }, 'allow', 'ok'],
    ['that ended and left the check alone keep its failure', { ...runs(runOf({ attempt: 2 })), ...checks(attemptOf(1, { conclusion: 'failure' })) }, 'deny', 'test-failed'],
    ['later than the run itself was read at are unknown', checks(attemptOf(2)), 'unknown', 'fact-missing'],
    ['that ran only one of two checks of a name again do not excuse the other (T04)', { ...runs(runOf({ attempt: 2 })), ...checks(attemptOf(1, { id: 1, conclusion: 'failure' }), attemptOf(1, { id: 2 }), attemptOf(2)) }, 'deny', 'test-failed'],
    ['that ran the same one of two checks of a name twice do not excuse the other (T04)', { ...runs(runOf({ attempt: 3 })), ...checks(attemptOf(1, { id: 1, conclusion: 'failure' }), attemptOf(1, { id: 2 }), attemptOf(2), attemptOf(3)) }, 'deny', 'test-failed'],
    ['that ran both of two checks of a name again are enough', { ...runs(runOf({ attempt: 2 })), ...checks(attemptOf(1, { id: 1, conclusion: 'failure' }), attemptOf(1, { id: 2 }), attemptOf(2), attemptOf(2, { id: 9000 })) }, 'allow', 'ok'],
  ])('%s', (_name, facts, outcome, reason) => {
    const rule = judge(facts);
    expect(rule).toMatchObject({ outcome, reason });
    expect(ruleText(rule)).toMatchSnapshot();
  });

  test.each([[1, 'deny'], [2, 'deny'], [3, 'allow'], [null, 'allow']] as const)('up to %s accepted, three made: %s (T10)', (attempts, outcome) => {
    const result = judge({ ...runs(runOf({ attempt: 3 })), ...checks(attemptOf(3)) }, [{ ...unitTest, attempts }]);
    expect(result).toMatchObject({ outcome, reason: outcome === 'allow' ? 'ok' : 'too-many-attempts' });
  });

  test('count also when the check itself was left alone', () => {
    expect(judge({ ...runs(runOf({ attempt: 3 })), ...checks(attemptOf(1)) }, [{ ...unitTest, attempts: 2 }])).toMatchObject({ outcome: 'deny', reason: 'too-many-attempts' });
  });

  test('are shown (T10)', () => {
    expect(judge({ ...runs(runOf({ attempt: 3 })), ...checks(attemptOf(1, { conclusion: 'failure' }), attemptOf(3)) }).judged).toEqual([
      { what: 'check unit (8001)', counted: false, reason: 'check-superseded', summary: 'it is of attempt 1, and a later attempt of run 7000 ran it again', evidence: ['run 7000, attempt 1 of 3', ciWorkflow, 'pull_request'], url: 'https://github.example/acme/shop/runs/8000' },
      { what: 'check unit (8003)', counted: true, reason: 'ok', summary: 'completed with success in attempt 3', evidence: ['run 7000, attempt 3', ciWorkflow, 'pull_request'], url: 'https://github.example/acme/shop/runs/8000' },
    ]);
    expect(judge({ ...runs(runOf({ attempt: 3 })), ...checks(attemptOf(1)) }).judged).toMatchObject([{ summary: 'completed with success in attempt 1; attempt 3 did not run it again' }]);
  });
});

describe('a test that has not come', () => {
  const none = checks();

  test.each<Case>([
    ['with no run of its workflow is waited for, and a path filter is named (T07)', { ...none, ...runs() }, 'wait', 'test-missing'],
    ['although its run ended is waited for (T08)', none, 'wait', 'test-missing'],
    ['and whose run is queued is waited for (T08)', { ...none, ...runs(runOf({ status: 'queued', conclusion: null })) }, 'wait', 'test-running'],
    ['and whose run waits for a person needs that person (T08)', { ...none, ...runs(runOf({ status: 'waiting', conclusion: null })) }, 'wait', 'test-needs-approval'],
    ['and whose run needs approval before it starts needs that (T08)', { ...none, ...runs(runOf({ conclusion: 'action-required' })) }, 'wait', 'test-needs-approval'],
    ['and whose run for something else needs approval is just missing', { ...none, ...runs(runOf({ conclusion: 'action-required', event: 'push' })) }, 'wait', 'test-missing'],
    ['from a second run that just began is waited for in spite of the first (T09)', runs(runOf(), runOf({ id: 7001, status: 'queued', conclusion: null })), 'wait', 'test-running'],
    ['from a second run that waits for a person needs that person', runs(runOf(), runOf({ id: 7001, status: 'waiting', conclusion: null })), 'wait', 'test-needs-approval'],
    ['from a second run that ended is no matter when the first has it', runs(runOf(), runOf({ id: 7001 })), 'allow', 'ok'],
    ['from a second run of another workflow is no matter', runs(runOf(), runOf({ id: 7001, workflow: '.github/workflows/docs.yml', ...running })), 'allow', 'ok'],
  ])('%s', (_name, facts, outcome, reason) => {
    const rule = judge(facts);
    expect(rule).toMatchObject({ outcome, reason });
    expect(ruleText(rule)).toMatchSnapshot();
  });

  test.each<[string, Partial<MergeFacts>, string]>([
    ['a path filter', { ...none, ...runs() }, 'A path filter or branch filter under “on: pull_request” may leave this change out'],
    ['an approval-required run', { ...none, ...runs(runOf({ conclusion: 'action-required' })) }, 'GitHub holds it back until someone approves it (an approval-required run'],
    ['a run from before the base moved', { ...none, baseMoves: completeList([{ kind: 'retargeted', movedAt: pushedAt + 2000 }]) }, 'run 7000 does not count, because its run was made at 2026-11-23T10:00:01Z, and the base of #12 moved'],
    ['a job of another name', none, 'Run 7000 of it ended without a job of that name.'],
  ])('is explained to who sees it first: %s', (_name, facts, words) => {
    expect(judge(facts).summary).toContain(words);
  });

  test('because its run needs approval is a click away', () => {
    const { next } = ask(mergeFactsOf({ ...none, ...runs(runOf({ conclusion: 'action-required' })) }));
    expect(next).toEqual([{ who: 'someone with write permission', what: 'read what the change does to workflows and scripts, then approve the run at https://github.example/acme/shop/actions/runs/7000', effort: 'click' }]);
  });
});

describe('a test for some paths only', () => {
  const docs = { ...unitTest, paths: ['docs/**'] } as const;
  const untested = (...files: MergeFacts['files']['items']): Partial<MergeFacts> => ({ ...checks(), ...runs(), files: completeList(files) });

  test.each<Case>([
    ['is not needed when none of them is changed (T07)', untested(fileOf('src/cart.ts')), 'allow', 'ok'],
    ['is needed when one is changed', untested(fileOf('src/cart.ts'), fileOf('docs/a.md')), 'wait', 'test-missing'],
    ['is needed when a file came from there (T15)', untested(fileOf('src/a.md', { previousPath: 'docs/a.md', status: 'renamed' })), 'wait', 'test-missing'],
    ['is needed when one is removed', untested(fileOf('docs/a.md', { kind: null, status: 'removed' })), 'wait', 'test-missing'],
    ['is needed when a link leads there (T15)', untested(fileOf('src/a', { kind: known('symlink'), target: known('docs/a.md') })), 'wait', 'test-missing'],
    ['is needed when a link leads to a folder above (T15)', untested(fileOf('src/a', { kind: known('symlink'), target: known('docs') })), 'wait', 'test-missing'],
    ['is needed when a link leads out of the repository (T15)', untested(fileOf('src/a', { kind: known('symlink'), target: known(null) })), 'wait', 'test-missing'],
    ['is needed when nobody knows where a link leads (T15)', untested(fileOf('src/a', { kind: known('symlink'), target: unknown('it was not read') })), 'wait', 'test-missing'],
    ['is needed when a link’s target was left out (T15)', untested(fileOf('src/a', { kind: known('symlink') })), 'wait', 'test-missing'],
    ['is needed when nobody knows whether a file is a link', untested(fileOf('src/a', { kind: unknown('it was not read') })), 'wait', 'test-missing'],
    ['is not needed when a link leads elsewhere', untested(fileOf('src/a', { kind: known('symlink'), target: known('src/b') })), 'allow', 'ok'],
    ['is unknown when the list of files is cut short (T13)', { ...checks(), files: partialList([fileOf('src/cart.ts')], 'the rest') }, 'unknown', 'list-incomplete'],
    ['is needed when a list of files that is cut short shows one', { ...checks(), ...runs(), files: partialList([fileOf('docs/a.md')], 'the rest') }, 'wait', 'test-missing'],
  ])('%s', (_name, facts, outcome, reason) => {
    const rule = judge(facts, [docs]);
    expect(rule).toMatchObject({ outcome, reason });
    expect(ruleText(rule)).toMatchSnapshot();
  });

  test('shows that it is not needed, and why', () => {
    const result = judge({}, [unitTest, { ...docs, check: 'links' }]);
    expect(result.summary).toContain('The change needs no test links.');
    expect(result.judged[1]).toEqual({ what: 'test links', counted: false, reason: 'test-not-needed', summary: 'the policy needs it only for changes of docs/**, and none of these is changed' });
  });

  test('is unknown when a glob cannot be judged', () => {
    expect(judge({}, [{ ...unitTest, paths: ['{docs,src}/**'] }])).toMatchObject({ outcome: 'unknown', reason: 'glob-not-supported' });
  });
});

describe('a list that is cut short is unknown even when what is there succeeded (T13):', () => {
  const scan = { check: 'unit', from: 'app', app: 57_789, paths: null, attempts: null } as const;
  const signedOff = { check: 'unit', from: 'status', creator: 103, paths: null, attempts: null } as const;

  test.each<[string, Partial<MergeFacts>, readonly TestPolicy[], boolean]>([
    ['checks, for a test from a workflow', { checks: partialList([checkOf()], 'the rest') }, [unitTest], true],
    ['checks, for a test from an app', { checks: partialList([checkOf({ app: 57_789 })], 'the rest') }, [scan], true],
    ['checks, not for a commit status', { checks: partialList([], 'the rest'), statuses: completeList([]) }, [signedOff], false],
    ['workflow runs, for a test from a workflow', { runs: partialList([runOf()], 'the rest') }, [unitTest], true],
    ['workflow runs, not for a test from an app', { runs: partialList([], 'the rest'), checks: completeList([checkOf({ app: 57_789 })]) }, [scan], false],
    ['commit statuses, for a commit status', { statuses: partialList([], 'the rest') }, [signedOff], true],
    ['commit statuses, not for a test from a workflow', { statuses: partialList([], 'the rest') }, [unitTest], false],
  ])('%s', (_name, facts, tests, isUnknown) => {
    const { outcome, summary } = judge(facts, tests);
    expect(outcome === 'unknown' && summary.includes('not complete')).toBe(isUnknown);
  });
});

describe('a test of an app', () => {
  const scan = { check: 'scan', from: 'app', app: 57_789, paths: null, attempts: null } as const;
  const by = (app: number, changes: Partial<CheckFact> = {}) => judge(checks(checkOf({ name: 'scan', app, job: null, ...changes })), [scan]);

  test('counts from that app and no other', () => {
    expect(by(57_789).outcome).toBe('allow');
    expect(by(15_368)).toMatchObject({ outcome: 'wait', judged: [{ counted: false, reason: 'check-other-app' }] });
  });

  test('counts on the head only, and only with success', () => {
    expect(by(57_789, { headSha: olderSha }).judged).toMatchObject([{ counted: false, reason: 'check-other-head' }]);
    expect(by(57_789, { conclusion: 'neutral' })).toMatchObject({ outcome: 'deny', reason: 'only-success-counts' });
  });
});

describe('a merge queue’s group', () => {
  const groupSha = fakeSha('9f');
  const { head, base } = mergeFactsOf().pullRequest;
  const ref = 'gh-readonly-queue/main/pr-12';
  const group = { ref, headSha: groupSha, treeSha: head.treeSha, baseSha: base.sha, proof: { from: head.sha, fromBase: base.sha, onto: base.sha, tree: known(head.treeSha) } };
  const queued = { event: 'merge_group', headSha: groupSha, headBranch: ref, pullRequests: null } as const;

  test.each<Case>([
    ['is judged by its own tests (T12)', { group, ...runs(runOf(queued)), ...checks(checkOf({ headSha: groupSha })) }, 'allow', 'ok'],
    ['is not judged by tests of the head (T12)', { group }, 'wait', 'test-missing'],
    ['is not judged by a check on the head of a run on the group', { group, ...runs(runOf(queued)) }, 'wait', 'test-missing'],
    ['is not judged by a pull request run on it', { group, ...runs(runOf({ ...queued, event: 'pull_request' })), ...checks(checkOf({ headSha: groupSha })) }, 'wait', 'test-missing'],
    ['is not judged by a run on another branch', { group, ...runs(runOf({ ...queued, headBranch: 'topic' })), ...checks(checkOf({ headSha: groupSha })) }, 'wait', 'test-missing'],
    ['is not judged by a run of a fork', { group, ...runs(runOf({ ...queued, headRepository: 6000 })), ...checks(checkOf({ headSha: groupSha })) }, 'wait', 'test-missing'],
    ['whose test failed is refused (T12)', { group, ...runs(runOf(queued)), ...checks(checkOf(), checkOf({ id: 8001, headSha: groupSha, conclusion: 'failure' })) }, 'deny', 'test-failed'],
  ])('%s', (_name, facts, outcome, reason) => {
    const rule = judge(facts);
    expect(rule).toMatchObject({ outcome, reason });
    expect(ruleText(rule)).toMatchSnapshot();
  });
});

import { describe, expect, it } from 'vitest';
import type { CheckRun, CommitStatus, Repository } from '../world/world.ts';
import { missingChecks, parseRequiredChecks } from './required-checks.ts';

const head = 'a'.repeat(40);
const actions = 15368;
const gate = 77;

const check = (change: Partial<CheckRun> = {}): CheckRun => ({
  id: 1, suite: 1, headSha: head, app: gate, name: 'gate', status: 'completed', conclusion: 'success', externalId: '', detailsUrl: '', startedAt: 0, completedAt: 0,
  output: { title: null, summary: null, text: null, annotations: [] }, job: null, ...change,
});
const status = (state: CommitStatus['state']): CommitStatus => ({ id: 1, sha: head, context: 'gate', state, description: null, targetUrl: null, creator: { id: 1, login: 'ada', type: 'User', suspended: false }, createdAt: 0 });
const missing = (found: { readonly checkRuns?: readonly CheckRun[]; readonly statuses?: readonly CommitStatus[] }, pinned: boolean): readonly string[] =>
  missingChecks({ checkRuns: found.checkRuns ?? [], statuses: found.statuses ?? [] } as unknown as Repository, parseRequiredChecks({ required_status_checks: [{ context: 'gate', ...(pinned ? { integration_id: gate } : {}) }] }), head);

const expected = ['Required status check "gate" is expected.'];
const failing = ['Required status check "gate" is failing.'];
const running = ['Required status check "gate" is in progress.'];

describe('a check pinned to an App', () => {
  it.each<[string, readonly CheckRun[], readonly CommitStatus[], readonly string[]]>([
    ['is met by a success of that App', [check()], [], []],
    ['is met by skipped and neutral', [check({ conclusion: 'skipped' })], [], []],
    ['is expected when there is none', [], [], expected],
    ['is not met by another App\'s check of that name', [check({ app: actions })], [], expected],
    ['is not met by a commit status of that name', [], [status('success')], expected],
    ['is not met by a check on another commit', [check({ headSha: 'b'.repeat(40) })], [], expected],
    ['is pending while it runs', [check({ status: 'in_progress', conclusion: null })], [], running],
    ['takes the latest of that App', [check(), check({ id: 2, conclusion: 'failure' })], [], failing],
    ['does not mind another App\'s failure', [check(), check({ app: actions, conclusion: 'failure' })], [], []],
  ])('%s', (_, checkRuns, statuses, says) => {
    expect(missing({ checkRuns, statuses }, true)).toEqual(says);
  });
});

describe('a check by name alone', () => {
  it.each<[string, readonly CheckRun[], readonly CommitStatus[], readonly string[]]>([
    ['is met by any App', [check({ app: actions })], [], []],
    ['is met by a commit status', [], [status('success')], []],
    ['fails when any App\'s latest fails', [check(), check({ app: actions, conclusion: 'failure' })], [], failing],
    ['takes the latest status', [], [status('success'), status('error')], failing],
  ])('%s', (_, checkRuns, statuses, says) => {
    expect(missing({ checkRuns, statuses }, false)).toEqual(says);
  });
});

import { describe, expect, it } from 'vitest';
import { selectTargets } from './select-targets.ts';

const head = 'a'.repeat(40);
const base = 'b'.repeat(40);
const parent = 'c'.repeat(40);
const ref = `gh-readonly-queue/main/pr-12-${base}`;
const group = { ref, headSha: head, baseSha: base };
const repository = { id: 5000 };

const at = (...numbers: readonly number[]) => ({ select: 'targets', targets: numbers.map((pullRequest) => ({ pullRequest, group: null })) });
const all = { select: 'all' };
const select = (name: string, payload: unknown, input = '') => selectTargets({ input, event: { name, payload } });

const pullEvent = (action: string, pull: object = {}) => ({ action, pull_request: { number: 9, merged: false, head: { sha: head }, ...pull } });
const runEvent = (run: object) => ({ action: 'completed', repository, workflow_run: { event: 'pull_request', head_sha: head, head_branch: 'topic', pull_requests: [], ...run } });
const named = (number: number, id = repository.id) => ({ number, base: { ref: 'main', repo: { id } } });
const groupEvent = (action: string, changes: object = {}) => ({ action, merge_group: { head_sha: head, head_ref: `refs/heads/${ref}`, base_sha: base, base_ref: 'refs/heads/main', ...changes } });

describe('selectTargets', () => {
  it.each([
    ['the one asked for, whatever the event', 'schedule', {}, '3', at(3)],
    ['the pull request that was opened', 'pull_request_target', pullEvent('opened'), '', at(9)],
    ['the pull request that was pointed elsewhere', 'pull_request_target', pullEvent('edited'), '', at(9)],
    ['the pull request that was reviewed', 'pull_request_review', pullEvent('submitted'), '', at(9)],
    ['a closed one, then the others at its head (T11)', 'pull_request_target', pullEvent('closed'), '', { select: 'head', first: at(9).targets, headSha: head, orAll: false }],
    ['only the others at the head of a merged one', 'pull_request_target', pullEvent('closed', { merged: true }), '', { select: 'head', first: [], headSha: head, orAll: false }],
    ['the pull requests of a finished run', 'workflow_run', runEvent({ pull_requests: [named(7), named(12)] }), '', at(7, 12)],
    ['none of another repository of the network', 'workflow_run', runEvent({ pull_requests: [named(7), named(12, 6000)] }), '', at(7)],
    ['what is open at the commit of a run from a fork, which names none', 'workflow_run', runEvent({}), '', { select: 'head', first: [], headSha: head, orAll: true }],
    ['the group that a finished run was for (T12)', 'workflow_run', runEvent({ event: 'merge_group', head_branch: ref }), '', { select: 'targets', targets: [{ pullRequest: 12, group }] }],
    ['the group whose checks are requested, on the base the event names', 'merge_group', groupEvent('checks_requested', { base_sha: parent }), '', { select: 'targets', targets: [{ pullRequest: 12, group: { ...group, baseSha: parent } }] }],
    ['nothing when a group is given up', 'merge_group', groupEvent('destroyed'), '', at()],
    ['everything on a tick (T19)', 'schedule', { schedule: '23 * * * *' }, '', all],
    ['everything when asked without a number', 'workflow_dispatch', { inputs: {} }, '', all],
    ['everything on an event nobody thought of', 'issues', { issue: { number: 9 } }, '', all],
    ['everything when a payload is not what GitHub sends', 'pull_request_target', { action: 'opened', pull_request: { number: 'nine' } }, '', all],
    ['everything when a run does not say what it was for', 'workflow_run', { workflow_run: {} }, '', all],
    ["everything when a group's branch cannot be read", 'merge_group', groupEvent('checks_requested', { head_ref: 'refs/heads/queue/pr-12' }), '', all],
    ["everything when a run's branch is no group's", 'workflow_run', runEvent({ event: 'merge_group', head_branch: null }), '', all],
  ])('judges %s', (_name, event, payload, input, expected) => {
    expect(select(event, payload, input)).toEqual(expected);
  });

  it.each(['0', '-1', '1e3', '7; rm', ' 7'])('refuses the input %j', (input) => {
    expect(() => select('workflow_dispatch', {}, input)).toThrow('must be the number');
  });
});

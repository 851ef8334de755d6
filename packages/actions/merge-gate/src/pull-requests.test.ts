import { describe, expect, it } from 'vitest';
import { pullRequestsToJudge, sharingHead } from './pull-requests.ts';

const open = [7, 9, 12];

describe('pullRequestsToJudge', () => {
  it.each([
    ['the one asked for, even when it is closed', { input: '3', payload: {} }, [3]],
    ['the one the event is about', { input: '', payload: { pull_request: { number: 9 } } }, [9]],
    ['those of the finished workflow run', { input: '', payload: { workflow_run: { pull_requests: [{ number: 7 }, { number: 12 }] } } }, [7, 12]],
    ['all open ones when a run from a fork names none', { input: '', payload: { workflow_run: { pull_requests: [] } } }, open],
    ['all open ones when the event names one that is closed', { input: '', payload: { pull_request: { number: 1 } } }, open],
    ['all open ones on a tick', { input: '', payload: { schedule: '7 * * * *' } }, open],
    ['all open ones when the payload is not what GitHub sends', { input: '', payload: { pull_request: { number: 'nine' } } }, open],
  ])('judges %s', (_name, { input, payload }, expected) => {
    expect(pullRequestsToJudge({ input, event: { name: 'any', payload }, open })).toEqual(expected);
  });

  it.each(['0', '-1', '1e3', '7; rm', ' 7'])('refuses the input %j', (input) => {
    expect(() => pullRequestsToJudge({ input, event: { name: 'workflow_dispatch', payload: {} }, open })).toThrow('must be the number');
  });
});

describe('sharingHead', () => {
  const pulls = [{ number: 7, headSha: 'aa' }, { number: 9, headSha: 'bb' }, { number: 12, headSha: 'aa' }];
  it.each([
    ['two that share a head (T11)', 7, [7, 12]],
    ['one alone', 9, [9]],
    ['none for one that is closed', 3, []],
  ])('finds %s', (_name, number, expected) => {
    expect(sharingHead(pulls, number).map((one) => one.number)).toEqual(expected);
  });
});

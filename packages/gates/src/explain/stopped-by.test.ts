import { describe, expect, test } from 'vitest';
import { handmadeDecision, resultOf } from '../testing/handmade-decision.ts';
import { mainObjection, stoppedBy } from './stopped-by.ts';

const waiting = resultOf('window', { outcome: 'wait', reason: 'window-closed' });
const denied = resultOf('tests', { outcome: 'deny', reason: 'test-failed' });

describe('what stopped a decision', () => {
  test('is what its open rules say, the worst first, each once', () => {
    expect(stoppedBy(handmadeDecision([resultOf('head'), waiting, denied, { ...waiting, rule: 'freeze' }]))).toEqual(['test-failed', 'window-closed']);
  });

  test('is the worst of them where one sentence has to do', () => {
    expect(mainObjection(handmadeDecision([resultOf('head'), waiting, denied]))).toEqual(denied);
  });

  test('is nothing when it is allowed', () => {
    expect(mainObjection(handmadeDecision([resultOf('head')]))).toBeNull();
    expect(stoppedBy(handmadeDecision([resultOf('head')]))).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { completeList, partialList } from '../facts/fact.ts';
import type { MergeFacts } from '../facts/merge-facts.ts';
import { ask, baseSha, mergeFactsOf, ruleOf, ruleText, withPullRequest } from '../testing/index.ts';

describe('a pull request', () => {
  test.each<[string, MergeFacts, string, string]>([
    ['that is open and goes into a gated branch may', mergeFactsOf(), 'allow', 'ok'],
    ['into another branch may not', withPullRequest({ base: { ref: 'main2', sha: baseSha } }), 'deny', 'base-not-gated'],
    ['that is a draft waits', withPullRequest({ draft: true }), 'wait', 'draft'],
    ['that is closed may not', withPullRequest({ state: 'closed' }), 'deny', 'pull-request-closed'],
    ['that is merged may not again', withPullRequest({ state: 'merged' }), 'deny', 'already-merged'],
    ['whose base may have moved is unknown (A08)', mergeFactsOf({ baseMoves: partialList([], 'the rest') }), 'unknown', 'list-incomplete'],
  ])('%s', (_name, facts, outcome, reason) => {
    const rule = ruleOf(ask(facts), 'target');
    expect(rule).toMatchObject({ outcome, reason });
    expect(ruleText(rule)).toMatchSnapshot();
  });

  test.each<[string, MergeFacts['sharedHead'], string, string]>([
    ['whose head is its own may', completeList([]), 'allow', 'ok'],
    ['whose head another one has may not (T11)', completeList([13]), 'deny', 'head-shared'],
    ['whose head another one may have is unknown (T11, T13)', partialList([], 'the rest'), 'unknown', 'list-incomplete'],
    ['whose head another one surely has may not, whatever else is missing', partialList([13], 'the rest'), 'deny', 'head-shared'],
  ])('%s', (_name, sharedHead, outcome, reason) => {
    const rule = ruleOf(ask(mergeFactsOf({ sharedHead })), 'head-unshared');
    expect(rule).toMatchObject({ outcome, reason });
    expect(ruleText(rule)).toMatchSnapshot();
  });

  test('that shares its head is told with which, in order', () => {
    expect(ruleOf(ask(mergeFactsOf({ sharedHead: completeList([20, 13, 20]) })), 'head-unshared').summary).toContain('#13 and #20 have the same head');
  });
});

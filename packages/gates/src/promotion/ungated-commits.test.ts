import { describe, expect, it } from 'vitest';
import { completeList, partialList } from '../facts/fact.ts';
import { ask, releaseFactsOf, ruleOf, stageFactsOf } from '../testing/index.ts';
import { fakeSha } from '../testing/people.ts';

describe('a commit that came to main around the merge gate (T17, L1)', () => {
  it.each([
    ['staging', () => stageFactsOf({ ungated: completeList([fakeSha('ee')]) })],
    ['production', () => releaseFactsOf({ ungated: completeList([fakeSha('ee')]) })],
  ])('does not travel to %s with the next honest build', (_name, facts) => {
    expect(ruleOf(ask(facts()), 'landing')).toMatchObject({ outcome: 'deny', reason: 'ungated-commit' });
  });

  it('is not ruled out by a list that was cut short', () => {
    expect(ruleOf(ask(stageFactsOf({ ungated: partialList([], 'GitHub compares at most 250 commits') })), 'landing')).toMatchObject({ outcome: 'unknown' });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommitAnswer } from './answers/commit.ts';
import { isWholeComparison, mayBeginComparison } from './whole-comparison.ts';

const commit = (sha: string, ...parents: readonly string[]): CommitAnswer => ({ sha, author: null, committer: null, parents: parents.map((parent) => ({ sha: parent })), commit: { message: '', tree: { sha: 'tree' }, author: null, committer: null } });
const [one, two, head] = [commit('one', 'base'), commit('two', 'one'), commit('head', 'two')];

describe('commits are the whole of a comparison', () => {
  it.each<[string, readonly CommitAnswer[], number, boolean]>([
    ['where they go from the head down to the merge base', [one, two, head], 3, true],
    ['in whatever order', [head, one, two], 3, true],
    ['where a side of a merge begins with nothing', [one, commit('root'), commit('head', 'one', 'root')], 3, true],
    ['not where the comparison counts more', [one, two, head], 4, false],
    ['not where it counts fewer', [one, two, head], 2, false],
    ['not where one is missing', [one, head], 2, false],
    ['not where one stands in for another', [one, commit('other', 'one'), head], 3, false],
    ['not where one is there twice', [one, one, two, head], 3, false],
    ['not where one is there twice and another is missing', [one, two, two], 3, false],
    ['not where the head is not among them', [one, two, commit('other', 'two')], 3, false],
    ['not where they meet the base at another commit besides', [one, commit('two', 'one', 'older'), head], 3, false],
  ])('%s', (_name, commits, total, expected) => {
    expect(isWholeComparison(commits, { head: 'head', mergeBase: 'base', total })).toBe(expected);
  });

  it('only where they are what git gives, in every history', () => {
    fc.assert(
      fc.property(histories(), ({ history, base, head: tip, pick }) => {
        const [ofBase, ofHead] = [reachedFrom(history, base), reachedFrom(history, tip)];
        const common = [...ofHead].filter((sha) => ofBase.has(sha));
        const best = common.filter((sha) => !common.some((other) => other !== sha && reachedFrom(history, other).has(sha)));
        const mergeBase = best[pick % best.length];
        fc.pre(mergeBase !== undefined);
        const whole = [...ofHead].filter((sha) => !ofBase.has(sha));
        const accepted = subsets(history).filter((commits) => isWholeComparison(commits, { head: tip, mergeBase, total: whole.length }));
        const meetsOnce = history.every(({ sha, parents }) => !whole.includes(sha) || parents.every((parent) => whole.includes(parent.sha) || parent.sha === mergeBase));
        expect(accepted.map((commits) => commits.map(({ sha }) => sha))).toEqual(whole.length > 0 && meetsOnce ? [history.map(({ sha }) => sha).filter((sha) => whole.includes(sha))] : []);
      }),
      { numRuns: 1000 },
    );
  });
});

/** Up to eight commits, each on up to two of those before it. */
function histories(): fc.Arbitrary<{ readonly history: readonly CommitAnswer[]; readonly base: string; readonly head: string; readonly pick: number }> {
  const parents = fc.array(fc.nat(), { maxLength: 2 });
  return fc.record({ grown: fc.array(parents, { minLength: 2, maxLength: 8 }), base: fc.nat(), head: fc.nat(), pick: fc.nat() }).map(({ grown, base, head: tip, pick }) => {
    const history = grown.map((picked, index) => commit(`${index}`, ...(index === 0 ? [] : [...new Set(picked.map((one) => `${one % index}`))])));
    return { history, base: `${base % history.length}`, head: `${tip % history.length}`, pick };
  });
}

function reachedFrom(history: readonly CommitAnswer[], sha: string): ReadonlySet<string> {
  const own = history.find((one) => one.sha === sha);
  return new Set([sha, ...(own?.parents ?? []).flatMap((parent) => [...reachedFrom(history, parent.sha)])]);
}

const subsets = (history: readonly CommitAnswer[]): readonly (readonly CommitAnswer[])[] => Array.from({ length: 2 ** history.length }, (_, bits) => history.filter((_commit, index) => Math.floor(bits / 2 ** index) % 2 === 1));

describe('a page may begin a comparison', () => {
  const page = (...first: readonly CommitAnswer[]): readonly CommitAnswer[] => [...first, ...Array.from({ length: 100 - first.length }, (_, index) => commit(`${index}`, index === 0 ? 'base' : `${index - 1}`))];
  it.each<[string, readonly CommitAnswer[], boolean]>([
    ['where all of it grew from one commit', page(), true],
    ['where sides of it came together again', page(commit('side', 'base'), commit('merge', 'side', '3')), true],
    ['not where it is not full', page().slice(1), false],
    ['not where the base was merged in', page(commit('merge', '3', 'newer')), false],
    ['not where nothing is listed', [], false],
  ])('%s', (_name, commits, expected) => {
    expect(mayBeginComparison(commits)).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { withDecision } from './gather-landing.ts';
import type { RecordedDecision } from './ledger-state.ts';

const sha = (digit: string): string => digit.repeat(40);
const head = sha('1');
const landed = sha('9');
const mergedAt = Date.UTC(2026, 10, 24, 12);
const landing = { commit: landed, branch: 'main', onBranch: true, landedTree: sha('7'), change: { number: 12, headSha: head, mergedAt } };

type Made = { readonly index: number; readonly at?: number; readonly outcome?: RecordedDecision['outcome']; readonly group?: string; readonly number?: number; readonly base?: string };

function madeOf({ index, at = mergedAt - 1000, outcome = 'allow', group, number = 12, base = 'main' }: Made): RecordedDecision {
  const facts = { pullRequest: { number, base: { ref: base }, head: { sha: head, treeSha: sha('2') } }, group: group === undefined ? null : { headSha: group, treeSha: sha('3') } };
  return { type: 'decision-made', gate: 'merge', subject: `acme/shop#${number}`, outcome, decision: {}, facts, index, at };
}

const decisionOf = (...made: readonly Made[]) => withDecision(landing, { decisions: made.map(madeOf) }).change?.decision ?? null;

describe('withDecision', () => {
  it.each([
    ["the head's decision, with the head's tree", [{ index: 1 }], 1, sha('2')],
    ['the latest of several', [{ index: 1 }, { index: 2 }], 2, sha('2')],
    ["the decision of the group that landed, with the group's tree", [{ index: 1, group: landed }, { index: 2 }], 1, sha('3')],
    ["the head's decision when only another group was judged since", [{ index: 1 }, { index: 2, group: sha('8') }], 1, sha('2')],
    ['one of the very instant of the merge', [{ index: 1, at: mergedAt }], 1, sha('2')],
    ['the one before the merge, not the one after it', [{ index: 1 }, { index: 2, at: mergedAt + 1 }], 1, sha('2')],
  ])('takes %s', (_name, made, index, tree) => {
    expect(decisionOf(...made)).toMatchObject({ ledgerIndex: index, judgedTree: tree });
  });

  it.each<[string, readonly Made[]]>([
    ['there is none', []],
    ['only another group was judged', [{ index: 1, group: sha('8') }]],
    ['only another pull request with this head was judged', [{ index: 1, number: 13 }]],
    ['it was judged for another branch (A08)', [{ index: 1, base: 'release' }]],
    ['it was made after the merge', [{ index: 1, at: mergedAt + 1 }]],
  ])('finds none when %s', (_name, made) => {
    expect(decisionOf(...made)).toBeNull();
  });

  it('lets the refusal of the group that landed stand before the yes to its head', () => {
    expect(decisionOf({ index: 1 }, { index: 2, group: landed, outcome: 'deny' })).toMatchObject({ outcome: 'deny' });
  });

  it('adds nothing to a direct push', () => {
    expect(withDecision({ ...landing, change: null }, { decisions: [madeOf({ index: 1 })] }).change).toBeNull();
  });
});

import { completeList, known, mergeFacts } from '@sallyport/gates';
import { ana, commitBy, fakeSha, headSha, headTree, mergeFactsOf } from '@sallyport/gates/testing';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { coverCommits } from './cover-commits.ts';
import type { LedgerState, RecordedDecision } from './ledger-state.ts';
import type { Changes, Landing } from './ports.ts';

const landed = fakeSha('9a');
const mergedAt = Date.UTC(2026, 10, 24, 12);
const facts = z.encode(mergeFacts, mergeFactsOf({ commits: completeList([commitBy(ana)]) })) as Record<string, unknown>;
const made = (outcome: RecordedDecision['outcome'], index: number, changes: Partial<RecordedDecision> = {}): RecordedDecision => ({ type: 'decision-made', gate: 'merge', subject: 'acme/shop#12', outcome, decision: {}, facts, index, at: mergedAt - 10_000 + index, ...changes });

/** #12 was merged as `landed`; what came with it is asked about. */
function cover(decisions: readonly RecordedDecision[], { commits = [landed, headSha], landedTree = headTree }: { readonly commits?: readonly string[]; readonly landedTree?: string } = {}) {
  const landing = (commit: string): Landing => ({ commit, branch: 'main', onBranch: true, landedTree, change: commit === landed ? { number: 12, headSha, mergedAt } : null });
  const changes = { listCommits: () => Promise.resolve(completeList(commits)), findLanding: (commit: string) => Promise.resolve(known(landing(commit))) } as unknown as Changes;
  const state = { decisions } as unknown as LedgerState;
  return coverCommits(changes, state, { from: fakeSha('00'), to: landed, branch: 'main' });
}

describe('coverCommits', () => {
  it('finds the change that brought each commit, and its merge', async () => {
    expect(await cover([made('allow', 1)])).toMatchObject({ uncovered: [], missing: null, merges: [{ pullRequest: { number: 12 } }] });
  });

  it('takes no yes that was taken back before the merge (T17)', async () => {
    expect((await cover([made('allow', 1), made('deny', 2)])).uncovered).toEqual([landed, headSha]);
  });

  it('takes a yes that came after a no', async () => {
    expect((await cover([made('deny', 1), made('allow', 2)])).uncovered).toEqual([]);
  });

  it('does not cover the merge itself when it holds something else than was judged (T18)', async () => {
    expect((await cover([made('allow', 1)], { landedTree: fakeSha('ee') })).uncovered).toEqual([landed]);
  });

  it('does not cover the merge by a yes that came after it', async () => {
    expect((await cover([made('allow', 1, { at: mergedAt + 1 })])).uncovered).toEqual([landed]);
  });

  it('covers nothing that no change brought', async () => {
    expect((await cover([made('allow', 1)], { commits: [fakeSha('dd'), headSha] })).uncovered).toEqual([fakeSha('dd')]);
  });
});

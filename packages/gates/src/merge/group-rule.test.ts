import { describe, expect, test } from 'vitest';
import { known, unknown } from '../facts/fact.ts';
import type { MergeProofFact, QueueGroupFact } from '../facts/merge-facts.ts';
import { ask, baseSha, fakeSha, headSha, headTree, mergeFactsOf, olderSha, proofFrom, ruleOf, ruleText } from '../testing/index.ts';

const tree = fakeSha('72');
const queueBase = fakeSha('bb');
const groupOf = (proof: Partial<MergeProofFact> = {}, changes: Partial<QueueGroupFact> = {}): QueueGroupFact => ({ ref: 'gh-readonly-queue/main/pr-12', headSha: fakeSha('9f'), treeSha: tree, baseSha: queueBase, proof: proofFrom(headSha, { onto: queueBase, tree: known(tree), ...proof }), ...changes });
const judge = (group: QueueGroupFact | null) => ruleOf(ask(mergeFactsOf({ group })), 'queue-group');

describe('a merge queue’s group', () => {
  test.each<[string, QueueGroupFact | null, string, string]>([
    ['need not be: most pull requests are judged alone', null, 'allow', 'not-applicable'],
    ['that is the head merged onto what is before it is enough', groupOf(), 'allow', 'ok'],
    ['that holds another tree is refused (T18)', groupOf({ tree: known(headTree) }), 'deny', 'group-differs'],
    ['that conflicts is refused (T18)', groupOf({ tree: known(null) }), 'deny', 'group-differs'],
    ['made from an older head is refused (T18)', groupOf({ from: olderSha }), 'deny', 'group-differs'],
    ['merged again onto another base is refused (T18)', groupOf({ onto: baseSha }), 'deny', 'group-differs'],
    ['that moved to another base is refused (T18)', groupOf({}, { baseSha }), 'deny', 'group-differs'],
    ['that could not be merged again is unknown (T18)', groupOf({ tree: unknown('git is too old') }), 'unknown', 'fact-missing'],
  ])('%s', (_name, group, outcome, reason) => {
    const rule = judge(group);
    expect(rule).toMatchObject({ outcome, reason });
    expect(ruleText(rule)).toMatchSnapshot();
  });
});

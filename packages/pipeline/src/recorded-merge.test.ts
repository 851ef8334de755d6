import { describe, expect, it } from 'vitest';
import { judgedMerge, judges } from './recorded-merge.ts';

const head = '1'.repeat(40);
const headTree = '2'.repeat(40);
const groupHead = '3'.repeat(40);
const groupTree = '4'.repeat(40);
const pullRequest = { number: 12, base: { ref: 'main' }, head: { sha: head, treeSha: headTree, ref: 'topic' }, title: 'whatever else is recorded' };
const ofHead = { gate: 'merge' as const, facts: { pullRequest, group: null } };
const ofGroup = { gate: 'merge' as const, facts: { pullRequest, group: { ref: 'gh-readonly-queue/main/pr-12-x', headSha: groupHead, treeSha: groupTree } } };

describe('judgedMerge', () => {
  it.each([
    ["the head's tree", ofHead, { number: 12, base: 'main', headSha: head, groupSha: null, tree: headTree }],
    ["the group's tree", ofGroup, { number: 12, base: 'main', headSha: head, groupSha: groupHead, tree: groupTree }],
    ['the tree of an entry from before there were groups', { ...ofHead, facts: { pullRequest } }, { number: 12, base: 'main', headSha: head, groupSha: null, tree: headTree }],
    ['nothing of another gate', { ...ofHead, gate: 'stage' as const }, null],
    ['nothing of facts without a tree', { ...ofHead, facts: { pullRequest: { number: 12, base: { ref: 'main' }, head: { sha: head } } } }, null],
    ['nothing of no facts', { ...ofHead, facts: {} }, null],
  ])('reads %s', (_name, made, judged) => {
    expect(judgedMerge(made)).toEqual(judged);
  });
});

describe('judges', () => {
  it.each([
    ['the same head', ofHead, { number: 12, base: 'main', headSha: head, groupSha: null }, true],
    ['the same group', ofGroup, { number: 12, base: 'main', headSha: head, groupSha: groupHead }, true],
    ['the same head for whatever branch', ofHead, { number: 12, base: null, headSha: head, groupSha: null }, true],
    ['the same head, when it was judged for another branch (A08)', ofHead, { number: 12, base: 'release', headSha: head, groupSha: null }, false],
    ['another pull request', ofHead, { number: 13, base: 'main', headSha: head, groupSha: null }, false],
    ['another head', ofHead, { number: 12, base: 'main', headSha: groupHead, groupSha: null }, false],
    ['the head, when a group was judged', ofGroup, { number: 12, base: 'main', headSha: head, groupSha: null }, false],
    ['a group, when the head was judged', ofHead, { number: 12, base: 'main', headSha: head, groupSha: groupHead }, false],
    ['another group of the same head', ofGroup, { number: 12, base: 'main', headSha: head, groupSha: '5'.repeat(40) }, false],
  ])('knows %s', (_name, made, about, expected) => {
    expect(judges(made, about)).toBe(expected);
  });
});

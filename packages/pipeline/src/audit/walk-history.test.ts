import { describe, expect, it } from 'vitest';
import type { HistoryCommit } from '../ports.ts';
import { walkHistory } from './walk-history.ts';

const commitOf = (sha: string, ...parents: readonly string[]): HistoryCommit => ({ sha, parents, tree: `tree of ${sha}`, author: 'ana', committedAt: 0 });

/** `landing: what it brought`, newest first. */
const walk = (tip: string, commits: readonly HistoryCommit[]): readonly string[] =>
  walkHistory(tip, commits).map(({ commit, brings }) => `${commit.sha}: ${brings.map(({ sha }) => sha).sort().join(' ')}`.trimEnd());

describe('walkHistory', () => {
  it.each<[string, string, readonly HistoryCommit[], readonly string[]]>([
    ['nothing when the branch has not moved', 'old', [], []],
    ['squashes as landings of themselves', 'b', [commitOf('b', 'a'), commitOf('a', 'old')], ['b:', 'a:']],
    ['what a merge brings by its second parent', 'm', [commitOf('m', 'old', 'y'), commitOf('y', 'x'), commitOf('x', 'old')], ['m: x y']],
    ['what two merges bring, each once', 'n', [commitOf('n', 'm', 'z'), commitOf('z', 'y'), commitOf('m', 'old', 'y'), commitOf('y', 'old')], ['n: z', 'm: y']],
    ['the main branch merged back into a topic as brought by nobody', 'n', [commitOf('n', 'm', 'u'), commitOf('u', 't', 'm'), commitOf('t', 'old'), commitOf('m', 'old', 'y'), commitOf('y', 'old')], ['n: t u', 'm: y']],
    ['all parents of an octopus', 'm', [commitOf('m', 'old', 'x', 'y'), commitOf('x', 'old'), commitOf('y', 'old')], ['m: x y']],
    ['the other side when a merge is turned round', 'm', [commitOf('m', 'x', 'a'), commitOf('x', 'old'), commitOf('a', 'old')], ['m: a', 'x:']],
    ['a root that was pushed over', 'r', [commitOf('r')], ['r:']],
  ])('gives %s', (_name, tip, commits, expected) => {
    expect(walk(tip, commits)).toEqual(expected);
    expect(walk(tip, [...commits].reverse())).toEqual(expected);
  });
});

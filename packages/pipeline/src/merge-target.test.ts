import { describe, expect, it } from 'vitest';
import { parseQueueRef } from './merge-target.ts';

const base = 'b'.repeat(40);
const head = 'a'.repeat(40);

describe('parseQueueRef', () => {
  it.each([
    ['a group', `gh-readonly-queue/main/pr-12-${base}`, 'main'],
    ['a full reference', `refs/heads/gh-readonly-queue/main/pr-12-${base}`, 'main'],
    ['a base with slashes', `gh-readonly-queue/release/1.x/pr-12-${base}`, 'release/1.x'],
    ['a base that looks like a group', `gh-readonly-queue/pr-9-${head}/pr-12-${base}`, `pr-9-${head}`],
  ])('reads %s', (_name, ref, branch) => {
    expect(parseQueueRef(ref, head)).toEqual({ pullRequest: 12, base: branch, group: { ref: ref.replace('refs/heads/', ''), headSha: head, baseSha: base } });
  });

  it.each([
    ['a branch of a person', `topic/pr-12-${base}`],
    ['a branch that only ends like one', `x/gh-readonly-queue/main/pr-12-${base}`],
    ['a group without a base commit', 'gh-readonly-queue/main/pr-12'],
    ['a short base commit', 'gh-readonly-queue/main/pr-12-abc1234'],
    ['number 0', `gh-readonly-queue/main/pr-0-${base}`],
    ['no base branch', `gh-readonly-queue/pr-12-${base}`],
    ['a tag', `refs/tags/gh-readonly-queue/main/pr-12-${base}`],
  ])('takes %s for none', (_name, ref) => {
    expect(parseQueueRef(ref, head)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { matchesRef } from './match-ref.ts';

describe('a ruleset pattern', () => {
  it.each<[string, string, boolean]>([
    ['refs/tags/promote/**', 'refs/tags/promote/production/9', true],
    ['refs/tags/promote/**', 'refs/tags/promote/production', true],
    ['refs/tags/promote/*', 'refs/tags/promote/production/9', false],
    ['refs/tags/promote/**', 'refs/tags/promotes/production/9', false],
    ['refs/heads/release-*', 'refs/heads/release-1', true],
    ['refs/heads/release-*', 'refs/heads/release-1/fix', false],
    ['refs/heads/main', 'refs/heads/maintenance', false],
    ['~DEFAULT_BRANCH', 'refs/heads/main', true],
    ['~DEFAULT_BRANCH', 'refs/tags/main', false],
    ['~ALL', 'refs/heads/anything', true],
    ['!refs/heads/main', 'refs/heads/other', false],
    ['refs/heads/{main,other}', 'refs/heads/main', false],
    ['refs/heads/*', 'refs/heads/.hidden', true],
  ])('%s on %s: %s', (pattern, ref, expected) => {
    expect(matchesRef(pattern, ref, 'main')).toBe(expected);
  });
});

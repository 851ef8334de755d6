import { describe, expect, it } from 'vitest';
import { parseSince } from './parse-since.ts';

describe('parseSince', () => {
  it.each([
    ['a date, from its first moment in UTC', '2026-11-01', { at: Date.parse('2026-11-01T00:00:00Z') }],
    ['an instant', '2026-11-01T06:00:00-08:00', { at: Date.parse('2026-11-01T14:00:00Z') }],
    ['a tag', 'v1.7.0', { ref: 'v1.7.0' }],
    ['a branch with a slash', 'release/1.x', { ref: 'release/1.x' }],
    ['a commit', 'c'.repeat(40), { ref: 'c'.repeat(40) }],
  ])('takes %s', (_name, text, since) => {
    expect(parseSince(text)).toEqual(since);
  });

  it.each(['', '2026-02-30', '2026-11-01T06:00', 'a..b', 'a...b', '-x', 'v1 v2', 'main~3', 'main^', 'main@{1}', 'a\nb', 'heads//main'])('refuses %j', (text) => {
    expect(() => parseSince(text)).toThrow('--since');
  });
});

import { describe, expect, test } from 'vitest';
import { reasonCodes } from './reason-codes.ts';
import { reasons } from './reasons.ts';

describe('the reasons', () => {
  test('are those of the closed list, each once', () => {
    expect(Object.keys(reasons).sort()).toEqual([...reasonCodes].sort());
  });

  test.each(Object.entries(reasons))('%s is said in whole sentences, calmly', (_code, { meaning, remedy, needs }) => {
    for (const sentence of [meaning, ...(remedy === null ? [] : [remedy])]) {
      expect(sentence).toMatch(/^[A-Z].*\.$/s);
      expect(sentence).not.toMatch(/!|\n/);
    }
    if (needs !== undefined) expect(needs).toMatch(/^[a-z].*[^.]$/);
  });
});

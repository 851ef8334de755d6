import { describe, expect, it } from 'vitest';
import { quote } from './feed-problem.ts';

describe('a piece of a file in a message', () => {
  it('stands in quotes, whole up to sixty letters and cut after them', () => {
    expect(quote('FREQ=DAILY')).toBe('“FREQ=DAILY”');
    expect(quote('x'.repeat(60))).toBe(`“${'x'.repeat(60)}”`);
    expect(quote('x'.repeat(61))).toMatch(/^“x{59,60}…”$/);
  });

  it('shows nothing that would not be seen', () => {
    expect(quote('a\u0007b\u202Ec\td')).toBe('“abc d”');
  });
});

import { describe, expect, it } from 'vitest';
import { forWebhooks } from './for-webhooks.ts';

describe('text for a webhook', () => {
  it.each([
    ['as long as it may be', 'abcd', 4, 'abcd'],
    ['one longer', 'abcde', 4, 'abc…'],
    ['cut within a character', 'ab\u{1f512}cd', 4, 'ab…'],
    ['on two lines', 'a\nb', 4, 'a b'],
  ])('is whole or marked as cut, on one line: %s', (_name, text, most, expected) => {
    expect(forWebhooks(text, most)).toBe(expected);
  });

  it('loses a secret before it is cut, so that no half of one is left', () => {
    const token = `ghp_${'a'.repeat(36)}`;
    expect(forWebhooks(`key ${token}`, 20)).toBe('key [secret left ou…');
    expect(forWebhooks('ask mia@example.org', 30)).toBe('ask [address left out]');
  });
});

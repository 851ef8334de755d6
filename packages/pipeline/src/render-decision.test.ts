import { describe, expect, it } from 'vitest';
import { code, escapeMarkdown } from './render-decision.ts';

describe('escapeMarkdown', () => {
  it.each([
    ['a link', '[click](http://evil.example)', String.raw`\[click\]\(http` + '\u2060' + String.raw`://evil.example\)`],
    ['HTML', '<img src=x>', String.raw`\<img src=x\>`],
    ['a mention', '@everyone', '@\u2060everyone'],
    ['a table cell and a new line', 'a|b\n# c', String.raw`a\|b \# c`],
    ['a code span', '`rm`', '\\`rm\\`'],
  ])('takes the meaning out of %s', (_name, text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });
});

describe('code', () => {
  it.each([
    ['plain text', '/approve production', '`/approve production`'],
    ['text with a backtick', 'a`b', '`` a`b ``'],
    ['a table cell and a new line', 'a|b\nc', '`a b c`'],
  ])('fences %s', (_name, text, fenced) => {
    expect(code(text)).toBe(fenced);
  });
});

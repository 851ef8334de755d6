import { describe, expect, it } from 'vitest';
import { code, escapeMarkdown, oneLine } from './render-decision.ts';

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

describe('oneLine', () => {
  it.each([
    ['a line end before a workflow command', '.github/x\n::stop-commands::t', '.github/x ::stop-commands::t'],
    ['a carriage return', 'a\rb', 'a b'],
    ['a Unicode line separator', 'a\u2028b', 'a b'],
    ['a text direction override', 'a\u202Eb', 'a b'],
  ])('keeps %s from starting a line of its own', (_name, text, expected) => {
    expect(oneLine(text)).toBe(expected);
  });
});

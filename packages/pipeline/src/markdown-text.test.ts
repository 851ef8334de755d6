import { describe, expect, it } from 'vitest';
import { code, cut, escapeMarkdown, linkTo, oneLine } from './markdown-text.ts';

describe('escapeMarkdown', () => {
  it.each([
    ['a link', '[click](http://evil.example)', String.raw`\[click\]\(http` + '\u2060' + String.raw`://evil.example\)`],
    ['HTML', '<img src=x>', String.raw`\<img src=x\>`],
    ['a mention', '@everyone', '@\u2060everyone'],
    ['a table cell and a new line', 'a|b\n# c', String.raw`a\|b \# c`],
    ['a code span', '`rm`', '\\`rm\\`'],
    ['a mention written as an entity', '&commat;everyone', '&amp;commat;everyone'],
    ['a formula', '$\\color{red}x$', String.raw`&\#36;`.replace('\\', '') + String.raw`\\color\{red\}x` + '&#36;'],
    ['a change of direction', 'a\u202Eb', 'a b'],
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

describe('linkTo', () => {
  it.each([
    ['a web address', 'https://github.com/acme/shop/pull/42#review-1', '[a\\|b](https://github.com/acme/shop/pull/42#review-1)'],
    ['an address that would end the link or the cell', 'https://x.example/a)|[b](javascript:1)', '[a\\|b](https://x.example/a%29%7c%5bb%5d%28javascript:1%29)'],
    ['a script', 'javascript:alert(1)', 'a\\|b'],
    ['an address with a password', 'https://github.com:x@evil.example/', 'a\\|b'],
    ['no address', 'see below', 'a\\|b'],
    ['nothing', undefined, 'a\\|b'],
  ])('takes %s', (_name, url, expected) => {
    expect(linkTo(url, 'a|b')).toBe(expected);
  });
});

describe('cut', () => {
  it('cuts no character in two', () => {
    expect(cut('ab🎉', 4)).toBe('ab🎉');
    expect(cut('ab🎉c', 4)).toBe('ab…');
  });
});

import { describe, expect, it } from 'vitest';
import { parseApproval, parseOverrideBlock, reviewMark } from './override-text.ts';

const build = `sha256:${'b'.repeat(64)}`;
const block = (...lines: readonly string[]): string => ['```sallyport-override', ...lines, '```'].join('\n');
const fields = [`build: ${build}`, 'environment: production', 'reason: names leak', 'advisory: GHSA-9f4x-2v7m-5c3p'];
const whole = { build, environment: 'production', reason: 'names leak', advisory: 'GHSA-9f4x-2v7m-5c3p' };

describe('a request that is read', () => {
  it.each([
    ['with all four keys', block(...fields), whole],
    ['with text around it', `Please.\n\n${block(...fields)}\n\nThanks.`, whole],
    ['with Windows line breaks', block(...fields).replaceAll('\n', '\r\n'), whole],
    ['without an advisory', block(...fields.slice(0, 3)), { ...whole, advisory: null }],
    ['with a colon in the reason', block(...fields.slice(0, 2), 'reason: store: names leak'), { ...whole, reason: 'store: names leak', advisory: null }],
    ['with quotes inside a quoted reason', block(...fields.slice(0, 2), `reason: ${JSON.stringify('the "name" field \\ leaks')}`), { ...whole, reason: 'the "name" field \\ leaks', advisory: null }],
    ['with single quotes', block(...fields.slice(0, 2), "reason: 'it''s out'"), { ...whole, reason: "it's out", advisory: null }],
  ])('%s', (_name, body, expected) => {
    expect(parseOverrideBlock(body)).toEqual(expected);
  });
});

describe('a request that is not guessed at', () => {
  it.each([
    ['no block', fields.join('\n'), 'no block'],
    ['two blocks', `${block(...fields)}\n${block(...fields)}`, 'more than one'],
    ['a block that does not end', block(...fields).slice(0, -3), 'no block'],
    ['a quoted block', block(...fields).replaceAll(/^/gm, '> '), 'no block'],
    ['a key twice', block(...fields, 'environment: staging'), 'environment is given twice'],
    ['a key that nobody knows', block(...fields, 'waive: everything'), 'waive'],
    ['a line without a key', block(...fields, 'and more'), 'and more'],
    ['no build', block(...fields.slice(1)), 'build is not'],
    ['a short digest', block('build: sha256:bbbb', ...fields.slice(1)), 'build is not'],
    ['an environment with a space', block(fields[0] ?? '', 'environment: production eu', 'reason: x'), 'environment is not'],
    ['a reason with a line break inside quotes', block(...fields.slice(0, 2), `reason: ${JSON.stringify('a\nenvironment: staging')}`), 'reason is not a single line'],
    ['a double quote that does not close', block(...fields.slice(0, 2), 'reason: "out'), 'reason is not quoted'],
  ])('%s', (_name, body, problem) => {
    expect(parseOverrideBlock(body)).toContain(problem);
  });
});

const command = `/approve production sha256:${'b'.repeat(12)}`;
const approval = { environment: 'production', digestPrefix: `sha256:${'b'.repeat(12)}` };

describe('a comment that approves', () => {
  it.each([
    ['the command alone', command],
    ['the command and a remark on the next line', `${command}\nI looked at the diff.`],
    ['the command with a Windows line break', `${command}\r\nfine`],
  ])('%s', (_name, body) => {
    expect(parseApproval(body)).toEqual(approval);
  });
});

describe('a comment that does not approve', () => {
  it.each([
    ['the command on the second line', `Do not write\n${command}`],
    ['the command quoted', `> ${command}`],
    ['the command in a sentence', `please ${command}`],
    ['a leading space', ` ${command}`],
    ['an empty first line', `\n${command}`],
    ['more on the same line', `${command} when the tests are green`],
    ['another command with the same beginning', command.replace('/approve', '/approved')],
    ['two spaces', command.replace('production ', 'production  ')],
    ['eleven digits', command.slice(0, -1)],
    ['sixty-five digits', `/approve production sha256:${'b'.repeat(65)}`],
    ['no environment', `/approve sha256:${'b'.repeat(12)}`],
    ['a letter that is no digit', `${command.slice(0, -1)}g`],
    ['nothing', ''],
  ])('%s', (_name, body) => {
    expect(parseApproval(body)).toBeNull();
  });
});

it('marks a review by its override', () => {
  expect(reviewMark('41')).toBe('<!-- sallyport-review:41 -->');
});

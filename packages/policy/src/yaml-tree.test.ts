import { describe, expect, it } from 'vitest';
import { threeLinePolicyText } from './example-policy.fixture.ts';
import { parsePolicy } from './parse-policy.ts';
import { readYaml, valueOf } from './yaml-tree.ts';

describe('readYaml', () => {
  it.each([
    ['an unquoted date as text', 'a: 2026-12-26', '2026-12-26'],
    ['an unquoted minute as text', 'a: 2026-12-29T06:00', '2026-12-29T06:00'],
    ['an unquoted time as text', 'a: 06:00', '06:00'],
    ['yes and no as text', 'a: yes', 'yes'],
    ['a quoted number as text', 'a: "1"', '1'],
    ['a number as a number', 'a: 12', 12],
    ['true as true', 'a: true', true],
    ['nothing as null', 'a:', null],
    ['a merge key as any other field', '<<: { a: 1 }', undefined],
  ])('reads %s', (_name, text, expected) => {
    const read = readYaml(text);
    const value = read.ok ? (valueOf(read.root) as Readonly<Record<string, unknown>>) : {};
    expect(read.ok).toBe(true);
    expect(value['a']).toBe(expected);
  });
});

describe('a text that is no policy', () => {
  it.each([
    ['an empty file', '', '1:1 empty'],
    ['only a comment', '# nothing yet\n', '1:1 empty'],
    ['only a document start', '---\n', '1:1 empty'],
    ['no YAML', 'merge: [\n', '2:1 syntax'],
    ['a tab as indentation', 'merge:\n\ttests: []\n', '2:1 syntax'],
    ['the line after CRLF line ends', 'version: 1\r\nmerge:\r\n\ttests: []\r\n', '3:1 syntax'],
    ['a NUL', 'version: 1\n\0', '2:1 syntax'],
    ['one megabyte of nesting', '['.repeat(1_000_000), '1:1 too-large'],
    ['a quarter megabyte of nesting', '['.repeat(260_000), '1:32 too-deep'],
    ['nested block lists', '- '.repeat(100_000), '1:65 too-deep'],
    ['a list at the top', '- version: 1\n', '1:1 wrong-type'],
    ['a text at the top', 'hello\n', '1:1 wrong-type'],
    ['two documents', `${threeLinePolicyText}---\nversion: 1\n`, '5:1 several-documents'],
    ['a directive', `%YAML 1.1\n---\n${threeLinePolicyText}`, '1:1 directive'],
    ['a tag', 'version: !!int 1\n', '1:10 tag'],
    ['a field twice', 'version: 1\nversion: 1\n', '2:1 repeated-field'],
    ['a key that reaches into the prototype', '__proto__: { ok: true }\n', '1:1 bad-key'],
    ['a list as a key', '? [a]\n: 1\n', '1:3 bad-key'],
    ['a number as a key', '1: 1\n', '1:1 bad-key'],
  ])('%s is refused at its place', (_name, text, expected) => {
    const result = parsePolicy(text);
    expect(result.ok).toBe(false);
    expect(result.problems.map(({ line, column, code }) => `${line}:${column} ${code}`)).toEqual([expected]);
  });

  it('is refused quickly when aliases would expand to billions', () => {
    const layers = Array.from({ length: 30 }, (_, layer) => `l${layer + 1}: &l${layer + 1} [*l${layer}, *l${layer}, *l${layer}]`);
    const result = parsePolicy(`l0: &l0 [x]\n${layers.join('\n')}\n`);
    expect(result.ok).toBe(false);
    expect(new Set(result.problems.map(({ code }) => code))).toEqual(new Set(['anchor', 'alias']));
  });

  it('is named by the file it came from', () => {
    expect(parsePolicy('', { file: 'policies/shop.yml' }).problems[0]?.message).toMatch(/^policies\/shop\.yml: The policy is empty/);
  });
});

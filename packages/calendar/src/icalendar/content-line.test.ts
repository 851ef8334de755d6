import { describe, expect, it } from 'vitest';
import { parameter, parseContentLine } from './content-line.ts';

function parse(text: string) {
  const problems: string[] = [];
  const line = parseContentLine({ line: 3, text }, (code, at) => problems.push(`${at} ${code}`));
  return { line, problems };
}

describe('a content line', () => {
  it.each<[string, string, string, Readonly<Record<string, readonly string[]>>, string]>([
    ['a name and a value', 'summary:one:two', 'SUMMARY', {}, 'one:two'],
    ['a value of nothing', 'SUMMARY:', 'SUMMARY', {}, ''],
    ['a parameter, its name in any case', 'DTSTART;tzid=Europe/Berlin:x', 'DTSTART', { TZID: ['Europe/Berlin'] }, 'x'],
    ['several parameters', 'A;B=1;C-D=2:x', 'A', { B: ['1'], 'C-D': ['2'] }, 'x'],
    ['several values of one', 'A;B=1,2:x', 'A', { B: ['1', '2'] }, 'x'],
    ['the same parameter twice', 'A;B=1;b=2:x', 'A', { B: ['1', '2'] }, 'x'],
    ['a quoted value with what would end it', 'A;B="1;2:3,4":x', 'A', { B: ['1;2:3,4'] }, 'x'],
    ['quoted and plain values', 'A;B="1",2,"":x', 'A', { B: ['1', '2', ''] }, 'x'],
    ['a value of nothing of a parameter', 'A;B=:x', 'A', { B: [''] }, 'x'],
  ])('may have %s', (_name, text, name, parameters, value) => {
    const { line, problems } = parse(text);
    expect(problems).toEqual([]);
    expect([line?.line, line?.name, Object.fromEntries(line?.parameters ?? []), line?.value]).toEqual([3, name, parameters, value]);
  });

  it.each([
    ['nothing', ''],
    ['no name', ':x'],
    ['no name, but a parameter', ';B=1:x'],
    ['no value', 'SUMMARY'],
    ['a parameter without a name', 'A;=1:x'],
    ['a parameter without a value', 'A;B:x'],
    ['a parameter with something else for the equals sign', 'A;B1+2:x'],
    ['a quote that is not closed', 'A;B="1:x'],
    ['something after a quote', 'A;B="1"2:x'],
    ['a quote within a value', 'A;B=1"2":x'],
    ['a space in its name', 'SUM MARY:x'],
  ])('is refused with %s', (_name, text) => {
    expect(parse(text)).toEqual({ line: null, problems: ['3 content-line'] });
  });

  it('gives a parameter only where it has one value', () => {
    const { line } = parse('A;B=1;C=1,2:x');
    if (line === null) throw new Error('the line was not read');
    expect([parameter(line, 'B'), parameter(line, 'C'), parameter(line, 'D')]).toEqual(['1', null, null]);
  });
});

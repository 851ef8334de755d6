import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv, safeCell, writeCsv } from './csv-text.ts';
import { parseOutages } from './parse-outages.ts';

const cellsOf = (text: string) => {
  const read = readCsv(text);
  return read.ok ? read.rows.map(({ cells }) => cells) : read;
};

describe('CSV', () => {
  it('reads back what it wrote, whatever is in the cells', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\r', '\n', '=', ' ', 'é', '\t') });
    fc.assert(fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 }), (rows) => void expect(cellsOf(writeCsv(rows))).toEqual(rows)));
  });

  it('never begins a cell with what a spreadsheet calculates', () => {
    fc.assert(fc.property(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', '＠', 'a'), fc.string(), (first, rest) => void expect(safeCell(first + rest)).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/)));
    expect(safeCell("=HYPERLINK(\"https://evil.example\")")).toBe("'=HYPERLINK(\"https://evil.example\")");
  });

  it.each([['a "quote" inside', 'a"b,c\n'], ['a cell that is never closed', '"a,b\n'], ['text after a closed cell', '"a"b,c\n'], ['half a line end', 'a\rb\n']])('refuses %s', (_name, text) => {
    expect(readCsv(text)).toMatchObject({ ok: false, line: 1 });
  });
});

describe('parseOutages', () => {
  const header = 'from,to,kind,reason\n';
  it('reads outages, reasons with commas and line ends among them', () => {
    expect(parseOutages(`${header}2026-12-05T06:00:00-08:00,2026-12-05T14:40:00Z,planned,"upgrade, twice\nover"\r\n`)).toEqual({ ok: true, outages: [{ from: Date.parse('2026-12-05T14:00:00Z'), to: Date.parse('2026-12-05T14:40:00Z'), kind: 'planned', reason: 'upgrade, twice\nover' }] });
    expect(parseOutages(header)).toEqual({ ok: true, outages: [] });
  });

  it.each([
    ['another header', 'start,end,kind,reason\n', 1, 'the first line must be'],
    ['nothing', '', 1, 'the first line must be'],
    ['an instant without offset', `${header}2026-12-05T06:00:00,2026-12-05T06:40:00Z,planned,x\n`, 2, 'from is no instant'],
    ['an end before the beginning', `${header}2026-12-05T06:00:00Z,2026-12-05T06:00:00Z,planned,x\n`, 2, 'not later'],
    ['another kind', `${header}2026-12-05T06:00:00Z,2026-12-05T06:01:00Z,Planned,x\n`, 2, 'neither planned nor unplanned'],
    ['no reason', `${header}2026-12-05T06:00:00Z,2026-12-05T06:01:00Z,planned, \n`, 2, 'reason is empty'],
    ['a cell too many', `${header}\n2026-12-05T06:00:00Z,2026-12-05T06:01:00Z,planned,x,y\n`, 3, '5 cells'],
    ['an empty line', `${header}\n`, 2, '1 cells'],
    ['an open quote on the third line', `${header}2026-12-05T06:00:00Z,2026-12-05T06:01:00Z,planned,x\n"a\n`, 3, 'not closed'],
  ])('refuses %s, with its line', (_name, text, line, problem) => {
    expect(parseOutages(text)).toMatchObject({ ok: false, problems: expect.arrayContaining([{ line, problem: expect.stringContaining(problem) as string }].map((one) => expect.objectContaining(one) as unknown)) as unknown });
  });

  it('reports every problem at once', () => {
    const read = parseOutages(`${header}x,y,z,\n1,2,3,4\n`);
    expect(read.ok ? [] : read.problems.map(({ line }) => line)).toEqual([2, 2, 2, 2, 3, 3, 3]);
  });
});

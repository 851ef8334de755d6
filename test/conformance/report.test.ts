import { describe, expect, it } from 'vitest';
import { renderReport } from './render-report.ts';
import { reportOf } from './report.ts';
import type { ThreatRow } from './scenario.ts';

const result = (id: string, misses: readonly string[] = []) => ({ id, row: id.split('.')[0] ?? id, name: 'It happens.', outcome: 'wait', misses });
const reportFor = (rows: readonly ThreatRow[], onFacts: readonly ReturnType<typeof result>[], onGitHub: readonly ReturnType<typeof result>[] | null = null, onParts: readonly ReturnType<typeof result>[] | null = onGitHub) =>
  reportOf({ rows, scenarios: [], folder: '' }, { onFacts, onParts, onGitHub }, { root: import.meta.dirname, milliseconds: 0 });

describe('the report', () => {
  it.each<[string, ThreatRow, ReturnType<typeof reportFor>['rows'][number]['misses']]>([
    ['a row without a scenario', { id: 'M02', attack: 'x' }, ['M02 has no scenario']],
    ['a page that is not there', { id: 'M01', attack: 'x', reported: { what: 'y', page: 'none.md', says: 'z' } }, ['M01 none.md does not say what no gate can see']],
    ['a page that says nothing of it', { id: 'M01', attack: 'x', reported: { what: 'y', page: 'ids.json', says: 'never said' } }, ['M01 ids.json does not say what no gate can see']],
  ])('counts %s as a miss', (_name, row, misses) => {
    const report = reportFor([row], [result('M01.1')]);
    expect(report.rows.map((one) => one.misses)).toEqual([misses]);
    expect(report.counts.misses).toBe(1);
  });

  it('does not miss on documents alone what no document shows, but does in a whole run', () => {
    const row = { id: 'T19', attack: 'x', noDocument: true };
    expect(reportFor([row], []).counts.misses).toBe(0);
    expect(reportFor([row], [], []).counts.misses).toBe(1);
    expect(reportFor([row], [], [], [result('T19.1')]).counts).toMatchObject({ onParts: 1, misses: 0 });
  });

  it('names each miss, and the row that has it', () => {
    const text = renderReport(reportFor([{ id: 'M01', attack: 'x' }], [result('M01.1', ['expected wait, got allow'])]), { colour: false });
    expect(text).toMatch(/^M01 .*MISS$/m);
    expect(text).toContain('  M01.1 It happens. expected wait, got allow');
  });

  it('is coloured for terminals only', () => {
    expect(renderReport(reportFor([], []), { colour: true })).toContain('\u001b[');
    expect(renderReport(reportFor([], []), { colour: false })).not.toContain('\u001b[');
  });
});

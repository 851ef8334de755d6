import { describe, expect, it } from 'vitest';
import { day } from '../day-number.ts';
import { findZoneChanges } from '../zone-changes.ts';
import { offsetReader } from '../zone-offset.ts';
import { parseComponents } from './component-tree.ts';
import { readFileZone } from './file-zone.ts';
import { renderZone } from './render-zone.ts';
import { stepBudget } from './step-budget.ts';

const [from, to] = [Date.parse('2003-01-01T00:00Z'), Date.parse('2030-01-01T00:00Z')];

/** The instants around each change of the clock, and one of each month, at which the written zone is another time than the database's. */
function differing(zone: string): readonly string[] {
  const problems: string[] = [];
  const lines = renderZone(zone, from, to).map((text, index) => ({ line: index + 1, text }));
  const [component] = parseComponents(lines, 3, (_code, _line, message) => problems.push(message));
  const written = component === undefined ? null : readFileZone(component, { from, to }, stepBudget(1_000_000), (_code, _line, message) => problems.push(message));
  if (written === null) return [...problems, `${zone} was not written`];
  const offsetAt = offsetReader(zone);
  const around = findZoneChanges(offsetAt, from, to).starts.slice(1).flatMap((at) => [at - 1000, at]);
  const months = Array.from({ length: Math.floor((to - from) / (30 * day)) }, (_, index) => from + index * 30 * day);
  return [...around, ...months].filter((at) => written(at) !== offsetAt(at)).map((at) => `${zone} ${new Date(at).toISOString()}`);
}

describe('renderZone', () => {
  it('writes every zone of the database so that it is read as it was for 27 years', () => {
    expect(Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/') && !zone.startsWith('Etc/')).flatMap(differing)).toEqual([]);
  }, 120_000);
});

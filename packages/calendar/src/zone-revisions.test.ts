import { describe, expect, it } from 'vitest';
import { zoneRevisions } from './generated/zone-revisions.ts';
import { zoneRevisionsWithin } from './zone-revisions.ts';

const at = (text: string): number => Date.parse(`${text}T00:00Z`);
const versionsOf = (zone: string, from = '2022-01-01', to = '2037-01-01') => zoneRevisionsWithin(zone, at(from), at(to)).map(({ version }) => version);

describe('releases that changed a clock', () => {
  it.each([
    ['America/Asuncion, which stays at -03', 'America/Asuncion', ['2025a']],
    ['Asia/Almaty, which went to +05', 'Asia/Almaty', ['2024a']],
    ['America/Mexico_City, which gave up summer time', 'America/Mexico_City', ['2022f']],
    ['a zone under its old name', 'Mexico/General', ['2022f']],
    ['America/Los_Angeles, which nobody touched', 'America/Los_Angeles', []],
    ['Europe/Berlin', 'Europe/Berlin', []],
    ['UTC', 'UTC', []],
    ['a name of every object', 'constructor', []],
  ])('%s', (_name, zone, expected) => expect(versionsOf(zone)).toEqual(expected));

  it('is only one that differs in the span', () => {
    expect(zoneRevisionsWithin('America/Asuncion', 0, at('2030-01-01'))).toEqual([{ version: '2025a', from: Date.parse('2025-03-23T03:00:00Z'), to: Date.parse('2036-10-05T04:00:00Z') }]);
    const [differs, ends] = [Date.parse('2025-03-23T03:00:00Z'), Date.parse('2036-10-05T04:00:00Z')];
    const found = [[0, differs], [0, differs + 1], [ends - 1, ends + 1], [ends, ends + 1]].map(([from = 0, to = 0]) => zoneRevisionsWithin('America/Asuncion', from, to).length);
    expect(found).toEqual([0, 1, 1, 0]);
    expect(versionsOf('Asia/Beirut', '2023-04-21', '2030-01-01')).toEqual([]);
  });

  it('are in order, and each begins to differ before it ends', () => {
    const versions = zoneRevisions.map(([version]) => version);
    expect(versions).toEqual([...versions].sort());
    for (const [version, zones] of zoneRevisions) {
      for (const [from, to] of Object.values(zones)) expect([version, Date.parse(from) >= at(`${version.slice(0, 4)}-01-01`), Date.parse(from) < (to === null ? Infinity : Date.parse(to))]).toEqual([version, true, true]);
    }
  });
});

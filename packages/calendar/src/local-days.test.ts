import { describe, expect, it } from 'vitest';
import { localWeeks } from './local-days.ts';

const hour = 3_600_000;
const hours = (zone: string, at: string, count = 1) => localWeeks(zone, Date.parse(at), count).flat().map(({ date, from, to }) => [date, (to - from) / hour] as const);

describe('weeks of a zone', () => {
  it('begin on the Monday before, by the zone’s own date', () => {
    const [week] = localWeeks('America/Los_Angeles', Date.parse('2026-11-30T07:59:59Z'), 1);
    expect([week?.[0]?.date, week?.[0]?.weekday, week?.[6]?.date, week?.[6]?.weekday]).toEqual(['2026-11-23', 'monday', '2026-11-29', 'sunday']);
    expect(localWeeks('America/Los_Angeles', Date.parse('2026-11-30T08:00:00Z'), 1)[0]?.[0]?.date).toBe('2026-11-30');
  });

  it('have days of 23 and 25 hours where the clock moves', () => {
    expect(hours('America/Los_Angeles', '2026-03-04T12:00:00Z').at(-1)).toEqual(['2026-03-08', 23]);
    expect(hours('America/Los_Angeles', '2026-10-28T12:00:00Z').at(-1)).toEqual(['2026-11-01', 25]);
    expect(hours('Australia/Lord_Howe', '2026-10-01T12:00:00Z').at(-1)).toEqual(['2026-10-04', 23.5]);
  });

  it('lack a date that the zone skipped, and follow each other without a gap', () => {
    const week = localWeeks('Pacific/Apia', Date.parse('2011-12-28T12:00:00Z'), 2).flat();
    expect(week.map(({ date }) => date)).not.toContain('2011-12-30');
    expect(week).toHaveLength(13);
    for (const [index, { from }] of week.entries()) if (index > 0) expect(from).toBe(week[index - 1]?.to);
  });
});

import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { holidayData, holidayPlaceComplaint, listHolidays } from './list-holidays.ts';
import type { HolidayQuestion } from './list-holidays.ts';

const at = (text: string): number => Date.parse(text);
const year = (number: number) => ({ from: at(`${number}-01-01T12:00Z`), to: at(`${number}-12-31T12:00Z`) });

async function holidaysOf(question: Partial<HolidayQuestion> & { readonly place: string }) {
  const result = await listHolidays({ kinds: ['public'], zone: 'America/Los_Angeles', ...year(2026), ...question });
  if (!result.ok) throw new Error(result.message);
  return result.holidays;
}
const datesOf = async (question: Parameters<typeof holidaysOf>[0]): Promise<readonly string[]> => (await holidaysOf(question)).map(({ date }) => date);

describe('holidays of a place', () => {
  it('are those of the United States, with the day on which one is observed', async () => {
    // US Office of Personnel Management, federal holidays of 2026.
    const federal = ['2026-01-01', '2026-01-19', '2026-02-16', '2026-05-25', '2026-06-19', '2026-07-03', '2026-09-07', '2026-10-12', '2026-11-11', '2026-11-26', '2026-12-25'];
    expect(await datesOf({ place: 'US' })).toEqual(expect.arrayContaining(federal));
  });

  it('differ within a country', async () => {
    const of = async (place: string) => new Set(await datesOf({ place, zone: 'Europe/Berlin' }));
    const [bavaria, berlin] = [await of('DE-BY'), await of('DE-BE')];
    expect([bavaria.has('2026-01-06'), berlin.has('2026-01-06'), bavaria.has('2026-04-03'), berlin.has('2026-04-03')]).toEqual([true, false, true, true]);
  });

  it('differ within a part of a country, and have English names', async () => {
    const [augsburg, bavaria] = [await holidaysOf({ place: 'DE-BY-A' }), await holidaysOf({ place: 'DE-BY' })];
    const peace = ({ date, name }: { readonly date: string; readonly name: string }): boolean => date === '2026-08-08' && name === 'Augsburg Peace Festival';
    expect([augsburg.some(peace), bavaria.some(peace)]).toEqual([true, false]);
  });

  it('are none on a date that the zone skipped', async () => {
    const august = { from: at('1993-08-10T00:00Z'), to: at('1993-08-30T00:00Z') };
    const youthDay = async (zone: string) => (await datesOf({ place: 'MA', zone, ...august })).includes('1993-08-21');
    expect([await youthDay('Africa/Casablanca'), await youthDay('Pacific/Kwajalein')]).toEqual([true, false]);
  });

  it('last from midnight to midnight by the clock of the zone, whatever the place is', async () => {
    const christmas = async (zone: string) => (await holidaysOf({ place: 'US', zone })).find(({ date }) => date === '2026-12-25');
    expect(await christmas('America/Los_Angeles')).toMatchObject({ from: at('2026-12-25T08:00Z'), to: at('2026-12-26T08:00Z') });
    expect(await christmas('Asia/Kathmandu')).toMatchObject({ from: at('2026-12-24T18:15Z'), to: at('2026-12-25T18:15Z') });
  });

  it('may begin on the evening before, or last only for a part of the day', async () => {
    const kippur = (await holidaysOf({ place: 'IL', zone: 'Asia/Jerusalem' })).find(({ date }) => date === '2026-09-21');
    expect(kippur).toMatchObject({ from: at('2026-09-20T18:00+03:00'), to: at('2026-09-21T18:00+03:00') });
    const eve = (await holidaysOf({ place: 'DE', kinds: ['bank'], zone: 'Europe/Berlin' })).find(({ date }) => date === '2026-12-24');
    expect(eve).toMatchObject({ from: at('2026-12-24T14:00+01:00'), to: at('2026-12-25T00:00+01:00') });
  });

  it('are those that touch the range, in order, over the turn of the year', async () => {
    const found = await holidaysOf({ place: 'US', from: at('2026-12-25T20:00Z'), to: at('2027-01-01T09:00Z') });
    expect(found.map(({ date }) => date)).toEqual(['2026-12-25', '2027-01-01']);
    expect(await datesOf({ place: 'US', from: at('2026-12-26T08:00Z'), to: at('2027-01-01T08:00Z') })).toEqual([]);
  });

  it.each([
    ['XX', 'No country XX is known.'],
    ['us', 'No country us is known.'],
    ['', 'No country  is known.'],
    ['__proto__', 'No country __proto__ is known.'],
    ['US-ZZ', 'US has no part ZZ. Write US alone, or one of US-AL (Alabama)'],
    ['US-CA-ZZ', 'US-CA has no part ZZ.'],
    ['IS-1', 'IS has no part 1. Write IS alone.'],
  ])('of %j are not known, which is no free day', async (place, message) => {
    expect(await holidayPlaceComplaint(place)).toContain(message);
    expect(await listHolidays({ place, kinds: ['public'], zone: 'UTC', ...year(2026) })).toEqual({ ok: false, message: await holidayPlaceComplaint(place) });
  });

  it('of a type that a place does not have are not known either', async () => {
    expect(await listHolidays({ place: 'IS', kinds: ['school'], zone: 'UTC', ...year(2026) })).toEqual({ ok: false, message: 'No school holiday of IS is known, so nothing would be closed. Name another place or other types.' });
  });

  it('name the version of what they come from', () => {
    const { name, version } = createRequire(import.meta.url)('date-holidays/package.json') as { readonly name: string; readonly version: string };
    expect(holidayData).toBe(`${name} ${version}`);
  });
});

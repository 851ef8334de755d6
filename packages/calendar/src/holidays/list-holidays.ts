import type Holidays from 'date-holidays';
import type { HolidaysTypes } from 'date-holidays';
import type { Instant, Interval } from '../calendar.ts';
import { zoneClock } from '../zone-clock.ts';
import { holidayPlace } from './holiday-place.ts';

/** What the dates come from, for the record: a later version may know better. */
export const holidayData = 'date-holidays 3.37.0';

export type HolidayKind = HolidaysTypes.HolidayType;

export type HolidayQuestion = {
  /** `COUNTRY[-STATE[-REGION]]`. */
  readonly place: string;
  readonly kinds: readonly HolidayKind[];
  /** Where the days begin and end. */
  readonly zone: string;
  /** Wanted is what touches `[from, to)`. */
  readonly from: Instant;
  readonly to: Instant;
};

/** `date` is the day it is called by, `YYYY-MM-DD`; some begin on the evening before. Not cut to the range. */
export type Holiday = Interval & { readonly date: string; readonly name: string };

export type HolidaysResult = { readonly ok: true; readonly holidays: readonly Holiday[] } | { readonly ok: false; readonly message: string };

/**
 * The holidays of a place by the wall clock of a zone, in order of their beginning. Its data is large and read when it is first
 * asked for. A place that is not known, or of which no holiday at all is known, is no free day but an error. Throws `UnknownZoneError`.
 */
export async function listHolidays({ place, kinds, zone, from, to }: HolidayQuestion): Promise<HolidaysResult> {
  const { default: Library } = await import('date-holidays');
  const message = complaintAbout(new Library(), place);
  if (message !== null) return { ok: false, message };
  const { country, state, region } = holidayPlace(place);
  // Its UTC times are the wall-clock times of the place: which instants they are is the calendar's to say.
  const known = new Library({ country, ...(state === undefined ? {} : { state }), ...(region === undefined ? {} : { region }) }, { timezone: 'UTC', types: [...kinds] });
  const clock = zoneClock(zone);
  const years = { first: new Date(from).getUTCFullYear() - 1, last: new Date(to).getUTCFullYear() + 1 };
  const everyYear = Array.from({ length: years.last - years.first + 1 }, (_, index) => known.getHolidays(years.first + index, 'en')).flat();
  if (everyYear.length === 0) return { ok: false, message: `No ${kinds.join(' or ')} holiday of ${place} is known, so nothing would be closed. Name another place or other types.` };
  const holidays = everyYear
    .map((holiday): Holiday => ({ date: holiday.date.slice(0, 10), name: holiday.name, from: clock.resolve(holiday.start.getTime()), to: clock.resolve(holiday.end.getTime()) }))
    .filter((holiday) => holiday.from < holiday.to && holiday.from < to && holiday.to > from);
  return { ok: true, holidays: holidays.sort((one, other) => one.from - other.from) };
}

/** Why the holidays of a place cannot be told; null when they can. */
export async function holidayPlaceComplaint(place: string): Promise<string | null> {
  const { default: Library } = await import('date-holidays');
  return complaintAbout(new Library(), place);
}

function complaintAbout(library: Holidays, place: string): string | null {
  const { country, state, region } = holidayPlace(place);
  const countries = codes(library.getCountries('en'));
  if (!countries.has(country)) return `No country ${country} is known. Write its code of two capital letters, such as US or DE.`;
  if (state === undefined) return null;
  const states = codes(library.getStates(country, 'en'));
  if (!states.has(state)) return `${country} has no part ${state}. ${choose(country, states)}`;
  if (region === undefined) return null;
  const regions = codes(library.getRegions(country, state, 'en'));
  return regions.has(region) ? null : `${country}-${state} has no part ${region}. ${choose(`${country}-${state}`, regions)}`;
}

const codes = (names: Readonly<Record<string, string>> | undefined): ReadonlyMap<string, string> => new Map(Object.entries(names ?? {}));

function choose(whole: string, parts: ReadonlyMap<string, string>): string {
  if (parts.size === 0) return `Write ${whole} alone.`;
  return `Write ${whole} alone, or one of ${[...parts].map(([code, name]) => `${whole}-${code} (${name})`).join(', ')}.`;
}

import type { Instant } from '@sallyport/calendar';

const dayMilliseconds = 86_400_000;
/** 0001-01-01 and 10000-01-01: between them a year has four digits. */
const earliest = -62_135_596_800_000;
const latest = 253_402_300_800_000;

/**
 * ISO 8601 in UTC, with milliseconds only where there are some: GitHub knows whole seconds. A decision holds dozens of instants, and
 * to make a Date for each took a third of its time.
 */
export function timeText(at: Instant): string {
  if (!(at >= earliest && at < latest)) return new Date(at).toISOString().replace('.000Z', 'Z');
  const days = Math.floor(at / dayMilliseconds);
  const rest = Math.floor(at - days * dayMilliseconds);
  const milliseconds = rest % 1000;
  const seconds = (rest - milliseconds) / 1000;
  const second = seconds % 60;
  const minutes = (seconds - second) / 60;
  const minute = minutes % 60;
  const end = milliseconds === 0 ? secondTexts[second] : `${two(second)}${fractionText(milliseconds)}Z`;
  return `${dateText(days)}${hourTexts[(minutes - minute) / 60]}${minuteTexts[minute]}${end}`;
}

/** The day that was asked for last: most instants of a decision are of one day. Asking again gives what working it out would. */
let latestDay = { days: Number.NaN, text: '' };

function dateText(days: number): string {
  if (latestDay.days !== days) latestDay = { days, text: civilDate(days) };
  return latestDay.text;
}

/**
 * A date from days since 1970, counting years from 1 March of the year 0, so that leap days come last.
 * Source: Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2021), civil_from_days.
 */
function civilDate(days: number): string {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${two(Math.floor(year / 100))}${two(year % 100)}-${two(month)}-${two(day)}`;
}

const twoDigits: readonly string[] = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));
/** Ready pieces, so that few are put together for each instant. */
const hourTexts = twoDigits.slice(0, 24).map((text) => `T${text}:`);
const minuteTexts = twoDigits.slice(0, 60).map((text) => `${text}:`);
const secondTexts = twoDigits.slice(0, 60).map((text) => `${text}Z`);
const two = (value: number): string => twoDigits[value] ?? '';
const fractionText = (milliseconds: number): string => (milliseconds < 100 ? `.0${two(milliseconds)}` : `.${milliseconds}`);

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
  const rest = at - days * dayMilliseconds;
  const minutes = Math.floor(rest / 60_000);
  const milliseconds = rest % 60_000;
  return `${dateText(days)}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(Math.floor(milliseconds / 1000))}${fractionText(Math.floor(milliseconds % 1000))}Z`;
}

/**
 * A date from days since 1970, counting years from 1 March of the year 0, so that leap days come last.
 * Source: Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2021), civil_from_days.
 */
function dateText(days: number): string {
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

const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`);
const fractionText = (milliseconds: number): string => (milliseconds === 0 ? '' : milliseconds < 100 ? `.0${two(milliseconds)}` : `.${milliseconds}`);

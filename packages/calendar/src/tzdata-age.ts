import type { Instant } from './calendar.ts';

/** What is known of how old a version of the tz database is. */
export type TzdataAge =
  | { readonly age: 'within-a-year'; readonly version: string }
  /** Released more than a year before; `releasedBy` is the last day on which it can have been. */
  | { readonly age: 'older-than-a-year'; readonly version: string; readonly releasedBy: Instant }
  /** Not a version such as 2026b, or of a year that has not come: the clock or the machine is wrong. */
  | { readonly age: 'unknown'; readonly version: string };

/**
 * Days by which versions were out, oldest first: for 2025 from Debian's changelog of its package tzdata, for 2026 from the
 * database's own NEWS. Earlier years need none, because they ended more than a year ago.
 */
const outBy: readonly (readonly [version: string, date: string])[] = [
  ['2025a', '2025-02-25'],
  ['2025b', '2025-03-26'],
  ['2026b', '2026-04-22'],
];

const versionForm = /^(\d{4})[a-z]$/;

/**
 * Whether a version of the tz database, such as `process.versions.tz` says, was released more than a year before `now`
 * (epoch milliseconds). Zones change by law at short notice, so an old database opens windows at the wrong hour. A
 * version whose date is not known counts as released on the last day it can have been, so it is called old too late rather than wrongly.
 */
export function tzdataAge(version: string, now: Instant): TzdataAge {
  const year = Number(versionForm.exec(version)?.[1] ?? NaN);
  if (Number.isNaN(year) || year > new Date(now).getUTCFullYear()) return { age: 'unknown', version };
  const releasedBy = Date.parse(`${releasedNoLaterThan(version, year)}T00:00Z`);
  return yearAfter(releasedBy) < now ? { age: 'older-than-a-year', version, releasedBy } : { age: 'within-a-year', version };
}

/** Versions sort as text: one that is not in the list came before the next one that is, and before the end of its year. */
function releasedNoLaterThan(version: string, year: number): string {
  const endOfYear = `${year}-12-31`;
  const next = outBy.find(([known]) => known >= version)?.[1] ?? endOfYear;
  return next < endOfYear ? next : endOfYear;
}

function yearAfter(at: Instant): Instant {
  const date = new Date(at);
  return date.setUTCFullYear(date.getUTCFullYear() + 1);
}

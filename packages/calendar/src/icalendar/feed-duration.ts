import { day } from '../day-number.ts';

/** Whole days go by the wall clock, the rest by the time that passes (RFC 5545 §3.3.6). Milliseconds. */
export type FeedDuration = { readonly days: number; readonly milliseconds: number };

/** In the order in which they may come. */
const dateUnits = { W: 7, D: 1 } as const;
const timeUnits = { H: 3_600_000, M: 60_000, S: 1000 } as const;

/** `P1W`, `P1DT12H`, `PT90M`; null for anything else, also for a negative one, which no event can last. */
export function parseDuration(text: string): FeedDuration | null {
  const [, date, time, ...others] = /^\+?P/.test(text) ? text.split(/[PT]/) : [];
  if (date === undefined || others.length > 0 || (date === '' && time === undefined) || time === '') return null;
  const days = sumOf(date, dateUnits, 6);
  const milliseconds = time === undefined ? 0 : sumOf(time, timeUnits, 9);
  return days === null || milliseconds === null ? null : { days, milliseconds };
}

/** Numbers of up to six digits for days and nine for times, each with its unit; null when one is unknown, comes twice or after a smaller one. */
function sumOf(text: string, units: Readonly<Record<string, number>>, longest: number): number | null {
  let sum = 0;
  let last = Infinity;
  for (const part of text.match(/[^A-Z]*[A-Z]?/g)?.filter((one) => one !== '') ?? []) {
    const unit = Object.hasOwn(units, part.slice(-1)) ? (units[part.slice(-1)] ?? 0) : 0;
    const digits = part.slice(0, -1);
    if (unit === 0 || unit >= last || digits.length > longest || !/^\d+$/.test(digits)) return null;
    sum += Number(digits) * unit;
    last = unit;
  }
  return sum;
}

/** Milliseconds on a clock that never changes. */
export const nominalLength = ({ days, milliseconds }: FeedDuration): number => days * day + milliseconds;

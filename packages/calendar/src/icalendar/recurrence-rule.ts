import { weekdayNames } from './weekday-names.ts';
import type { ContentLine } from './content-line.ts';
import { quote } from './feed-problem.ts';
import type { Report } from './feed-problem.ts';
import { parseWrittenTime } from './feed-time.ts';
import type { WrittenTime } from './feed-time.ts';

/** A rule of whole days (RFC 5545 §3.3.10). Empty lists limit nothing. */
export type RecurrenceRule = {
  readonly frequency: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  readonly interval: number;
  readonly count: number | null;
  readonly until: WrittenTime | null;
  /** 1 to 12. */
  readonly months: readonly number[];
  /** 1 to 31, and -1 for the last. */
  readonly monthDays: readonly number[];
  /** 1 to 366, and -1 for the last. */
  readonly yearDays: readonly number[];
  /** `nth` counts in the month or the year, from the end when negative; null: every one. 0 is Sunday. */
  readonly weekdays: readonly { readonly weekday: number; readonly nth: number | null }[];
  /** Which of the days of one period, from 1, or from -1 for the last. */
  readonly positions: readonly number[];
  /** 0 is Sunday. */
  readonly weekStart: number;
};

type Parts = ReadonlyMap<string, string>;

const wholeDays: ReadonlySet<string> = new Set(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']);
const known: ReadonlySet<string> = new Set(['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST', 'BYMONTH', 'BYMONTHDAY', 'BYYEARDAY', 'BYDAY', 'BYSETPOS', 'BYHOUR', 'BYMINUTE', 'BYSECOND']);

/**
 * Reads an RRULE; null after a report that names the part. Refused, rather than understood in part: rules finer than a
 * day, BYWEEKNO, RSCALE, unknown and repeated parts, and times of day other than that of `start`.
 */
export function readRecurrenceRule({ name, line, value }: ContentLine, start: Pick<WrittenTime, 'wall'>, report: Report): RecurrenceRule | null {
  const complain = (what: string): null => {
    report('recurrence', line, `${name} ${quote(value)} ${what}. Write it another way in the calendar it comes from, or as single events.`);
    return null;
  };
  const parts = readParts(value);
  if (typeof parts === 'string') return complain(parts);
  const frequency = parts.get('FREQ') ?? '';
  if (!isWholeDays(frequency)) return complain(`comes back ${frequency === '' ? 'at no stated FREQ' : `${quote(frequency)}`}; only DAILY, WEEKLY, MONTHLY and YEARLY are read`);
  const wrong = misplaced(parts, frequency) ?? otherTimeOfDay(parts, start);
  if (wrong !== null) return complain(wrong);
  const until = parts.has('UNTIL') ? parseWrittenTime(parts.get('UNTIL') ?? '') : null;
  const lists = {
    interval: integers(parts, 'INTERVAL', 1, 10_000),
    count: integers(parts, 'COUNT', 1, 1_000_000),
    months: integers(parts, 'BYMONTH', 1, 12),
    monthDays: integers(parts, 'BYMONTHDAY', -31, 31),
    yearDays: integers(parts, 'BYYEARDAY', -366, 366),
    positions: integers(parts, 'BYSETPOS', -366, 366),
    weekdays: readWeekdays(parts.get('BYDAY')),
    weekStart: readWeekdays(parts.get('WKST') ?? 'MO'),
  };
  const { interval, count, months, monthDays, yearDays, positions, weekdays, weekStart } = lists;
  if ((parts.has('UNTIL') && until === null) || interval === null || count === null || months === null || monthDays === null || yearDays === null || positions === null || weekdays === null || weekStart === null)
    return complain('has a part whose value RFC 5545 §3.3.10 does not allow');
  if (interval.length > 1 || count.length > 1 || weekStart.length !== 1 || (count.length === 1 && until !== null)) return complain('ends or begins in two ways');
  if (weekdays.some(({ nth }) => nth !== null) && (frequency === 'DAILY' || frequency === 'WEEKLY')) return complain('counts weekdays, which only MONTHLY and YEARLY can');
  return { frequency, interval: interval[0] ?? 1, count: count[0] ?? null, until, months, monthDays, yearDays, weekdays, positions, weekStart: weekStart[0]?.weekday ?? 1 };
}

const isWholeDays = (text: string): text is RecurrenceRule['frequency'] => wholeDays.has(text);

/** What is wrong, in words, when it cannot be taken apart. */
function readParts(value: string): Parts | string {
  const parts = new Map<string, string>();
  for (const part of value.trim().toUpperCase().replace(/;$/, '').split(';')) {
    const at = part.indexOf('=');
    const key = part.slice(0, Math.max(at, 0));
    if (!known.has(key)) return `has the part ${quote(part)}, which is not read`;
    if (parts.has(key)) return `gives ${key} twice`;
    parts.set(key, part.slice(at + 1));
  }
  return parts;
}

function misplaced(parts: Parts, frequency: string): string | null {
  if (parts.has('BYYEARDAY') && frequency !== 'YEARLY') return 'has BYYEARDAY, which only YEARLY can';
  if (parts.has('BYMONTHDAY') && frequency === 'WEEKLY') return 'has BYMONTHDAY, which WEEKLY cannot';
  const hasOther = [...parts.keys()].some((key) => key.startsWith('BY') && key !== 'BYSETPOS');
  return parts.has('BYSETPOS') && !hasOther ? 'has BYSETPOS and nothing to choose from' : null;
}

function otherTimeOfDay(parts: Parts, { wall }: Pick<WrittenTime, 'wall'>): string | null {
  const date = new Date(wall);
  const times = [
    ['BYHOUR', date.getUTCHours()],
    ['BYMINUTE', date.getUTCMinutes()],
    ['BYSECOND', date.getUTCSeconds()],
  ] as const;
  const other = times.find(([key, expected]) => parts.has(key) && (!/^\d{1,2}$/.test(parts.get(key) ?? '') || Number(parts.get(key)) !== expected));
  return other === undefined ? null : `has a ${other[0]} other than that of DTSTART`;
}

/** Without repetitions, empty when the part is not there; null when one is 0 or out of bounds. */
function integers(parts: Parts, key: string, least: number, greatest: number): readonly number[] | null {
  const text = parts.get(key);
  if (text === undefined) return [];
  const values = text.split(',').map((one) => (/^[+-]?\d{1,7}$/.test(one) ? Number(one) : 0));
  return values.every((value) => value !== 0 && value >= least && value <= greatest) ? [...new Set(values)] : null;
}

function readWeekdays(text: string | undefined): RecurrenceRule['weekdays'] | null {
  if (text === undefined) return [];
  const weekdays = [...new Set(text.split(','))].map((one) => {
    const nth = one.slice(0, -2);
    const weekday = weekdayNames.findIndex((name) => name === one.slice(-2));
    const isInYear = nth === '' || (/^[+-]?\d\d?$/.test(nth) && Number(nth) !== 0 && Math.abs(Number(nth)) <= 53);
    return weekday === -1 || !isInYear ? null : { weekday, nth: nth === '' ? null : Number(nth) };
  });
  return weekdays.every((one) => one !== null) ? weekdays : null;
}

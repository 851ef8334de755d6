import type { Instant } from '../calendar.ts';
import { day } from '../day-number.ts';
import { onlyProperty } from './component-tree.ts';
import type { Component } from './component-tree.ts';
import { expandRule } from './expand-rule.ts';
import type { WallRange } from './expand-rule.ts';
import type { Report } from './feed-problem.ts';
import { parseWrittenTime } from './feed-time.ts';
import type { WrittenTime } from './feed-time.ts';
import { readRecurrenceRule } from './recurrence-rule.ts';
import type { RecurrenceRule } from './recurrence-rule.ts';
import type { StepBudget } from './step-budget.ts';

/** What a file itself says of a zone: milliseconds ahead of UTC at an instant within the range it was read for. */
export type FileZone = (at: Instant) => number;

type Onset = { readonly at: Instant; readonly before: number; readonly after: number };

/** Reads a VTIMEZONE for instants of a range (RFC 5545 §3.6.5). null after a report. */
export function readFileZone(zone: Component, range: WallRange, budget: StepBudget, report: Report): FileZone | null {
  const observances = zone.components.map((one) => readObservance(one, range, budget, report));
  if (observances.length === 0) report('zone-definition', zone.line, 'This VTIMEZONE has neither STANDARD nor DAYLIGHT, so it says nothing. Export the calendar again, or remove it.');
  if (observances.length === 0 || !observances.every((one) => one !== null)) return null;
  const onsets = observances.flat().sort((one, other) => one.at - other.at);
  return (at) => onsets.findLast((onset) => onset.at <= at)?.after ?? onsets[0]?.before ?? 0;
}

function readObservance(observance: Component, range: WallRange, budget: StepBudget, report: Report): readonly Onset[] | null {
  const before = parseOffset(onlyProperty(observance, 'TZOFFSETFROM', report)?.value);
  const after = parseOffset(onlyProperty(observance, 'TZOFFSETTO', report)?.value);
  const start = parseWrittenTime(onlyProperty(observance, 'DTSTART', report)?.value.trim() ?? '');
  const further = observance.properties.filter(({ name }) => name === 'RDATE').map(({ value }) => value.split(',').map((one) => parseWrittenTime(one.trim())));
  const dates = further.flat().filter((one) => one !== null);
  if (before === null || after === null || start === null || dates.length < further.flat().length || [start, ...dates].some(({ isUtc, kind }) => isUtc || kind !== 'date-time')) {
    report('zone-definition', observance.line, `This ${observance.name} needs a local DTSTART, a TZOFFSETFROM and a TZOFFSETTO, so the VTIMEZONE cannot be read. Export the calendar again.`);
    return null;
  }
  const repeated: number[] = [];
  for (const property of observance.properties.filter(({ name }) => name === 'RRULE')) {
    const rule = readRecurrenceRule(property, start, report);
    const walls = rule === null ? null : expandOnsets(rule, start, before, range, budget);
    if (walls === null) {
      if (rule !== null) report('too-many-steps', property.line, 'The rules up to here come back too often to be followed. Publish a calendar with fewer of them.');
      return null;
    }
    repeated.push(...walls);
  }
  return [start.wall, ...dates.map(({ wall }) => wall), ...repeated].map((wall) => ({ at: wall - before, before, after }));
}

/** Begins so early that the onset in force at the begin of the range, or the last one of a rule that ended before, is among them. */
function expandOnsets(rule: RecurrenceRule, start: WrittenTime, before: number, range: WallRange, budget: StepBudget): readonly number[] | null {
  const until = rule.until === null ? null : rule.until.wall + (rule.until.isUtc ? before : 0) + (rule.until.kind === 'date' ? day - 1 : 0);
  const from = Math.min(range.from, until ?? Infinity) - (rule.interval + 9) * 366 * day;
  return expandRule(rule, start.wall, until, { from, to: range.to }, budget);
}

/** `+hhmm` or `+hhmmss` in milliseconds (RFC 5545 §3.3.14). */
function parseOffset(text: string | undefined): number | null {
  const [, sign, hours, minutes, seconds = '0'] = /^([+-])(\d{2})([0-5]\d)([0-5]\d)?$/.exec(text?.trim() ?? '') ?? [];
  if (sign === undefined) return null;
  const size = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  return sign === '+' ? size : -size;
}

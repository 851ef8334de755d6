import { parseWrittenTime } from './feed-time.ts';
import { readRecurrenceRule } from './recurrence-rule.ts';
import type { RecurrenceRule } from './recurrence-rule.ts';

/** A rule as it stands in a file, of an event with that start. */
export function readRule(value: string, start: string): RecurrenceRule {
  const written = parseWrittenTime(start);
  const rule = written === null ? null : readRecurrenceRule({ line: 1, name: 'RRULE', parameters: new Map(), value }, written, () => undefined);
  if (rule === null) throw new Error(`not read: ${value}`);
  return rule;
}

export const wallOf = (text: string): number => parseWrittenTime(text)?.wall ?? NaN;

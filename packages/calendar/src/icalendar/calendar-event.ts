import type { Component } from './component-tree.ts';
import { onlyProperty } from './component-tree.ts';
import { unescapeText } from './content-text.ts';
import type { ContentLine } from './content-line.ts';
import { parameter } from './content-line.ts';
import { eventProperties } from './event-properties.ts';
import { parseDuration } from './feed-duration.ts';
import type { FeedDuration } from './feed-duration.ts';
import { quote } from './feed-problem.ts';
import type { Report } from './feed-problem.ts';
import { readTime } from './feed-time.ts';
import type { FeedTime } from './feed-time.ts';
import { readRecurrenceRule } from './recurrence-rule.ts';
import type { RecurrenceRule } from './recurrence-rule.ts';

/** When an event ends: at a time that the file gives, or so long after it began. */
export type EventEnd = { readonly kind: 'time'; readonly time: FeedTime } | { readonly kind: 'duration'; readonly duration: FeedDuration };

/** A further time of an event; `end` is null where it lasts as long as the event itself. */
export type FurtherTime = { readonly start: FeedTime; readonly end: EventEnd | null };

export type RuleOfEvent = { readonly line: number; readonly rule: RecurrenceRule };

/** A VEVENT (RFC 5545 §3.6.1), as far as it says when something is. */
export type CalendarEvent = {
  readonly line: number;
  readonly uid: string;
  /** At most 200 characters, without control characters. */
  readonly summary: string;
  readonly isCancelled: boolean;
  readonly start: FeedTime;
  readonly end: EventEnd;
  /** The occurrence of another event with the same UID that this one replaces. */
  readonly replaces: FeedTime | null;
  readonly rules: readonly RuleOfEvent[];
  readonly further: readonly FurtherTime[];
  readonly except: readonly FeedTime[];
};

/** Reads one VEVENT with every problem it has; null after a report. `zone` as for `readTime`. */
export function readCalendarEvent(component: Component, zone: string | null, report: Report): CalendarEvent | null {
  let isWhole = true;
  const note: Report = (code, line, message) => {
    isWhole = false;
    report(code, line, message);
  };
  const only = (name: string): ContentLine | null => onlyProperty(component, name, note);
  const all = (name: string): readonly ContentLine[] => component.properties.filter((property) => property.name === name);
  const timeOf = (property: ContentLine | null): FeedTime | null => (property === null ? null : readTime(property, property.value, zone, note));
  const timesOf = (name: string): readonly FeedTime[] => all(name).flatMap((property) => property.value.split(',').flatMap((value) => readTime(property, value, zone, note) ?? []));

  const uid = only('UID')?.value.trim() ?? '';
  const recurrenceId = only('RECURRENCE-ID');
  const isCancelled = only('STATUS')?.value.trim().toUpperCase() === 'CANCELLED';
  const start = timeOf(only('DTSTART'));
  if (uid === '' && all('UID').length < 2) note('missing-property', component.line, 'This event has no UID, so it cannot be told from others. Export the calendar again.');
  if (all('DTSTART').length === 0) note('missing-property', component.line, 'This event has no DTSTART, so when it is cannot be told. Give it a start, or delete it.');
  for (const { name, line, value } of component.properties.filter((one) => !one.name.startsWith('X-') && !eventProperties.has(one.name)))
    note('unsupported', line, `${quote(`${name}:${value}`)} says nothing that an event can say. If it continues the line before, it must begin with a space; else remove it.`);
  for (const property of all('EXRULE')) note('unsupported', property.line, 'EXRULE is no longer part of iCalendar (RFC 5545 §A.2) and is not read. Write the exceptions as single dates.');
  if (recurrenceId?.parameters.has('RANGE')) note('unsupported', recurrenceId.line, 'A RECURRENCE-ID with RANGE changes all later occurrences, which is not read. Split the series in two in the calendar it comes from.');
  const end = readEnd(component, start, only, timeOf, note);
  const replaces = timeOf(recurrenceId);
  const rules = start === null ? [] : all('RRULE').flatMap((property) => ({ line: property.line, rule: readRecurrenceRule(property, start, note) }));
  const further = all('RDATE').flatMap((property) => property.value.split(',').flatMap((value) => readFurther(property, value, zone, note) ?? []));
  const except = timesOf('EXDATE');
  const others = [...further.flatMap((one) => (one.end?.kind === 'time' ? [one.start, one.end.time] : [one.start])), ...except];
  if (start !== null) for (const other of others) requireSameKind(start, other, component, note);
  const whole = rules.flatMap(({ line, rule }) => (rule === null ? [] : { line, rule }));
  if (!isWhole || start === null || end === null) return null;
  const summary = [...unescapeText(all('SUMMARY')[0]?.value ?? '')].slice(0, 200).join('');
  return { line: component.line, uid, summary, isCancelled, start, end, replaces, rules: whole, further, except };
}

/** A day when only a date is given; a time of day without an end is refused, because a freeze without one freezes nothing (RFC 5545 §3.6.1). */
function readEnd(component: Component, start: FeedTime | null, only: (name: string) => ContentLine | null, timeOf: (property: ContentLine | null) => FeedTime | null, report: Report): EventEnd | null {
  const endLine = only('DTEND');
  const durationLine = only('DURATION');
  if (endLine !== null && durationLine !== null) report('repeated-property', durationLine.line, 'This event has both DTEND and DURATION, so its end is unknown. Remove one.');
  if (endLine !== null) {
    const time = timeOf(endLine);
    if (start !== null && time !== null) requireSameKind(start, time, component, report);
    return time === null ? null : { kind: 'time', time };
  }
  if (durationLine === null) {
    if (start?.kind === 'date') return { kind: 'duration', duration: { days: 1, milliseconds: 0 } };
    if (start !== null) report('empty-event', component.line, 'This event has neither DTEND nor DURATION, so it freezes no time. Give it an end, or delete it.');
    return null;
  }
  const duration = parseDuration(durationLine.value);
  if (duration !== null && (start?.kind !== 'date' || duration.milliseconds === 0)) return { kind: 'duration', duration };
  report('duration', durationLine.line, `${quote(durationLine.value)} is no time that an event can last, like PT6H, or for whole days P2D. Give it an end in the calendar it comes from.`);
  return null;
}

/** A value of RDATE: a start, or a PERIOD, which is a start with an end or a duration (RFC 5545 §3.3.9). */
function readFurther(property: ContentLine, value: string, zone: string | null, report: Report): FurtherTime | null {
  const isPeriod = parameter(property, 'VALUE')?.toUpperCase() === 'PERIOD';
  const [from = '', to = ''] = isPeriod ? value.split('/', 2) : [value];
  const start = readTime(property, from, zone, report);
  if (start === null) return null;
  if (!isPeriod) return { start, end: null };
  if (/^\d/.test(to)) {
    const time = readTime(property, to, zone, report);
    return time === null ? null : { start, end: { kind: 'time', time } };
  }
  const duration = parseDuration(to);
  if (duration === null) report('duration', property.line, `The period ${quote(value)} has no end. Correct it in the calendar it comes from.`);
  return duration === null ? null : { start, end: { kind: 'duration', duration } };
}

function requireSameKind(start: FeedTime, other: FeedTime, { line }: Component, report: Report): void {
  if (start.kind !== other.kind) report('mixed-types', line, 'This event begins on a date and has other times with hours, or the other way round, so they cannot be compared. Correct it in the calendar it comes from.');
}

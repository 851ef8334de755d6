import type { Component } from './component-tree.ts';
import { quote } from './feed-problem.ts';
import type { Report } from './feed-problem.ts';
import type { UnfoldedLine } from './unfold-lines.ts';

/** To-dos and journals say nothing of when something happens (RFC 5545 §3.6.2, §3.6.3); VFREEBUSY and others do. */
const understood: ReadonlySet<string> = new Set(['VEVENT', 'VTIMEZONE', 'VTODO', 'VJOURNAL']);

/** Whether the file is worth reading on: a page to sign in, an error message and an empty answer are told as what they are. */
export function looksLikeCalendar([first]: readonly UnfoldedLine[], report: Report): boolean {
  if (first !== undefined && /^begin:vcalendar\s*$/i.test(first.text)) return true;
  const what = first === undefined ? 'is empty' : `begins with ${quote(first.text)}`;
  report('not-a-calendar', first?.line ?? null, `The file ${what}, where a calendar begins with BEGIN:VCALENDAR. See whether its address is right and needs no sign-in.`);
  return false;
}

/** Those that are calendars, with a report of what changes the meaning of everything in them (RFC 5545 §3.7). */
export function checkCalendars(calendars: readonly Component[], report: Report): readonly Component[] {
  for (const { name, line, properties, components } of calendars) {
    if (name !== 'VCALENDAR') report('nesting', line, `${quote(name)} stands outside any calendar. Put it between BEGIN:VCALENDAR and END:VCALENDAR, or remove it.`);
    else if (!properties.some((property) => property.name === 'VERSION')) report('unsupported', line, 'The calendar does not say that it is VERSION:2.0. Export it as iCalendar.');
    for (const inner of components) if (!inner.name.startsWith('X-') && !understood.has(inner.name)) report('unsupported', inner.line, `${quote(inner.name)} is not read, and may hold times too. Publish a calendar of events only.`);
    for (const property of properties) checkProperty(property.name, property.value.trim(), property.line, report);
  }
  return calendars.filter(({ name }) => name === 'VCALENDAR');
}

function checkProperty(name: string, value: string, line: number, report: Report): void {
  if (name === 'VERSION' && value !== '2.0') report('unsupported', line, `The calendar has the version ${quote(value)}; only iCalendar 2.0 is read. Export it as iCalendar.`);
  if (name === 'CALSCALE' && value.toUpperCase() !== 'GREGORIAN') report('unsupported', line, `The calendar counts by ${quote(value)}; only GREGORIAN is read. Export it with Gregorian dates.`);
  if (name === 'METHOD' && value.toUpperCase() !== 'PUBLISH') report('unsupported', line, `The file is a message between calendars (METHOD ${quote(value)}) and no calendar. Publish the calendar itself.`);
}

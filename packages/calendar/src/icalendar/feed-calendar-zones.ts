import type { Instant } from '../calendar.ts';
import { zoneClock } from '../zone-clock.ts';
import type { Component } from './component-tree.ts';
import type { WallRange } from './expand-rule.ts';
import { quote } from './feed-problem.ts';
import type { Report } from './feed-problem.ts';
import type { FeedTime } from './feed-time.ts';
import { readFileZone } from './file-zone.ts';
import type { FileZone } from './file-zone.ts';
import type { StepBudget } from './step-budget.ts';

/** Compares the offset that the time zone database has for an instant of the range with the file's own, and reports the first difference of each zone. */
export type ZoneComparison = (time: FeedTime, at: Instant) => void;

/** A zone that a file uses and does not define is taken from the database alone (RFC 7809); one that is never used is not read. */
export function compareZones(calendars: readonly Component[], range: WallRange, budget: StepBudget, report: Report): ZoneComparison {
  const defined = definedZones(calendars, report);
  const read = new Map<string, FileZone | null>();
  const disagreeing = new Set<string>();
  return ({ tzid, zone }, at) => {
    const component = tzid === null ? undefined : defined.get(tzid);
    if (tzid === null || component === undefined || disagreeing.has(tzid) || at < range.from || at > range.to) return;
    const known = read.get(tzid);
    const ofFile = known === undefined ? readFileZone(component, range, budget, report) : known;
    read.set(tzid, ofFile);
    if (ofFile === null || ofFile(at) === zoneClock(zone).offsetAt(at)) return;
    disagreeing.add(tzid);
    const when = new Date(at).toISOString();
    report('zone-disagrees', component.line, `At ${when} the file's own ${quote(tzid)} is another time than the time zone database's ${zone}, so one of them is out of date. Export the calendar again, or update the time zone database.`);
  };
}

function definedZones(calendars: readonly Component[], report: Report): ReadonlyMap<string, Component> {
  const defined = new Map<string, Component>();
  for (const component of calendars.flatMap(({ components }) => components).filter(({ name }) => name === 'VTIMEZONE')) {
    const tzid = component.properties.find(({ name }) => name === 'TZID')?.value.trim() ?? '';
    if (defined.has(tzid)) report('zone-definition', component.line, `${quote(tzid)} is defined a second time, so which definition holds is unknown. Export the calendar again.`);
    defined.set(tzid, component);
  }
  return defined;
}

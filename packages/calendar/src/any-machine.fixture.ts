import { readFileSync } from 'node:fs';
import type { FreezePolicy, Weekday, WindowPolicy } from '@sallyport/policy';
import { describeInstant } from './describe-instant.ts';
import { planStart } from './plan-start.ts';
import { prepareCalendar } from './prepare-calendar.ts';
import { tzdataAge } from './tzdata-age.ts';
import { openIntervals, windowState } from './window-state.ts';

type Vector = { readonly zone: string; readonly rule: { readonly days: readonly string[]; readonly start: string; readonly end: string }; readonly instant_utc: string };

const weekdays: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** What the package says to every published vector, and to more rules and freezes in the same zone, as lines of text. */
export function calendarAnswers(vectorsFile: string): readonly string[] {
  const { vectors } = JSON.parse(readFileSync(vectorsFile, 'utf8')) as { readonly vectors: readonly Vector[] };
  return vectors.flatMap(({ zone, rule, instant_utc }) => {
    const at = Date.parse(instant_utc);
    const days = weekdays.filter((weekday) => rule.days.some((short) => weekday.startsWith(short)));
    const window: WindowPolicy = { name: 'w', zone, days, from: rule.start, to: rule.end, except: [], extra: [] };
    const more: WindowPolicy = { ...window, also: [{ days: ['last sunday', 'second tuesday'], from: '01:30', to: '02:30', except: [] }], extra: [{ from: `${instant_utc.slice(0, 10)}T02:15`, to: `${instant_utc.slice(0, 10)}T03:45`, owner: 'o', reason: 'r' }] };
    const freezes: readonly FreezePolicy[] = [{ name: 'yearly', zone, every: 'year', from: '12-19T00:00', to: '01-04T00:00', owner: 'o', reason: 'r' }, { name: 'stop', zone, from: `${Number(instant_utc.slice(0, 4)) + 1}-01-01T00:00`, to: null, owner: 'o', reason: 'r' }];
    const calendar = prepareCalendar({ window: more, freezes });
    const said = [windowState(window, [], at), openIntervals(more, freezes, at, at + 1_000_000_000), calendar.ask(at), planStart(calendar, at, { expectedSeconds: 900, reserveSeconds: 300 }), tzdataAge('2025b', at), describeInstant(at, zone)];
    return said.map((one) => JSON.stringify(one));
  });
}

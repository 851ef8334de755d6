import { calendarFact, seal } from '@sallyport/gates';
import type { CalendarFact } from '@sallyport/gates';
import { parsePolicy } from '@sallyport/policy';
import type { Policy } from '@sallyport/policy';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { calendarRange, gatherCalendars } from './gather-calendars.ts';

const at = Date.parse('2026-12-05T15:00:00Z');

function policyOf(names: readonly string[]): Policy {
  const calendars = names.map((name) => `  - { name: ${name}, file: ops/${name}.ics, owner: "@rita", reason: the company says so }\n`);
  const parsed = parsePolicy(`version: 1\nmerge:\n  tests: [{ check: unit, workflow: .github/workflows/ci.yml }]\ncalendars:\n${calendars.join('')}`);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy;
}

const fileOf = (events: readonly (readonly string[])[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', ...events.flatMap((lines, index) => ['BEGIN:VEVENT', `UID:${index}`, 'DTSTAMP:20261201T000000Z', ...lines, 'END:VEVENT']), 'END:VCALENDAR', ''].join('\r\n');

/** What is read of calendars by their names, each of which a file `ops/<name>.ics` holds. */
async function gather(files: Readonly<Record<string, string>>): Promise<readonly CalendarFact[]> {
  const readFile = (path: string) => Promise.resolve(new TextEncoder().encode(files[path.slice('ops/'.length, -'.ics'.length)]));
  const facts = await gatherCalendars({ readFile, fetch: () => Promise.reject(new Error('no address is named')) }, policyOf(Object.keys(files)), calendarRange(at));
  return facts?.items ?? [];
}

const today = ['DTSTART:20261205T140000Z', 'DTEND:20261205T200000Z'];

describe('what a calendar holds', () => {
  it.each([
    ['a name that is cut inside a character', [...today, `SUMMARY:${'a'.repeat(118)}😀 and on`], 'read'],
    ['a line that is cut inside a character where it is quoted', [...today, `RRULE:FREQ=${'A'.repeat(54)}😀`], 'unreadable'],
    ['a freeze that lasts longer than years have four digits', ['DTSTART:20261205T140000Z', 'DURATION:P999999W'], 'read'],
    ['a freeze until the last second of the year 9999 somewhere', ['DTSTART:20261205T140000Z', 'DTEND;TZID=America/Los_Angeles:99991231T235959'], 'read'],
    ['a freeze since before the year 0', ['DTSTART;TZID=Asia/Tokyo:00000101T000000', 'DTEND;TZID=Asia/Tokyo:20261231T000000'], 'read'],
  ])('can be recorded, also %s', async (_name, lines, state) => {
    const [fact] = await gather({ company: fileOf([lines]) });
    if (fact === undefined) throw new Error('nothing was gathered');
    expect(fact.reading.state).toBe(state);
    const { document } = seal(calendarFact, fact);
    expect(z.decode(calendarFact, document as z.input<typeof calendarFact>)).toEqual(fact);
    const freezes = fact.reading.state === 'read' ? fact.reading.freezes : [];
    expect(freezes.filter(({ from, to }) => from <= at && at < to)).toHaveLength(state === 'read' ? 1 : 0);
  });

  it('counts towards one limit, beyond which a calendar is not read', async () => {
    const of = (count: number): string => fileOf(Array.from({ length: count }, () => today));
    const facts = await gather({ one: of(600), two: of(401), three: of(400) });
    expect(facts.map(({ name, reading }) => [name, reading.state])).toEqual([['one', 'read'], ['two', 'unreadable'], ['three', 'read']]);
    expect(facts[1]?.reading).toMatchObject({ problem: 'With it, the calendars have 1001 freezes in the time that is looked at; more than 1000 are taken for a mistake.' });
  });
});

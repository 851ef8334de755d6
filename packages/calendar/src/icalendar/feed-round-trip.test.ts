import ical from 'ical.js';
import { describe, expect, it } from 'vitest';
import { day } from '../day-number.ts';
import { resolveWallTime } from '../wall-clock.ts';
import { feedOf, saturday } from './feed-event.fixture.ts';
import type { FeedEvent } from './feed.ts';
import { parseFeed } from './parse-feed.ts';
import { renderFeed } from './render-feed.ts';

const firstSaturday = Date.parse('2026-01-03T00:00Z');

/** Every Saturday from midnight to six for ten years, so that changes of the clock fall within, at begin and at end. */
function tenYears(zone: string): readonly FeedEvent[] {
  return Array.from({ length: 522 }, (_, week) => new Date(firstSaturday + week * 7 * day).toISOString().slice(0, 10)).flatMap((date) => {
    const from = resolveWallTime(zone, date, 0);
    const to = resolveWallTime(zone, date, 6 * 60);
    return from === null || to === null ? [] : [{ ...saturday, key: date, zone, from, to }];
  });
}

const spansOf = (events: readonly { readonly from: number; readonly to: number }[]): readonly string[] => events.map(({ from, to }) => `${new Date(from).toISOString()}/${new Date(to).toISOString()}`);

/** By ical.js, with the zones that the file defines and nothing else. */
function readByOther(text: string): readonly string[] {
  const root = new ical.Component(ical.parse(text) as unknown[]);
  const instantOf = (time: ical.Time): number => time.toUnixTime() * 1000;
  const zones = new Map(root.getAllSubcomponents('vtimezone').map((component) => [String(component.getFirstPropertyValue('tzid')), new ical.Timezone(component)]));
  return spansOf(
    root.getAllSubcomponents('vevent').map((component) => {
      const [from = NaN, to = NaN] = ['dtstart', 'dtend'].map((name) => {
        const property = component.getFirstProperty(name);
        const time = property?.getFirstValue() as ical.Time;
        const tzid = property?.getFirstParameter('tzid');
        const zone = tzid === undefined ? undefined : zones.get(tzid);
        if (zone !== undefined) time.zone = zone;
        return instantOf(time);
      });
      return { from, to };
    }),
  );
}

const zones = ['America/Los_Angeles', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Asia/Kathmandu', 'America/Santiago', 'Europe/Dublin', 'Antarctica/Troll', 'UTC'];

describe('windows of ten years that were exported', () => {
  it.each(zones)('come back the same in %s', (zone) => {
    const events = tenYears(zone);
    const text = renderFeed(feedOf(...events), firstSaturday);
    const result = parseFeed(text, { from: firstSaturday - 30 * day, to: firstSaturday + 4000 * day, zone: null });
    expect(result.ok ? spansOf(result.intervals) : result.problems).toEqual(spansOf(events));
  });

  it.each(zones)('are the same to another parser that knows the zone %s from the file alone', (zone) => {
    const events = tenYears(zone);
    expect(readByOther(renderFeed(feedOf(...events), firstSaturday))).toEqual(spansOf(events));
  });

  it('come back the same from one feed of all the zones', () => {
    const events = zones.flatMap((zone) => tenYears(zone).map((event) => ({ ...event, key: `${zone} ${event.key}` }))).toSorted((one, other) => one.from - other.from);
    const result = parseFeed(renderFeed(feedOf(...events), firstSaturday), { from: firstSaturday - 30 * day, to: firstSaturday + 4000 * day, zone: null, limits: { maximumBytes: 4 * 1024 * 1024 } });
    expect(result.ok ? new Set(spansOf(result.intervals)) : result.problems).toEqual(new Set(spansOf(events)));
  });
});

describe('the zone in a feed', () => {
  it('is written with few rules where the clock goes by rules', () => {
    const text = renderFeed(feedOf(...tenYears('America/Los_Angeles')), firstSaturday);
    expect(text.match(/BEGIN:(?:STANDARD|DAYLIGHT)/g)).toHaveLength(2);
  });

  it('is not touched by what the machine would say of another time', () => {
    const text = renderFeed(feedOf({ ...saturday, from: Date.parse('1995-04-08T13:00Z'), to: Date.parse('1995-04-08T19:00Z') }), firstSaturday);
    expect(text).toContain('DTSTART:19940403T020000');
    expect(text).not.toContain('BYMONTH=3');
  });
});

import { describe, expect, it } from 'vitest';
import { UnknownZoneError } from '../unknown-zone-error.ts';
import { feedOf, saturday } from './feed-event.fixture.ts';
import type { FeedEvent } from './feed.ts';
import { parseFeed } from './parse-feed.ts';
import { renderFeed } from './render-feed.ts';

const now = Date.parse('2026-11-30T09:00Z');
const render = (...events: readonly FeedEvent[]): string => renderFeed(feedOf(...events), now);
const unfolded = (text: string): readonly string[] => text.replaceAll('\r\n ', '').split('\r\n');
const lineOf = (text: string, name: string): string | undefined => unfolded(text).find((line) => line.startsWith(name));

describe('renderFeed', () => {
  it('writes a window as calendar programs read it', () => {
    expect(render({ ...saturday, description: 'Open for deploys; see the release issue', url: 'https://github.com/acme/shop/issues/7' }).replaceAll('\r\n', '\n')).toMatchInlineSnapshot(`
      "BEGIN:VCALENDAR
      VERSION:2.0
      PRODID:-//Sallyport//Release calendar//EN
      CALSCALE:GREGORIAN
      METHOD:PUBLISH
      NAME:acme/shop releases
      X-WR-CALNAME:acme/shop releases
      REFRESH-INTERVAL;VALUE=DURATION:PT60M
      X-PUBLISHED-TTL:PT60M
      BEGIN:VTIMEZONE
      TZID:America/Los_Angeles
      BEGIN:DAYLIGHT
      DTSTART:20250309T020000
      TZOFFSETFROM:-0800
      TZOFFSETTO:-0700
      RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
      END:DAYLIGHT
      BEGIN:STANDARD
      DTSTART:20251102T020000
      TZOFFSETFROM:-0700
      TZOFFSETTO:-0800
      RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
      END:STANDARD
      END:VTIMEZONE
      BEGIN:VEVENT
      UID:ad88a4ae4c08b7495ccd1ee0385288a3@sallyport
      DTSTAMP:20261130T090000Z
      SEQUENCE:0
      DTSTART;TZID=America/Los_Angeles:20261205T060000
      DTEND;TZID=America/Los_Angeles:20261205T120000
      SUMMARY:Production window
      DESCRIPTION:Open for deploys\\; see the release issue
      URL:https://github.com/acme/shop/issues/7
      CATEGORIES:Release window
      STATUS:CONFIRMED
      TRANSP:TRANSPARENT
      END:VEVENT
      END:VCALENDAR
      "
    `);
  });

  it('writes the same text for the same data, whatever their order', () => {
    const freeze: FeedEvent = { ...saturday, key: 'freeze', kind: 'freeze' };
    expect(render(saturday, freeze)).toBe(render(freeze, saturday));
  });

  it.each([
    ['window', 'TRANSPARENT', 'Release window'],
    ['freeze', 'TRANSPARENT', 'Freeze'],
    ['release', 'OPAQUE', 'Release'],
  ] as const)('a %s is %s and of the category %s', (kind, transparency, category) => {
    const text = render({ ...saturday, kind });
    expect([lineOf(text, 'TRANSP'), lineOf(text, 'CATEGORIES')]).toEqual([`TRANSP:${transparency}`, `CATEGORIES:${category}`]);
  });

  it('gives an event the same UID at every export, and another one to each key and repository', () => {
    const uid = lineOf(render(saturday), 'UID');
    expect(lineOf(renderFeed(feedOf({ ...saturday, summary: 'Moved', sequence: 2 }), now + 1000), 'UID')).toBe(uid);
    expect(lineOf(render({ ...saturday, key: 'other' }), 'UID')).not.toBe(uid);
    expect(lineOf(renderFeed({ ...feedOf(saturday), repository: 'acme/shop2' }, now), 'UID')).not.toBe(uid);
    expect(uid).toMatch(/^UID:[0-9a-f]{32}@sallyport$/);
  });

  it('says when it was written and how often an event was changed', () => {
    const text = render({ ...saturday, sequence: 3 });
    expect([lineOf(text, 'DTSTAMP'), lineOf(text, 'SEQUENCE')]).toEqual(['DTSTAMP:20261130T090000Z', 'SEQUENCE:3']);
    expect(parseFeed(text, { from: saturday.from, to: saturday.to, zone: null })).toMatchObject({ writtenAt: now });
  });

  it.each([
    ['in its zone', saturday, ['DTSTART;TZID=America/Los_Angeles:20261205T060000', 'DTEND;TZID=America/Los_Angeles:20261205T120000']],
    ['in UTC without a zone', { ...saturday, zone: 'UTC' }, ['DTSTART:20261205T140000Z', 'DTEND:20261205T200000Z']],
    ['in UTC when it begins in the second of two repeated hours', { ...saturday, from: Date.parse('2026-11-01T09:30Z') }, ['DTSTART:20261101T093000Z', 'DTEND:20261205T200000Z']],
    ['in its zone when it begins in the first of them', { ...saturday, from: Date.parse('2026-11-01T08:30Z') }, ['DTSTART;TZID=America/Los_Angeles:20261101T013000', 'DTEND;TZID=America/Los_Angeles:20261205T120000']],
    ['with parts of a second counted in', { ...saturday, from: saturday.from + 1, to: saturday.to + 1 }, ['DTSTART;TZID=America/Los_Angeles:20261205T060000', 'DTEND;TZID=America/Los_Angeles:20261205T120001']],
    ['without an end when it has no length', { ...saturday, to: saturday.from }, ['DTSTART;TZID=America/Los_Angeles:20261205T060000', undefined]],
  ])('writes an event %s', (_name, event, expected) => {
    const text = render(event);
    const inEvent = text.slice(text.indexOf('BEGIN:VEVENT'));
    expect([lineOf(inEvent, 'DTSTART'), lineOf(inEvent, 'DTEND')]).toEqual(expected);
  });

  it('writes nothing in place of what an event lacks', () => {
    const lines = unfolded(render({ ...saturday, to: saturday.from }));
    expect(lines.slice(lines.indexOf('BEGIN:VEVENT')).map((line) => line.split(/[:;]/, 1)[0])).toEqual(['BEGIN', 'UID', 'DTSTAMP', 'SEQUENCE', 'DTSTART', 'SUMMARY', 'CATEGORIES', 'STATUS', 'TRANSP', 'END', 'END', '']);
  });

  it.each([
    ['two events of one key', [saturday, saturday]],
    ['an event that ends before it begins', [{ ...saturday, to: saturday.from - 1 }]],
    ['an event without a time', [{ ...saturday, from: NaN }]],
    ['a sequence below zero', [{ ...saturday, sequence: -1 }]],
    ['a year of five digits', [{ ...saturday, zone: 'UTC', to: Date.UTC(10_000, 0, 1) }]],
  ])('refuses %s', (_name, events) => {
    expect(() => render(...events)).toThrow(RangeError);
  });

  it.each(['PST', 'Nowhere/Land', 'America/Los_Angeles:20261205T060000\r\nX-EVIL:1', ''])('refuses the zone %j', (zone) => {
    expect(() => render({ ...saturday, zone })).toThrow(UnknownZoneError);
  });
});

describe('text that tries to be more than text (X02)', () => {
  it.each(['javascript:alert(1)', 'data:text/html,x', 'https://user:secret@example.test/', 'no address', '', '//example.test', 'file:///etc/passwd'])('leaves out the link %j', (url) => {
    expect(lineOf(render({ ...saturday, url }), 'URL')).toBeUndefined();
  });

  it.each(['https://user@example.test/', 'https://:secret@example.test/'])('leaves out the link %j, which holds half of a sign-in', (url) => {
    expect(lineOf(render({ ...saturday, url }), 'URL')).toBeUndefined();
  });

  it('keeps a link that is not encrypted', () => {
    expect(lineOf(render({ ...saturday, url: 'http://example.test/' }), 'URL')).toBe('URL:http://example.test/');
  });

  it('says nothing where there is no link and no description', () => {
    const text = render({ ...saturday, url: null, description: '' });
    expect([lineOf(text, 'URL'), lineOf(text, 'DESCRIPTION')]).toEqual([undefined, undefined]);
  });

  it.each([0, -1, 1.5, NaN])('refuses to be refreshed every %d minutes', (refreshMinutes) => {
    expect(() => renderFeed({ ...feedOf(saturday), refreshMinutes }, now)).toThrow(RangeError);
  });

  it('may be refreshed every minute', () => {
    expect(lineOf(renderFeed({ ...feedOf(saturday), refreshMinutes: 1 }, now), 'REFRESH-INTERVAL')).toBe('REFRESH-INTERVAL;VALUE=DURATION:PT1M');
  });

  it('defines every zone once, in order, but for UTC', () => {
    const events = ['Europe/Berlin', 'UTC', 'America/Los_Angeles', 'Europe/Berlin'].map((zone, index) => ({ ...saturday, key: `${index}`, zone }));
    expect(unfolded(render(...events)).filter((line) => line.startsWith('TZID:'))).toEqual(['TZID:America/Los_Angeles', 'TZID:Europe/Berlin']);
  });

  it('defines a zone only for the years of its own events', () => {
    const years = (year: number) => ({ from: Date.parse(`${year}-12-05T14:00Z`), to: Date.parse(`${year}-12-05T20:00Z`) });
    const lines = unfolded(render({ ...saturday, ...years(2030) }, { ...saturday, key: 'old', zone: 'Europe/Berlin', ...years(2004) }));
    const definition = (zone: string): readonly string[] => lines.slice(lines.indexOf(`TZID:${zone}`), lines.indexOf('END:VTIMEZONE', lines.indexOf(`TZID:${zone}`)));
    // The United States had another summer until 2006.
    expect(definition('America/Los_Angeles').filter((line) => line.startsWith('DTSTART'))).toEqual(['DTSTART:20290311T020000', 'DTSTART:20291104T020000']);
    expect(definition('Europe/Berlin').filter((line) => line.startsWith('DTSTART'))).toEqual(['DTSTART:20030330T020000', 'DTSTART:20031026T030000']);
  });

  it('keeps a link within its line', () => {
    expect(lineOf(render({ ...saturday, url: 'https://example.test/a b\r\nX-EVIL:1?q=ü' }), 'URL')).toBe('URL:https://example.test/a%20bX-EVIL:1?q=%C3%BC');
  });
});

import ical from 'ical.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feedOf, saturday } from './feed-event.fixture.ts';
import type { FeedEvent } from './feed.ts';
import { renderFeed } from './render-feed.ts';

const now = Date.parse('2026-11-30T09:00Z');

/** As ical.js, which shares no code with ours, reads it: the names of the events' properties, and those of the components. */
function shapeOf(text: string): { readonly components: readonly string[]; readonly properties: readonly string[] } {
  const root = new ical.Component(ical.parse(text) as unknown[]);
  const components = root.getAllSubcomponents();
  return { components: components.map(({ name }) => name), properties: components.flatMap((one) => (one.name === 'vevent' ? one.getAllProperties().map(({ name }) => name) : [])) };
}

/** Ends its line, closes its component, opens another, hides in a fold, a parameter, a lone break, or a character that some take for a break. */
const attempts = ['\r\nATTENDEE:mailto:eve@example.test', '\nEND:VEVENT\nBEGIN:VEVENT\nUID:x', '\r\n END:VEVENT', '\rX-EVIL:1', '\u2028X-EVIL:1', '\u0085X-EVIL:1', '\u0000\u001B[2J', ';TZID="x":1', '\\', '\\n', '\\\\;', ':', '"', '\u202E'];
const anyText = fc.array(fc.oneof(fc.constantFrom(...attempts), fc.string({ unit: 'binary' })), { maxLength: 4 }).map((parts) => parts.join(''));
const properties = ['uid', 'dtstamp', 'sequence', 'dtstart', 'dtend', 'summary', 'description', 'url', 'categories', 'status', 'transp'];

describe('text that tries to be more than text (X02)', () => {
  it('adds no property and no component, as another parser reads it', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, anyText, (name, summary, description, path) => {
        const event: FeedEvent = { ...saturday, key: summary, summary, description: `.${description}`, url: `https://example.test/${path}` };
        const text = renderFeed({ ...feedOf(event), name }, now);
        expect(shapeOf(text)).toEqual({ components: ['vtimezone', 'vevent'], properties });
        expect(text.split('\r\n').filter((line) => Buffer.byteLength(line) > 75 || /[\p{Cc}\u2028\u2029]/u.test(line))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

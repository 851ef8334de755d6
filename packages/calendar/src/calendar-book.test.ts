import type { FreezePolicy, Weekday, WindowPolicy } from '@sallyport/policy';
import { describe, expect, it } from 'vitest';
import { horizonMilliseconds } from './calendar-book.ts';
import { prepareCalendar } from './prepare-calendar.ts';

const hour = 3_600_000;
const day = 24 * hour;
const people = { owner: '@ana', reason: 'launch' };
const at = (text: string): number => Date.parse(text);
const written = (instant: number): string => new Date(instant).toISOString().slice(0, 16);

const everyDay: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const never: WindowPolicy = { name: 'w', zone: 'UTC', days: ['monday'], from: '00:00', to: '01:00', until: '1000-01-01', except: [], extra: [] };
const always: WindowPolicy = { name: 'w', zone: 'UTC', days: everyDay, from: '00:00', to: '00:00', except: [], extra: [] };
const freezeOf = (from: string, to: string): FreezePolicy => ({ name: 'f', zone: 'UTC', from, to, ...people });

type Span = { readonly from: number; readonly to: number };
/** Open in these spans only, to the millisecond: always but for what lies around them. */
const openIn = (...spans: readonly Span[]) => prepareCalendar({ window: always, freezes: [...spans, { from: Infinity, to: Infinity }].map(({ from }, index) => ({ name: 'closed', zone: 'UTC', ...people, from: spans[index - 1]?.to ?? 0, to: from })) });

/** The pages of a calendar meet at the multiples of this. */
const pageSpan = 2 ** 33;
const pageEnd = Math.ceil(at('2026-12-01T00:00:00Z') / pageSpan) * pageSpan;

describe('where two pages of a calendar meet', () => {
  it.each<[string, Span]>([
    ['that ends there', { from: pageEnd - hour, to: pageEnd }],
    ['that begins there', { from: pageEnd, to: pageEnd + hour }],
    ['that goes over it', { from: pageEnd - hour, to: pageEnd + hour }],
    ['that is as long as a page', { from: pageEnd, to: pageEnd + pageSpan }],
    ['that ends where the page after it ends', { from: pageEnd - hour, to: pageEnd + pageSpan }],
    ['that begins where the page before it begins', { from: pageEnd - pageSpan, to: pageEnd + hour }],
  ])('an opening %s has its own bounds', (_name, opening) => {
    const calendar = openIn(opening);
    expect(calendar.openings(opening.from - day, opening.to + day)).toEqual([opening]);
    for (const instant of [opening.from, opening.to - 1]) expect(calendar.ask(instant)).toMatchObject({ state: 'open', since: opening.from, until: opening.to, nextOpening: null });
    expect(calendar.ask(opening.from - 1)).toMatchObject({ state: 'closed', since: null, nextOpening: opening });
    expect(calendar.ask(opening.to)).toMatchObject({ state: 'closed', since: opening.to, nextOpening: null });
  });

  it('of two openings an instant apart there, each has its own bounds', () => {
    const [one, other] = [{ from: pageEnd - hour, to: pageEnd }, { from: pageEnd + 1, to: pageEnd + hour }];
    const calendar = openIn(one, other);
    expect(calendar.ask(pageEnd - 1)).toMatchObject({ state: 'open', until: pageEnd, nextOpening: other });
    expect(calendar.ask(pageEnd)).toMatchObject({ state: 'closed', since: pageEnd, until: pageEnd + 1 });
    expect(calendar.ask(pageEnd + 1)).toMatchObject({ state: 'open', since: pageEnd + 1 });
  });
});

describe('the horizon, seen from either end of a page', () => {
  const nearly = horizonMilliseconds - 1;

  it.each([
    ['first', pageEnd],
    ['last', pageEnd + pageSpan - 1],
  ])('from its %s instant all is seen that is less than 400 days away', (_name, now) => {
    expect(openIn({ from: now - nearly, to: now + nearly }).ask(now)).toMatchObject({ state: 'open', since: now - nearly, until: now + nearly });
    expect(openIn({ from: now + nearly, to: now + nearly + hour }).ask(now)).toMatchObject({ state: 'closed', until: now + nearly, nextOpening: { from: now + nearly, to: now + nearly + hour } });
    expect(openIn({ from: now - nearly - hour, to: now - nearly }).ask(now)).toMatchObject({ state: 'closed', since: now - nearly });
  });

  it.each([
    ['first', pageEnd],
    ['last', pageEnd + pageSpan - 1],
  ])('from its %s instant nothing is seen that is 400 days away', (_name, now) => {
    const [before, after] = [now - horizonMilliseconds, now + horizonMilliseconds];
    expect(openIn({ from: before, to: after }).ask(now)).toMatchObject({ state: 'open', since: null, until: null, remainingMilliseconds: null });
    expect(openIn({ from: after, to: after + hour }).ask(now)).toMatchObject({ state: 'closed', until: null, nextOpening: null });
    expect(openIn({ from: before - hour, to: before }).ask(now)).toMatchObject({ state: 'closed', since: null });
  });
});

it.each(['0000-01-01T00:00Z', '9999-12-31T23:59Z'])('%s, the first or the last minute that a policy can write, has an answer', (instant) => {
  expect(prepareCalendar({ window: never, freezes: [] }).ask(at(instant))).toMatchObject({ state: 'closed', at: at(instant) });
});

describe('the openings of a span', () => {
  const sixth = { from: at('2026-12-06T10:00Z'), to: at('2026-12-06T11:00Z') };

  it.each([
    ['with the one that begins at its first instant', sixth.from, sixth.to, [sixth]],
    ['without the one that begins at its end', sixth.from - day, sixth.from, []],
    ['with the one that begins at its last instant, until it closes', sixth.from - day, sixth.from + 1, [sixth]],
    ['without the one that began before', sixth.from + 1, sixth.to + day, []],
  ])('are given %s', (_name, from, to, expected) => {
    expect(openIn(sixth).openings(from, to)).toEqual(expected);
  });

  it('have an end in sight when they last less than 400 days', () => {
    for (const [length, inSight] of [[horizonMilliseconds - 1, true], [horizonMilliseconds, false]] as const) {
      const opening = { from: pageEnd - hour, to: pageEnd - hour + length };
      expect(openIn(opening).openings(opening.from, opening.from + day)).toEqual([{ from: opening.from, to: inSight ? opening.to : null }]);
    }
  });

  it('are found after years without any', () => {
    const extra = ['2026-12-01', '2031-06-01'].map((date) => ({ from: `${date}T10:00`, to: `${date}T11:00`, ...people }));
    const found = prepareCalendar({ window: { ...never, extra }, freezes: [] }).openings(at('2026-01-01T00:00Z'), at('2033-01-01T00:00Z'));
    expect(found.map(({ from }) => written(from))).toEqual(['2026-12-01T10:00', '2031-06-01T10:00']);
  });

  it('are found after one that lasts for years', () => {
    const found = prepareCalendar({ window: always, freezes: [freezeOf('2026-01-01T00:00', '2026-02-01T00:00'), freezeOf('2031-01-01T00:00', '2031-01-02T00:00')] }).openings(at('2026-01-15T00:00Z'), at('2033-01-01T00:00Z'));
    expect(found.map(({ from, to }) => [written(from), to])).toEqual([['2026-02-01T00:00', null], ['2031-01-02T00:00', null]]);
  });

  it.each([NaN, Infinity])('are refused up to %s', (to) => {
    expect(() => prepareCalendar({ window: never, freezes: [] }).openings(0, to)).toThrow(RangeError);
  });
});

describe('the stretches of a span', () => {
  it('are two where one rule carries on what another began', () => {
    const window: WindowPolicy = { ...never, extra: [{ from: '2026-12-01T10:00', to: '2026-12-01T11:00', ...people }, { from: '2026-12-01T11:00', to: '2026-12-01T12:00', ...people }] };
    const found = prepareCalendar({ window, freezes: [] }).stretches(at('2026-12-01T10:30Z'), at('2026-12-01T11:30Z'));
    expect(found.map((one) => (one.kind === 'open' ? [written(one.from), written(one.to), one.rule.path.at(-1)] : []))).toEqual([['2026-12-01T10:30', '2026-12-01T11:00', 0], ['2026-12-01T11:00', '2026-12-01T11:30', 1]]);
  });

  it('are one where one rule holds over the end of a page', () => {
    const extra = [{ from: written(pageEnd - day), to: written(pageEnd + day), ...people }];
    expect(prepareCalendar({ window: { ...never, extra }, freezes: [] }).stretches(pageEnd - hour, pageEnd + hour)).toMatchObject([{ kind: 'open', from: pageEnd - hour, to: pageEnd + hour }]);
  });

  it.each<[string, readonly (readonly [name: string, from: number, to: number])[], number]>([
    ['one where one freeze holds over the end of a page', [['a', -day, day]], 1],
    ['two where one freeze ends and another of its name begins', [['a', -day, 0], ['a', 0, day]], 2],
    ['two where one freeze ends and one of another name goes on', [['a', -day, 0], ['b', -day, day]], 2],
  ])('are %s', (_name, spans, count) => {
    const calendar = prepareCalendar({ window: never, freezes: spans.map(([name, from, to]) => ({ name, zone: 'UTC', ...people, from: pageEnd + from, to: pageEnd + to })) });
    expect(calendar.stretches(pageEnd - hour, pageEnd + hour)).toHaveLength(count);
  });

  it('end with the span, also where something begins just then', () => {
    const window: WindowPolicy = { ...never, extra: [{ from: '2026-12-01T10:00', to: '2026-12-01T11:00', ...people }] };
    const [from, to] = [at('2026-12-01T09:00Z'), at('2026-12-01T10:00Z')];
    expect(prepareCalendar({ window, freezes: [] }).stretches(from, to)).toEqual([{ kind: 'no-window', from, to }]);
  });

  it('are none in a span that is empty', () => {
    expect(prepareCalendar({ window: never, freezes: [] }).stretches(pageEnd, pageEnd)).toEqual([]);
    expect(prepareCalendar({ window: never, freezes: [] }).stretches(pageEnd + 2, pageEnd + 1)).toEqual([]);
  });
});

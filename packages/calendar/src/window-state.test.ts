import { readFileSync } from 'node:fs';
import type { FreezePolicy, Weekday, WindowPolicy } from '@sallyport/policy';
import { describe, expect, it } from 'vitest';
import { openIntervals, windowState } from './window-state.ts';

type Vector = { readonly id: string; readonly zone: string; readonly rule: { readonly days: readonly string[]; readonly start: string; readonly end: string }; readonly instant_utc: string; readonly open: boolean; readonly next_open_utc: string | null; readonly next_close_utc: string | null; readonly opened_utc: string | null; readonly note: string };

const { vectors } = JSON.parse(readFileSync(new URL('fixtures/windows.json', import.meta.url), 'utf8')) as { vectors: readonly Vector[] };
const weekdays: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const thirtyDays = 30 * 24 * 60 * 60_000;

const windowOf = (changes: Partial<WindowPolicy> = {}): WindowPolicy => ({ name: 'saturday-morning', zone: 'America/Los_Angeles', days: ['saturday'], from: '06:00', to: '12:00', except: [], extra: [], ...changes });
const freezeOf = (from: string, to: string): FreezePolicy => ({ name: 'holidays', zone: 'America/Los_Angeles', from, to, owner: '@release-manager', reason: 'peak season' });
const at = (text: string): number => Date.parse(text);
const iso = (instant: number): string => new Date(instant).toISOString().replace('.000Z', 'Z');

describe('the published vectors', () => {
  it('are all here', () => expect(vectors).toHaveLength(296));

  it.each(vectors)('$id in $zone: $note', (vector) => {
    const days = vector.rule.days.flatMap((short) => weekdays.filter((day) => day.startsWith(short)));
    const instant = at(vector.instant_utc);
    const state = windowState(windowOf({ zone: vector.zone, days, from: vector.rule.start, to: vector.rule.end }), [], instant);
    const soon = (time: number | undefined): string | null => (time === undefined || time > instant + thirtyDays ? null : iso(time));
    expect({
      open: state.state === 'open',
      opened: state.state === 'open' && vector.opened_utc !== null ? iso(state.since) : null,
      nextOpen: soon(state.nextOpening?.from),
      nextClose: soon(state.state === 'open' ? state.until : state.nextOpening?.to),
    }).toEqual({ open: vector.open, opened: vector.opened_utc, nextOpen: vector.next_open_utc, nextClose: vector.next_close_utc });
  });
});

describe('bounds', () => {
  it.each([
    ['one millisecond before six', '2026-12-05T13:59:59.999Z', 'closed'],
    ['six o’clock', '2026-12-05T14:00:00.000Z', 'open'],
    ['one millisecond before noon', '2026-12-05T19:59:59.999Z', 'open'],
    ['noon', '2026-12-05T20:00:00.000Z', 'closed'],
  ])('at %s Pacific it is decided to the millisecond', (_name, instant, expected) => {
    expect(windowState(windowOf(), [], at(instant)).state).toBe(expected);
  });
});

describe('exceptions, extra windows and freezes', () => {
  const december = windowOf({ except: ['2026-12-26'], extra: [{ from: '2026-12-29T06:00', to: '2026-12-29T10:00', owner: '@release-manager', reason: 'year-end release' }] });

  it('skip an excepted Saturday and take the extra Tuesday', () => {
    expect(windowState(december, [], at('2026-12-26T15:00:00Z'))).toMatchObject({ state: 'closed', because: 'outside-window', nextOpening: { from: at('2026-12-29T14:00:00Z'), to: at('2026-12-29T18:00:00Z') } });
  });

  it('close an open window while a freeze lasts, and name it', () => {
    const freeze = freezeOf('2026-12-04T00:00', '2026-12-07T00:00');
    expect(windowState(windowOf(), [freeze], at('2026-12-05T15:00:00Z'))).toEqual({ state: 'closed', window: 'saturday-morning', because: 'freeze', freeze: 'holidays', nextOpening: { from: at('2026-12-12T14:00:00Z'), to: at('2026-12-12T20:00:00Z') } });
  });

  it.each([
    ['that begins after the span', '2026-12-05T09:00', '2026-12-05T10:00', '2026-12-05T13:00:00Z', '2026-12-05T15:00:00Z', [{ from: at('2026-12-05T14:00:00Z'), to: at('2026-12-05T17:00:00Z') }]],
    ['that ends before the span', '2026-12-05T07:00', '2026-12-05T08:00', '2026-12-05T19:00:00Z', '2026-12-05T21:00:00Z', [{ from: at('2026-12-05T16:00:00Z'), to: at('2026-12-05T20:00:00Z') }]],
    ['over all of a window', '2026-12-05T00:00', '2026-12-06T00:00', '2026-12-05T13:00:00Z', '2026-12-05T21:00:00Z', []],
    ['in a span without a window', '2026-12-07T00:00', '2026-12-08T00:00', '2026-12-07T00:00:00Z', '2026-12-08T00:00:00Z', []],
  ])('leave the open time that is none of a freeze %s', (_name, freezeFrom, freezeTo, from, to, open) => {
    expect(openIntervals(windowOf(), [freezeOf(freezeFrom, freezeTo)], at(from), at(to))).toEqual(open);
  });

  it('end an open window where a freeze begins', () => {
    expect(windowState(windowOf(), [freezeOf('2026-12-05T09:00', '2026-12-07T00:00')], at('2026-12-05T15:00:00Z'))).toMatchObject({ state: 'open', until: at('2026-12-05T17:00:00Z') });
  });

  it('open in the middle of the window when a freeze ends there', () => {
    expect(windowState(windowOf(), [freezeOf('2026-12-01T00:00', '2026-12-05T09:00')], at('2026-12-05T17:00:00Z'))).toMatchObject({ state: 'open', since: at('2026-12-05T17:00:00Z') });
  });

  it('freeze an extra window too', () => {
    expect(windowState(december, [freezeOf('2026-12-19T00:00', '2027-01-04T00:00')], at('2026-12-29T15:00:00Z'))).toMatchObject({ state: 'closed', because: 'freeze', nextOpening: { from: at('2027-01-09T14:00:00Z') } });
  });

  it('say that nothing opens when every occurrence within reach is frozen', () => {
    expect(windowState(windowOf(), [freezeOf('2026-12-01T00:00', '2029-01-01T00:00')], at('2026-12-05T15:00:00Z'))).toMatchObject({ state: 'closed', nextOpening: null });
  });
});

describe('open time that reaches far', () => {
  const always = windowOf({ days: weekdays, from: '00:00', to: '00:00' });

  it('began where the last freeze ended, weeks ago', () => {
    const state = windowState(always, [freezeOf('2026-01-01T00:00', '2026-01-10T00:00')], at('2026-03-01T00:00:00Z'));
    expect(state).toMatchObject({ state: 'open', since: at('2026-01-10T08:00:00Z') });
  });

  it('ends where a freeze begins, months ahead', () => {
    const state = windowState(always, [freezeOf('2026-12-19T00:00', '2027-01-04T00:00')], at('2026-03-01T00:00:00Z'));
    expect(state).toMatchObject({ state: 'open', until: at('2026-12-19T08:00:00Z'), nextOpening: { from: at('2027-01-04T08:00:00Z') } });
  });

  const [now, far] = [at('2026-03-01T00:00:00Z'), 400 * 86_400_000];

  it('has bounds at least 400 days away when it never closes', () => {
    const state = windowState(always, [], now);
    expect(state).toMatchObject({ state: 'open', nextOpening: null });
    expect(state.state === 'open' && state.since <= now - far && state.until >= now + far).toBe(true);
  });

  it('keeps the bound that is near when the other is not in sight', () => {
    const [opened, closes] = [windowState(always, [freezeOf('2026-01-01T00:00', '2026-01-10T00:00')], now), windowState(always, [freezeOf('2026-12-19T00:00', '2027-01-04T00:00')], now)];
    expect(opened.state === 'open' ? [opened.since, opened.until >= now + far] : opened).toEqual([at('2026-01-10T08:00:00Z'), true]);
    expect(closes.state === 'open' ? [closes.since <= now - far, closes.until] : closes).toEqual([true, at('2026-12-19T08:00:00Z')]);
  });

  it('is the next opening from its exact beginning, also when that never closes', () => {
    const { nextOpening } = windowState(always, [freezeOf('2026-02-01T00:00', '2026-03-10T00:00')], now);
    expect([nextOpening?.from, (nextOpening?.to ?? 0) >= now + far]).toEqual([at('2026-03-10T07:00:00Z'), true]);
  });

  it.each([
    ['not what ends as it begins', '2026-12-05T20:00:00Z', '2026-12-06T00:00:00Z', 0],
    ['what lasts an instant longer', '2026-12-05T19:59:59.999Z', '2026-12-06T00:00:00Z', 1],
    ['not what begins as it ends', '2026-12-05T00:00:00Z', '2026-12-05T14:00:00Z', 0],
    ['what begins an instant before', '2026-12-05T00:00:00Z', '2026-12-05T14:00:00.001Z', 1],
  ])('touches a span: %s', (_name, from, to, count) => {
    expect(openIntervals(windowOf(), [], at(from), at(to))).toHaveLength(count);
    expect(openIntervals(windowOf({ from: '00:00', to: '23:00' }), [freezeOf('2026-12-05T00:00', '2026-12-05T06:00'), freezeOf('2026-12-05T12:00', '2026-12-05T23:00')], at(from), at(to))).toHaveLength(count);
  });

  it('is cut by a freeze that begins in its last hour, after the span', () => {
    expect(openIntervals(windowOf(), [freezeOf('2026-12-12T11:00', '2026-12-14T00:00')], at('2026-12-05T00:00:00Z'), at('2026-12-12T15:00:00Z')).at(-1)).toEqual({ from: at('2026-12-12T14:00:00Z'), to: at('2026-12-12T19:00:00Z') });
  });

  it('says only what touches the span that is asked for', () => {
    const long = windowOf({ days: [], extra: [{ from: '2026-01-01T00:00', to: '2026-01-30T00:00', owner: '@release-manager', reason: 'launch' }] });
    const freeze = freezeOf('2026-01-05T00:00', '2026-01-10T00:00');
    expect(openIntervals(long, [freeze], at('2026-01-20T00:00:00Z'), at('2026-01-21T00:00:00Z'))).toEqual([{ from: at('2026-01-10T08:00:00Z'), to: at('2026-01-30T08:00:00Z') }]);
  });
});

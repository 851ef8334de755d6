import type { FreezePolicy, OpeningHours, Weekday, WindowPolicy } from '@sallyport/policy';
import { describe, expect, it } from 'vitest';
import { prepareCalendar } from './prepare-calendar.ts';
import { UnknownZoneError } from './unknown-zone-error.ts';

const at = (text: string): number => Date.parse(text);
const iso = (instant: number | null | undefined): string | null => (instant == null ? null : new Date(instant).toISOString().replace(':00.000Z', 'Z'));
const zone = 'America/Los_Angeles';
const people = { owner: '@release-manager', reason: 'year-end release' };
const everyDay: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const windowOf = (changes: Partial<WindowPolicy> = {}): WindowPolicy => ({ name: 'saturdays', zone, days: ['saturday'], from: '06:00', to: '12:00', except: [], extra: [], ...changes });
const hoursOf = (changes: Partial<OpeningHours>): OpeningHours => ({ days: ['tuesday'], from: '18:00', to: '20:00', except: [], ...changes });
const freezeOf = (changes: Partial<Extract<FreezePolicy, { every?: never }>> = {}): FreezePolicy => ({ name: 'holidays', zone, from: '2026-12-19T00:00', to: '2027-01-04T00:00', owner: '@dia', reason: 'peak season', ...changes });
const yearly: FreezePolicy = { name: 'every-holidays', zone, every: 'year', from: '12-19T00:00', to: '01-04T00:00', owner: '@dia', reason: 'peak season' };

const opening = (from: string, to: string) => ({ from: at(from), to: at(to) });
const openingsOf = (window: WindowPolicy, from: string, to: string, freezes: readonly FreezePolicy[] = []): readonly string[] => prepareCalendar({ window, freezes }).openings(at(from), at(to)).map((one) => `${iso(one.from)} ${iso(one.to)}`);

describe('the answer', () => {
  it('says of an open window which rule it is, since and until when, what comes next and how long remains', () => {
    const window = windowOf();
    expect(prepareCalendar({ window, freezes: [] }).ask(at('2026-12-05T15:00:00Z'))).toEqual({
      state: 'open',
      at: at('2026-12-05T15:00:00Z'),
      window: 'saturdays',
      rule: { kind: 'hours', path: ['windows', 'saturdays'], hours: window },
      since: at('2026-12-05T14:00:00Z'),
      until: at('2026-12-05T20:00:00Z'),
      nextOpening: opening('2026-12-12T14:00:00Z', '2026-12-12T20:00:00Z'),
      nextClosing: at('2026-12-05T20:00:00Z'),
      remainingMilliseconds: 5 * 3_600_000,
    });
  });

  it('says of a closed window why, since when, and when it opens and closes next', () => {
    expect(prepareCalendar({ window: windowOf(), freezes: [] }).ask(at('2026-12-05T20:00:00Z'))).toEqual({
      state: 'closed',
      at: at('2026-12-05T20:00:00Z'),
      window: 'saturdays',
      why: { because: 'no-window' },
      since: at('2026-12-05T20:00:00Z'),
      until: at('2026-12-12T14:00:00Z'),
      nextOpening: opening('2026-12-12T14:00:00Z', '2026-12-12T20:00:00Z'),
      nextClosing: at('2026-12-12T20:00:00Z'),
      remainingMilliseconds: (7 * 24 - 6) * 3_600_000,
    });
  });

  it('names the freeze that closes it, and when that ends', () => {
    expect(prepareCalendar({ window: windowOf(), freezes: [freezeOf()] }).ask(at('2026-12-26T15:00:00Z'))).toMatchObject({
      state: 'closed',
      why: { because: 'freeze', freeze: { name: 'holidays', owner: '@dia', reason: 'peak season', since: at('2026-12-19T08:00:00Z'), until: at('2027-01-04T08:00:00Z') } },
      since: at('2026-12-12T20:00:00Z'),
      nextOpening: opening('2027-01-09T14:00:00Z', '2027-01-09T20:00:00Z'),
    });
  });

  it.each([
    ['in the window', '2026-12-05T15:00:00Z', ['windows', 'saturdays']],
    ['in more hours', '2026-12-02T02:00:00Z', ['windows', 'saturdays', 'also', 1]],
    ['in an extra window', '2026-12-29T15:00:00Z', ['windows', 'saturdays', 'extra', 0]],
    ['where two hold, by the first in the file', '2026-12-05T19:30:00Z', ['windows', 'saturdays']],
    ['by the next when the first has ended', '2026-12-05T20:30:00Z', ['windows', 'saturdays', 'also', 0]],
  ])('says where in the policy it is written that it is open: %s', (_name, instant, path) => {
    const window = windowOf({ also: [hoursOf({ days: ['saturday'], from: '11:00', to: '13:00' }), hoursOf({})], extra: [{ from: '2026-12-29T06:00', to: '2026-12-29T10:00', ...people }] });
    expect(prepareCalendar({ window, freezes: [] }).ask(at(instant))).toMatchObject({ state: 'open', rule: { path } });
  });

  it('is since and until one rule carries on where another ends', () => {
    const window = windowOf({ also: [hoursOf({ days: ['saturday'], from: '12:00', to: '13:00' })] });
    for (const instant of ['2026-12-05T15:00:00Z', '2026-12-05T20:30:00Z']) {
      expect(prepareCalendar({ window, freezes: [] }).ask(at(instant))).toMatchObject({ since: at('2026-12-05T14:00:00Z'), until: at('2026-12-05T21:00:00Z') });
    }
  });

  it('is the same at every asking, in whatever order', () => {
    const sources = { window: windowOf(), freezes: [yearly] };
    const instants = Array.from({ length: 200 }, (_, index) => at('2020-01-01T00:00:00Z') + index * 11 * 24 * 3_600_000);
    const forwards = prepareCalendar(sources);
    const answers = instants.map((instant) => forwards.ask(instant));
    const backwards = prepareCalendar(sources);
    expect(instants.toReversed().map((instant) => backwards.ask(instant)).toReversed()).toEqual(answers);
    expect(instants.map((instant) => prepareCalendar(sources).ask(instant))).toEqual(answers);
  });

  it.each([Number.NaN, Infinity, -Infinity, Date.parse('9999-12-31T23:59Z') + 1, Date.parse('0000-01-01T00:00Z') - 1])('is refused for %s', (instant) => {
    const calendar = prepareCalendar({ window: windowOf({ days: everyDay, from: '00:00', to: '00:00' }), freezes: [] });
    expect(() => calendar.ask(instant)).toThrow(RangeError);
    expect(() => calendar.openings(instant, 0)).toThrow(RangeError);
    expect(() => calendar.stretches(0, instant)).toThrow(RangeError);
  });

  it('never guesses a zone', () => {
    expect(() => prepareCalendar({ window: windowOf({ zone: 'Nowhere/Land' }), freezes: [] })).toThrow(UnknownZoneError);
    expect(() => prepareCalendar({ window: windowOf(), freezes: [freezeOf({ zone: 'Nowhere/Land' })] }).ask(0)).toThrow(UnknownZoneError);
  });
});

describe('precedence', () => {
  it('a freeze goes before the window, more hours and extra windows', () => {
    const window = windowOf({ also: [hoursOf({})], extra: [{ from: '2026-12-23T06:00', to: '2026-12-23T10:00', ...people }] });
    const calendar = prepareCalendar({ window, freezes: [freezeOf()] });
    expect(['2026-12-26T15:00:00Z', '2026-12-23T03:00:00Z', '2026-12-23T15:00:00Z'].map((instant) => calendar.ask(at(instant)).state)).toEqual(['closed', 'closed', 'closed']);
  });

  it('of two freezes the first is named, be it the policy’s or one from elsewhere', () => {
    const span = { name: 'feed', zone: 'UTC', owner: '@feed', reason: 'holiday', from: at('2026-12-01T00:00:00Z'), to: at('2027-02-01T00:00:00Z') };
    const calendar = prepareCalendar({ window: windowOf(), freezes: [freezeOf({ name: 'one', to: '2026-12-21T00:00' }), freezeOf({ name: 'two' }), span] });
    const named = (instant: string): string | null => {
      const answer = calendar.ask(at(instant));
      return answer.state === 'closed' && answer.why.because === 'freeze' ? answer.why.freeze.name : null;
    };
    expect(['2026-12-18T00:00:00Z', '2026-12-20T00:00:00Z', '2026-12-25T00:00:00Z', '2027-01-20T00:00:00Z', '2027-02-02T00:00:00Z'].map(named)).toEqual(['feed', 'one', 'two', 'feed', null]);
  });

  it('a span from elsewhere closes to the millisecond', () => {
    const calendar = prepareCalendar({ window: windowOf(), freezes: [{ name: 'feed', zone: 'UTC', owner: 'o', reason: 'r', from: at('2026-12-05T15:00:00.001Z'), to: at('2026-12-05T15:00:00.003Z') }] });
    expect([0, 1, 2, 3].map((more) => calendar.ask(at('2026-12-05T15:00:00Z') + more).state)).toEqual(['open', 'closed', 'closed', 'open']);
  });

  it('a span without an end closes for good', () => {
    const calendar = prepareCalendar({ window: windowOf(), freezes: [{ name: 'feed', zone: 'UTC', owner: 'o', reason: 'unreadable', from: 0, to: null }] });
    expect(calendar.ask(at('2026-12-05T15:00:00Z'))).toMatchObject({ state: 'closed', why: { freeze: { name: 'feed', until: null } }, nextOpening: null, until: null, remainingMilliseconds: null });
  });
});

describe('opening hours', () => {
  it('several days and several times of a day', () => {
    const window = windowOf({ days: ['tuesday', 'thursday'], from: '09:00', to: '10:00', also: [hoursOf({ days: ['tuesday'], from: '14:00', to: '15:00' })] });
    expect(openingsOf(window, '2026-12-07T00:00:00Z', '2026-12-12T00:00:00Z')).toEqual(['2026-12-08T17:00Z 2026-12-08T18:00Z', '2026-12-08T22:00Z 2026-12-08T23:00Z', '2026-12-10T17:00Z 2026-12-10T18:00Z']);
  });

  it('a night belongs to the day on which it starts', () => {
    expect(openingsOf(windowOf({ days: ['friday'], from: '22:00', to: '02:00' }), '2026-12-05T00:00:00Z', '2026-12-12T00:00:00Z')).toEqual(['2026-12-05T06:00Z 2026-12-05T10:00Z']);
  });

  it.each([
    ['second tuesday', ['2026-11-10', '2026-12-08', '2027-01-12']],
    ['last friday', ['2026-11-27', '2026-12-25', '2027-01-29']],
    ['fifth saturday', ['2027-01-30']],
    ['first sunday', ['2026-11-01', '2026-12-06', '2027-01-03']],
  ] as const)('once a month, on the %s', (day, dates) => {
    const found = openingsOf(windowOf({ days: [day], from: '06:00', to: '07:00' }), '2026-11-01T00:00:00Z', '2027-02-01T00:00:00Z');
    expect(found.map((one) => one.slice(0, 10))).toEqual(dates);
  });

  it('from the first day of its validity to the last, both included', () => {
    expect(openingsOf(windowOf({ since: '2026-12-05', until: '2026-12-12' }), '2026-11-01T00:00:00Z', '2027-02-01T00:00:00Z').map((one) => one.slice(0, 10))).toEqual(['2026-12-05', '2026-12-12']);
  });

  it('the validity and the exceptions of the window hold for more hours too, and theirs for them alone', () => {
    const window = windowOf({ since: '2026-12-05', until: '2026-12-31', except: ['2026-12-15', '2026-12-19'], also: [hoursOf({ since: '2026-12-08', until: '2027-12-31', except: ['2026-12-22', '2026-12-26'] })] });
    expect(openingsOf(window, '2026-11-01T00:00:00Z', '2027-02-01T00:00:00Z').map((one) => one.slice(0, 10))).toEqual(['2026-12-05', '2026-12-09', '2026-12-12', '2026-12-26', '2026-12-30']);
  });

  it('an extra window happens whatever validity and exceptions say', () => {
    const window = windowOf({ until: '2026-11-30', except: ['2026-12-29'], extra: [{ from: '2026-12-29T06:00', to: '2026-12-29T10:00', ...people }] });
    expect(openingsOf(window, '2026-12-01T00:00:00Z', '2027-12-01T00:00:00Z')).toEqual(['2026-12-29T14:00Z 2026-12-29T18:00Z']);
  });
});

describe('freezes', () => {
  const frozenAt = (freeze: FreezePolicy, instant: string): boolean => prepareCalendar({ window: windowOf({ days: everyDay, from: '00:00', to: '00:00' }), freezes: [freeze] }).ask(at(instant)).state === 'closed';

  it.each([
    ['a millisecond before it begins', '2026-12-19T07:59:59.999Z', false],
    ['when it begins', '2026-12-19T08:00:00.000Z', true],
    ['on New Year’s Eve', '2026-12-31T12:00:00.000Z', true],
    ['in the next year', '2027-01-02T12:00:00.000Z', true],
    ['a millisecond before it ends', '2027-01-04T07:59:59.999Z', true],
    ['when it ends', '2027-01-04T08:00:00.000Z', false],
    ['in summer', '2027-07-01T12:00:00.000Z', false],
    ['a year later', '2027-12-25T12:00:00.000Z', true],
    ['many years later', '2096-12-25T12:00:00.000Z', true],
    ['in the past', '1999-12-31T12:00:00.000Z', true],
  ])('every year: %s', (_name, instant, expected) => {
    expect(frozenAt(yearly, instant)).toBe(expected);
  });

  it('every year, nearly all of it', () => {
    const freeze: FreezePolicy = { ...yearly, from: '01-04T00:00', to: '01-03T00:00' };
    expect(['2026-01-02T12:00:00Z', '2026-01-03T12:00:00Z', '2026-01-04T12:00:00Z', '2026-12-31T12:00:00Z'].map((instant) => frozenAt(freeze, instant))).toEqual([true, false, true, true]);
  });

  it('without an end, from its first minute on', () => {
    expect(['2026-12-01T07:59:59.999Z', '2026-12-01T08:00:00Z', '2096-01-01T00:00:00Z'].map((instant) => frozenAt(freezeOf({ from: '2026-12-01T00:00', to: null }), instant))).toEqual([false, true, true]);
  });

  it('without an end has no until', () => {
    const answer = prepareCalendar({ window: windowOf(), freezes: [freezeOf({ from: '2026-12-01T00:00', to: null })] }).ask(at('2026-12-05T15:00:00Z'));
    expect(answer).toMatchObject({ state: 'closed', why: { because: 'freeze', freeze: { since: at('2026-12-01T08:00:00Z'), until: null } }, since: at('2026-11-28T20:00:00Z'), nextOpening: null, nextClosing: null });
  });
});

describe('what lies far away', () => {
  const always = windowOf({ days: everyDay, from: '00:00', to: '00:00' });

  it('a window that never closes has no bounds and no next opening', () => {
    expect(prepareCalendar({ window: always, freezes: [] }).ask(at('2026-12-05T15:00:00Z'))).toMatchObject({ state: 'open', since: null, until: null, nextOpening: null, nextClosing: null, remainingMilliseconds: null });
  });

  it('an opening is in sight less than 400 days ahead', () => {
    const calendar = prepareCalendar({ window: windowOf({ since: '2027-12-25' }), freezes: [] });
    const opens = at('2027-12-25T14:00:00Z');
    const ahead = 400 * 86_400_000;
    expect(calendar.ask(opens - ahead).nextOpening).toBeNull();
    expect(calendar.ask(opens - ahead + 1).nextOpening).toEqual(opening('2027-12-25T14:00:00Z', '2027-12-25T20:00:00Z'));
  });

  it('a closing is in sight less than 400 days ahead, and an opening less than 400 days ago', () => {
    const calendar = prepareCalendar({ window: always, freezes: [freezeOf(), freezeOf({ name: 'later', from: '2030-01-01T00:00', to: '2030-01-02T00:00' })] });
    const ahead = 400 * 86_400_000;
    const [opened, closes] = [at('2027-01-04T08:00:00Z'), at('2030-01-01T08:00:00Z')];
    expect([calendar.ask(closes - ahead).until, calendar.ask(closes - ahead + 1).until]).toEqual([null, closes]);
    expect([calendar.ask(opened + ahead).since, calendar.ask(opened + ahead - 1).since]).toEqual([null, opened]);
    expect(calendar.ask(at('2026-12-25T00:00:00Z')).nextOpening).toEqual({ from: opened, to: null });
  });

  it('a window closed for long has not closed in sight', () => {
    expect(prepareCalendar({ window: windowOf({ until: '2024-01-01' }), freezes: [] }).ask(at('2026-12-05T15:00:00Z'))).toMatchObject({ state: 'closed', since: null, nextOpening: null, remainingMilliseconds: null });
  });

  it('openings carry on over the end of a page, each once', () => {
    const pageEnd = Math.ceil(at('2026-12-01T00:00:00Z') / 2 ** 33) * 2 ** 33;
    const long = [{ from: new Date(pageEnd - 86_400_000).toISOString().slice(0, 16), to: new Date(pageEnd + 300 * 86_400_000).toISOString().slice(0, 16), ...people }];
    const calendar = prepareCalendar({ window: windowOf({ zone: 'UTC', until: '2000-01-01', extra: long }), freezes: [] });
    const [from, to] = [at(`${long[0]?.from}Z`), at(`${long[0]?.to}Z`)];
    expect(calendar.openings(from - 1, to)).toEqual([{ from, to }]);
    expect(calendar.openings(from + 1, to)).toEqual([]);
    for (const instant of [from, pageEnd - 1, pageEnd, pageEnd + 1, pageEnd + 2 ** 33, to - 1]) expect(calendar.ask(instant)).toMatchObject({ state: 'open', since: from, until: to });
    expect(calendar.ask(to)).toMatchObject({ state: 'closed', since: to });
  });

  it('of a window that never closes again, the one opening', () => {
    expect(prepareCalendar({ window: always, freezes: [freezeOf()] }).openings(at('2026-12-20T00:00:00Z'), at('2029-01-01T00:00:00Z'))).toEqual([{ from: at('2027-01-04T08:00:00Z'), to: null }]);
  });
});

describe('stretches', () => {
  it('say what holds, cut off at the bounds, and join over the end of a page', () => {
    const calendar = prepareCalendar({ window: windowOf(), freezes: [freezeOf()] });
    const told = calendar.stretches(at('2026-12-12T15:00:00Z'), at('2027-01-09T15:00:00Z')).map((stretch) => `${iso(stretch.from)} ${stretch.kind}`);
    expect(told).toEqual(['2026-12-12T15:00Z open', '2026-12-12T20:00Z no-window', '2026-12-19T08:00Z freeze', '2027-01-04T08:00Z no-window', '2027-01-09T14:00Z open']);
  });

  it('are one where one thing holds for years', () => {
    const [from, to] = [at('2026-01-01T00:00:00Z'), at('2028-01-01T00:00:00Z')];
    expect(prepareCalendar({ window: windowOf({ until: '2000-01-01' }), freezes: [] }).stretches(from, to)).toEqual([{ kind: 'no-window', from, to }]);
    expect(prepareCalendar({ window: windowOf(), freezes: [freezeOf({ from: '2020-01-01T00:00', to: null })] }).stretches(from, to)).toHaveLength(1);
  });
});

import type { WindowPolicy } from '@sallyport/policy';
import { describe, expect, it } from 'vitest';
import { planStart } from './plan-start.ts';
import { prepareCalendar } from './prepare-calendar.ts';

const at = (text: string): number => Date.parse(text);
/** Half an hour on Tuesdays, six hours on Saturdays. */
const window: WindowPolicy = { name: 'w', zone: 'America/Los_Angeles', days: ['saturday'], from: '06:00', to: '12:00', also: [{ days: ['tuesday'], from: '06:00', to: '06:30', except: [] }], except: [], extra: [] };
const calendar = prepareCalendar({ window, freezes: [] });
const need = { expectedSeconds: 1800, reserveSeconds: 300 };

describe('planStart', () => {
  it.each([
    ['at once while it fits', '2026-12-05T15:00:00Z', { start: 'now', lastSafeStart: at('2026-12-05T19:25:00Z') }],
    ['at the last safe start', '2026-12-05T19:25:00Z', { start: 'now', lastSafeStart: at('2026-12-05T19:25:00Z') }],
    ['a millisecond later in the next window that is long enough', '2026-12-05T19:25:00.001Z', { start: 'later', opensAt: at('2026-12-12T14:00:00Z'), lastSafeStart: at('2026-12-12T19:25:00Z') }],
    ['on Saturday, because Tuesday is too short', '2026-12-07T00:00:00Z', { start: 'later', opensAt: at('2026-12-12T14:00:00Z'), lastSafeStart: at('2026-12-12T19:25:00Z') }],
  ])('says %s', (_name, instant, plan) => {
    expect(planStart(calendar, at(instant), need)).toEqual(plan);
  });

  it('takes an opening that is exactly long enough', () => {
    expect(planStart(calendar, at('2026-12-07T00:00:00Z'), { expectedSeconds: 1500, reserveSeconds: 300 })).toEqual({ start: 'later', opensAt: at('2026-12-08T14:00:00Z'), lastSafeStart: at('2026-12-08T14:00:00Z') });
  });

  it('says that no opening is long enough', () => {
    expect(planStart(calendar, at('2026-12-05T15:00:00Z'), { expectedSeconds: 6 * 3600, reserveSeconds: 1 })).toEqual({ start: 'not-in-sight' });
  });

  it('says so when no opening is to come', () => {
    expect(planStart(prepareCalendar({ window: { ...window, until: '2026-12-01' }, freezes: [] }), at('2026-12-05T15:00:00Z'), need)).toEqual({ start: 'not-in-sight' });
    expect(planStart(prepareCalendar({ window: { ...window, until: '2026-12-08' }, freezes: [] }), at('2026-12-05T19:30:00Z'), need)).toEqual({ start: 'not-in-sight' });
  });

  it('looks less than 400 days ahead for an opening that is long enough', () => {
    const long = prepareCalendar({ window: { ...window, days: ['tuesday'], to: '06:30', extra: [{ from: '2028-01-08T06:00', to: '2028-01-08T12:00', owner: '@ana', reason: 'launch' }] }, freezes: [] });
    const opens = at('2028-01-08T14:00:00Z');
    const ahead = 400 * 86_400_000;
    expect(planStart(long, opens - ahead, need)).toEqual({ start: 'not-in-sight' });
    expect(planStart(long, opens - ahead + 1, need)).toEqual({ start: 'later', opensAt: opens, lastSafeStart: at('2028-01-08T19:25:00Z') });
  });

  it('has no last start in a window that does not close', () => {
    const always = prepareCalendar({ window: { ...window, days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'], from: '00:00', to: '00:00' }, freezes: [{ name: 'f', zone: 'UTC', from: '2026-12-01T00:00', to: '2026-12-02T00:00', owner: 'o', reason: 'r' }] });
    expect(planStart(always, at('2026-12-05T15:00:00Z'), need)).toEqual({ start: 'now', lastSafeStart: null });
    expect(planStart(always, at('2026-12-01T15:00:00Z'), need)).toEqual({ start: 'later', opensAt: at('2026-12-02T00:00:00Z'), lastSafeStart: null });
  });
});

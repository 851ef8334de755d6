import type { FreezePolicy, Weekday, WindowPolicy } from '@sallyport/policy';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { openIntervals, windowState } from './window-state.ts';

const weekdays: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

const windowOf = (changes: Partial<WindowPolicy>): WindowPolicy => ({ name: 'saturday-morning', zone: 'America/Los_Angeles', days: ['saturday'], from: '06:00', to: '12:00', except: [], extra: [], ...changes });
const freezeOf = (from: string, to: string): FreezePolicy => ({ name: 'holidays', zone: 'America/Los_Angeles', from, to, owner: '@release-manager', reason: 'peak season' });
const at = (text: string): number => Date.parse(text);

/** The slow and obvious answer: look at the wall clock of this minute. Good where the window crosses no change of the clock. */
function obviouslyOpen(window: WindowPolicy, instant: number): boolean {
  const local = DateTime.fromMillis(instant, { zone: window.zone });
  const minutes = local.hour * 60 + local.minute;
  const [from = 0, to = 0] = [window.from, window.to].map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
  const isDay = (weekday: number): boolean => window.days.includes(weekdays[(weekday + 6) % 7] ?? 'monday');
  if (to > from) return isDay(local.weekday) && from <= minutes && minutes < to;
  return (isDay(local.weekday) && minutes >= from) || (isDay(local.weekday - 1) && minutes < to);
}

const time = fc.tuple(fc.integer({ min: 4, max: 23 }), fc.integer({ min: 0, max: 59 })).map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const anyWindow = fc.record({
  zone: fc.constantFrom('America/Los_Angeles', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Apia', 'Europe/Berlin', 'Australia/Lord_Howe', 'UTC'),
  days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
  from: time,
  to: time,
});
const anyInstant = fc.integer({ min: at('2015-01-01T00:00:00Z'), max: at('2037-12-31T00:00:00Z') });

describe('the laws', () => {
  it('open means what the wall clock says, for windows between four in the morning and midnight', () => {
    fc.assert(
      fc.property(anyWindow, anyInstant, (rule, instant) => {
        const window = windowOf(rule);
        fc.pre(window.to > window.from);
        expect(windowState(window, [], instant).state === 'open').toBe(obviouslyOpen(window, instant));
      }),
      { numRuns: 500 },
    );
  });

  it('it is open exactly when some interval contains the instant, and the next opening is the least', () => {
    fc.assert(
      fc.property(anyWindow, anyInstant, (rule, instant) => {
        const window = windowOf(rule);
        const state = windowState(window, [], instant);
        const around = openIntervals(window, [], instant - 20 * 86_400_000, instant + 20 * 86_400_000);
        expect(state.state === 'open').toBe(around.some(({ from, to }) => from <= instant && instant < to));
        const neverCloses = around.length === 1 && (around[0]?.to ?? 0) > instant + 15 * 86_400_000;
        expect(state.nextOpening).toEqual(neverCloses ? null : around.find(({ from }) => from > instant));
      }),
      { numRuns: 300 },
    );
  });

  it('a freeze never opens anything', () => {
    fc.assert(
      fc.property(anyWindow, anyInstant, fc.integer({ min: 0, max: 5000 }), (rule, instant, hours) => {
        const window = windowOf(rule);
        const from = new Date(instant - hours * 3_600_000).toISOString().slice(0, 16);
        const to = new Date(instant + hours * 3_600_000 + 60_000).toISOString().slice(0, 16);
        const frozen = windowState(window, [freezeOf(from, to)], instant);
        if (frozen.state === 'open') expect(windowState(window, [], instant).state).toBe('open');
      }),
      { numRuns: 40 },
    );
  });
});

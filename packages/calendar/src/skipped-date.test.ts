import type { FreezePolicy, WindowPolicy } from '@sallyport/policy';
import { describe, expect, it } from 'vitest';
import { openIntervals, windowState } from './window-state.ts';

const at = (text: string): number => Date.parse(text);
const everyDay: WindowPolicy['days'] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const windowOf = (changes: Partial<WindowPolicy>): WindowPolicy => ({ name: 'nightly', zone: 'Pacific/Apia', days: everyDay, from: '22:00', to: '04:00', except: [], extra: [], ...changes });
const freezeOf = (from: string, to: string): FreezePolicy => ({ name: 'date-line', zone: 'Pacific/Apia', from, to, owner: '@release-manager', reason: 'the date line moves' });

/** Samoa had no 30 December 2011: 29 December ended at 10:00 UTC on the 30th, and the 31st began there. */
const skip = at('2011-12-30T10:00:00Z');

describe('around a date that the zone skipped', () => {
  it('a night that would end on it ends at the skip, and the night that would start on it does not happen', () => {
    expect(openIntervals(windowOf({}), [], at('2011-12-30T00:00:00Z'), at('2011-12-31T12:00:00Z'))).toEqual([
      { from: at('2011-12-30T08:00:00Z'), to: skip },
      { from: at('2011-12-31T08:00:00Z'), to: at('2011-12-31T14:00:00Z') },
    ]);
  });

  it('a window by day on it does not happen', () => {
    const days = openIntervals(windowOf({ days: ['friday'], from: '06:00', to: '10:00' }), [], at('2011-12-29T00:00:00Z'), at('2012-01-04T00:00:00Z'));
    expect(days).toEqual([]);
  });

  it.each([
    ['begins', '2011-12-30T06:00', '2011-12-31T06:00'],
    ['ends', '2011-12-29T06:00', '2011-12-30T06:00'],
  ])('an extra window that %s on it does not happen', (_name, from, to) => {
    const extra = [{ from, to, owner: '@release-manager', reason: 'launch' }];
    expect(openIntervals(windowOf({ until: '2000-01-01', extra }), [], at('2011-12-01T00:00:00Z'), at('2012-02-01T00:00:00Z'))).toEqual([]);
  });

  it.each([
    ['begins', freezeOf('2011-12-30T06:00', '2012-01-05T00:00'), '2012-01-02T00:00:00Z'],
    ['ends', freezeOf('2011-12-20T00:00', '2011-12-30T06:00'), '2011-12-30T09:00:00Z'],
  ])('a freeze that %s on it still freezes', (_name, freeze, instant) => {
    expect(windowState(windowOf({ from: '00:00', to: '00:00' }), [freeze], at(instant))).toMatchObject({ state: 'closed', because: 'freeze', freeze: 'date-line' });
  });

  it('a freeze that begins and ends on it freezes nothing', () => {
    expect(windowState(windowOf({ from: '00:00', to: '00:00' }), [freezeOf('2011-12-30T00:00', '2011-12-30T23:00')], skip).state).toBe('open');
  });
});

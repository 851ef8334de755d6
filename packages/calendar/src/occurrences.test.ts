import type { WindowPolicy } from '@sallyport/policy';
import { describe, expect, it } from 'vitest';
import { occurrences } from './occurrences.ts';

const at = (text: string): number => Date.parse(text);
/** Six hours on Saturdays and two on Sunday nights, in a zone that is always 5:45 ahead. */
const window: WindowPolicy = { name: 'w', zone: 'Asia/Kathmandu', days: ['saturday'], from: '06:00', to: '12:00', also: [{ days: ['sunday'], from: '23:00', to: '01:00', except: [] }], except: [], extra: [{ from: '2020-01-01T00:00', to: '2020-01-02T00:00', owner: '@ana', reason: 'launch' }] };
const [opens, closes] = [at('2026-12-05T00:15:00Z'), at('2026-12-05T06:15:00Z')];
const [night, morning] = [at('2026-12-06T17:15:00Z'), at('2026-12-06T19:15:00Z')];

describe('occurrences that touch a span', () => {
  it.each([
    ['the one whose first instant is the last of the span', opens - 1000, opens + 1, [opens]],
    ['none that begins as the span ends', opens - 1000, opens, []],
    ['the one whose last instant is the first of the span', closes - 1, closes + 1000, [opens]],
    ['none that ends as the span begins', closes, closes + 1000, []],
    ['the night that began on the day before', morning - 1, morning + 1000, [night]],
    ['all of a weekend, in order', opens, morning, [opens, night]],
  ])('are %s', (_name, from, to, expected) => {
    expect(occurrences(window, from, to).map((one) => one.from)).toEqual(expected);
  });

  it('are those of the date after UTC’s, where the clock is a day ahead', () => {
    const kiritimati: WindowPolicy = { ...window, zone: 'Pacific/Kiritimati', days: ['sunday'], from: '00:00', to: '06:00', also: [] };
    expect(occurrences(kiritimati, at('2026-12-05T10:30:00Z'), at('2026-12-05T11:00:00Z'))).toEqual([{ from: at('2026-12-05T10:00:00Z'), to: at('2026-12-05T16:00:00Z') }]);
  });

  it('are whole, also where the span holds only an instant of them', () => {
    expect(occurrences(window, opens + 1, opens + 2)).toEqual([{ from: opens, to: closes }]);
  });
});

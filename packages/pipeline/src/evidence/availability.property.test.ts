import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policyOf } from '@sallyport/gates/testing';
import { availabilityOf, monthAvailability, windowsOf } from './availability.ts';
import type { Outage } from './parse-outages.ts';
import { differenceOf, intersectionOf, lengthOf } from './spans.ts';

const month = { month: '2026-12', whole: true, from: 0, to: 10_000_000 };
const span = fc.tuple(fc.integer({ min: -1000, max: 11_000 }), fc.integer({ min: 1, max: 4000 })).map(([from, length]) => ({ from: from * 1000, to: (from + length) * 1000 }));
const spans = fc.array(span, { maxLength: 6 });
const outages = (kind: Outage['kind']) => spans.map((list) => list.map((one): Outage => ({ ...one, kind, reason: 'x' })));
const question = fc.record({ planned: outages('planned'), unplanned: outages('unplanned'), windows: spans });
const judged = ({ planned, unplanned, windows }: { readonly planned: readonly Outage[]; readonly unplanned: readonly Outage[]; readonly windows: readonly { readonly from: number; readonly to: number }[] }) => monthAvailability(month, [...planned, ...unplanned], windows);

describe('the availability of a month', () => {
  it('lies between none and all, and what is down is either excluded or unplanned', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { raw, contractual, downSeconds, excludedSeconds, unplannedSeconds, totalSeconds } = judged(asked);
        expect(raw >= 0 && raw <= 1 && (contractual === null || (contractual >= 0 && contractual <= 1))).toBe(true);
        expect([downSeconds, downSeconds <= totalSeconds]).toEqual([excludedSeconds + unplannedSeconds, true]);
      }),
    );
  });

  it('is never lowered by planning: not below the raw figure, nor below the same outage unplanned', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const planned = judged(asked);
        const unplanned = judged({ ...asked, planned: [], unplanned: [...asked.unplanned, ...asked.planned] });
        const figure = planned.contractual ?? 1;
        expect(figure >= planned.raw && figure >= (unplanned.contractual ?? 0)).toBe(true);
        expect(planned.raw).toBe(unplanned.raw);
      }),
    );
  });

  it('is never raised by one more unplanned outage', () => {
    fc.assert(
      fc.property(question, outages('unplanned'), (asked, more) => {
        expect((judged({ ...asked, unplanned: [...asked.unplanned, ...more] }).contractual ?? 0) <= (judged(asked).contractual ?? 1)).toBe(true);
      }),
    );
  });

  it('counts an outage once, in whatever order and pieces it is listed', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const pieces = asked.unplanned.flatMap((outage) => [{ ...outage, to: (outage.from + outage.to) / 2 }, { ...outage, from: (outage.from + outage.to) / 2 }]);
        expect(judged({ ...asked, unplanned: [...pieces.reverse(), ...asked.unplanned] })).toEqual(judged(asked));
      }),
    );
  });
});

describe('sets of spans', () => {
  it('lose to a difference exactly what they share', () => {
    fc.assert(fc.property(spans, spans, (one, other) => void expect(lengthOf(differenceOf(one, other)) + lengthOf(intersectionOf(one, other))).toBe(lengthOf(one))));
  });
});

describe('availabilityOf', () => {
  const at = (text: string): number => Date.parse(text);
  const zone = 'America/Los_Angeles';
  const december = { from: at('2026-12-01T00:00:00-08:00'), to: at('2027-01-01T00:00:00-08:00') };
  const windows = windowsOf([{ since: -Infinity, policy: policyOf() }], 'production', december);

  it.each<[string, string, string, Outage['kind'], number, number]>([
    ['planned inside the window is excluded', '2026-12-05T06:00:00-08:00', '2026-12-05T06:40:00-08:00', 'planned', 2400, 0],
    ['planned that overruns the window is down from its end', '2026-12-05T11:40:00-08:00', '2026-12-05T12:10:00-08:00', 'planned', 1200, 600],
    ['planned on a weekday is down', '2026-12-02T06:00:00-08:00', '2026-12-02T06:10:00-08:00', 'planned', 0, 600],
    ['unplanned inside the window is down', '2026-12-05T06:00:00-08:00', '2026-12-05T06:10:00-08:00', 'unplanned', 0, 600],
  ])('%s', (_name, from, to, kind, excludedSeconds, unplannedSeconds) => {
    const { months } = availabilityOf({ zone, period: december, windows, outages: [{ from: at(from), to: at(to), kind, reason: 'x' }] });
    expect(months).toMatchObject([{ month: '2026-12', whole: true, excludedSeconds, unplannedSeconds }]);
  });

  it('counts what is down unplanned during maintenance as unplanned', () => {
    const span = { from: at('2026-12-05T06:00:00-08:00'), to: at('2026-12-05T06:40:00-08:00'), reason: 'x' };
    const { months } = availabilityOf({ zone, period: december, windows, outages: [{ ...span, kind: 'planned' }, { ...span, to: span.from + 600_000, kind: 'unplanned' }] });
    expect(months).toMatchObject([{ downSeconds: 2400, excludedSeconds: 1800, unplannedSeconds: 600 }]);
  });

  it('meets 99.9 % with 44 minutes of December down, and misses it with 45', () => {
    const down = (minutes: number) => availabilityOf({ zone, period: december, windows, outages: [{ from: december.from, to: december.from + minutes * 60_000, kind: 'unplanned', reason: 'x' }] }).months[0];
    expect([down(44), down(45)]).toMatchObject([{ met: true, contractual: 0.999014 }, { met: false, contractual: 0.998991 }]);
  });

  it('cuts months where the zone does, and a period where it begins and ends', () => {
    const { months } = availabilityOf({ zone, period: { from: at('2026-10-31T12:00:00-07:00'), to: at('2026-12-01T00:00:00-08:00') }, windows: [], outages: [] });
    expect(months.map(({ month: name, whole, totalSeconds }) => [name, whole, totalSeconds])).toEqual([['2026-10', false, 43_200], ['2026-11', true, 30 * 86_400 + 3600]]);
  });

  it('goes by the policy that was in force', () => {
    const history = [{ since: -Infinity, policy: policyOf() }, { since: at('2026-12-10T00:00:00-08:00'), policy: policyOf({ windows: [] }) }];
    expect(windowsOf(history, 'production', december).map(({ from }) => new Date(from).toISOString())).toEqual(['2026-12-05T14:00:00.000Z']);
  });
});

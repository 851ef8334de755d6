import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecord, ordinaryRelease, reportOf } from './evidence.fixture.ts';
import { partsOf, spanOf } from './delivery-figures.ts';
import { notRecorded, recorded } from './recorded.ts';

const at = (seconds: number): string => new Date(seconds * 1000).toISOString();
const person = notRecorded('x');

type Times = { readonly pushed: number; readonly merged: number; readonly healthy: number; readonly soak: number; readonly start: number; readonly end: number };

const parts = ({ pushed, merged, healthy, soak, start, end }: Times) =>
  partsOf(
    {
      staging: recorded({ environment: 'staging', number: 1, startedAt: person, healthySince: at(healthy), soakedSeconds: 0, requiredSeconds: recorded(soak) }),
      production: { intendedAt: at(start), endedAt: recorded(at(end)) } as Parameters<typeof partsOf>[0]['production'],
    },
    { firstPushAt: recorded(at(pushed)), merge: { commit: '1'.repeat(40), at: at(merged), by: person } },
  );

describe('the way of a change', () => {
  it('is divided into parts that are never negative and add up to the whole', () => {
    const seconds = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(fc.array(seconds, { minLength: 4, maxLength: 4 }), seconds, seconds, (times, healthy, soak) => {
        const [pushed = 0, merged = 0, start = 0, end = 0] = times.toSorted((a, b) => a - b);
        const { total, work, staging, waiting, deploying } = parts({ pushed, merged, healthy, soak, start, end }) ?? { total: -1, work: 0, staging: 0, waiting: 0, deploying: 0 };
        expect([work + staging + waiting + deploying, Math.min(work, staging, waiting, deploying) >= 0]).toEqual([total, true]);
        expect(total).toBe(end - pushed);
      }),
    );
  });

  it.each<[string, Partial<Times>, { readonly staging: number; readonly waiting: number }]>([
    ['waits from the end of the soak to the start', {}, { staging: 150, waiting: 250 }],
    ['does not wait when it goes before the soak ended', { soak: 10_000 }, { staging: 400, waiting: 0 }],
    ['waits from the merge where nothing had to soak', { healthy: 0, soak: 0 }, { staging: 0, waiting: 400 }],
  ])('%s', (_name, changes, expected) => {
    expect(parts({ pushed: 0, merged: 100, healthy: 150, soak: 100, start: 500, end: 600, ...changes })).toMatchObject({ total: 600, work: 100, deploying: 100, ...expected });
  });

  it('is not counted when its times are out of order', () => {
    expect(parts({ pushed: 200, merged: 100, healthy: 150, soak: 100, start: 500, end: 600 })).toBeNull();
  });

  it('is counted as not counted, when a time is missing', async () => {
    const record = createRecord();
    await ordinaryRelease(record);
    // The fixture's change was merged before it was pushed.
    expect((await reportOf(record)).delivery.leadTime).toMatchObject({ changes: 0, notCounted: 1, total: { medianSeconds: null } });
  });
});

describe('spanOf', () => {
  it.each<[readonly number[], number | null, number | null]>([
    [[], null, null],
    [[5], 5, 5],
    [[9, 1, 5], 5, 9],
    [[1, 4], 3, 4],
  ])('of %j', (values, medianSeconds, longestSeconds) => {
    expect(spanOf(values)).toEqual({ medianSeconds, longestSeconds });
  });
});

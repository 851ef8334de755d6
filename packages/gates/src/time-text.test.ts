import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timeText } from './time-text.ts';

describe('an instant as text', () => {
  test.each([
    '1970-01-01T00:00:00Z',
    '1969-12-31T23:59:59.999Z',
    '2000-02-29T12:00:00.001Z',
    '1900-02-28T23:59:59.999Z',
    '1900-03-01T00:00:00Z',
    '2026-11-23T10:00:00.010Z',
    '2026-12-31T23:59:59.099Z',
    '2028-02-29T00:00:00Z',
    '0001-01-01T00:00:00Z',
    '0000-12-31T23:59:59.999Z',
    '9999-12-31T23:59:59.999Z',
    '+010000-01-01T00:00:00Z',
  ])('is %s', (text) => {
    expect(timeText(Date.parse(text))).toBe(text);
  });

  test('is what a Date writes, without milliseconds that are zero', () => {
    fc.assert(fc.property(fc.date({ noInvalidDate: true }), (date) => { expect(timeText(date.getTime())).toBe(date.toISOString().replace('.000Z', 'Z')); }), { numRuns: 2000 });
    fc.assert(fc.property(fc.date({ min: new Date('1890-01-01'), max: new Date('2110-01-01'), noInvalidDate: true }), (date) => { expect(timeText(date.getTime())).toBe(date.toISOString().replace('.000Z', 'Z')); }), { numRuns: 2000 });
  });
});

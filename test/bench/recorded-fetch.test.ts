import { expect, it } from 'vitest';
import { countRoundTrips, isFurtherPage } from './recorded-fetch.ts';

const exchange = (startedAt: number, endedAt: number, query = '') => ({ url: new URL(`http://example.invalid/things${query}`), status: 200, startedAt, endedAt });

it.each([
  ['nothing is no round trip', [], 0],
  ['what overlaps is one', [exchange(0, 80), exchange(1, 81), exchange(79, 160)], 1],
  ['what waits is another', [exchange(0, 80), exchange(80, 160)], 2],
  ['the longest row counts, in whatever order it is told', [exchange(161, 241), exchange(0, 80), exchange(1, 200), exchange(81, 160)], 3],
])('%s', (_name, exchanges, expected) => {
  expect(countRoundTrips(exchanges)).toBe(expected);
});

it.each([
  ['', false],
  ['?page=1', false],
  ['?page=2', true],
  ['?after=Y3Vyc29y', true],
])('%j is a further page: %s', (query, expected) => {
  expect(isFurtherPage(exchange(0, 1, query))).toBe(expected);
});

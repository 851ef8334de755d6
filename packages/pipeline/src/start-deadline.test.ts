import { expect, it } from 'vitest';
import { neverStarts, startBy, startWithinSeconds } from './start-deadline.ts';

const minutes = (count: number): number => count * 60_000;
const intendedAt = Date.parse('2026-12-05T14:00:00Z');

it.each([
  ['an hour where the policy says nothing', {}, 60],
  ['what the policy says', { startWithinSeconds: 300 }, 5],
])('a deploy has to begin within %s', (_name, environment, expected) => {
  expect(startWithinSeconds(environment)).toBe(expected * 60);
  expect(startBy(environment, intendedAt)).toBe(intendedAt + minutes(expected));
});

it.each([
  ['at the deadline', minutes(60), false],
  ['when a run made in time may not be shown yet', minutes(70), false],
  ['when it would be shown', minutes(70) + 1, true],
])('a promotion without a run is not over before a run made in time would be shown: %s', (_name, after, expected) => {
  expect(neverStarts({}, intendedAt, intendedAt + after)).toBe(expected);
});

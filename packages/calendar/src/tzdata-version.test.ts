import { expect, it } from 'vitest';
import { tzdataVersion } from './tzdata-version.ts';

it.each([
  ['the version that the runtime states', { node: '20.19.0', tz: '2026d' }, '2026d'],
  ['unknown where it states none', { node: '20.19.0' }, 'unknown'],
])('gives %s', (_name, versions, expected) => {
  expect(tzdataVersion(versions)).toBe(expected);
});

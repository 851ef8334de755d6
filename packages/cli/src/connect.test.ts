import { expect, it } from 'vitest';
import { cacheDirectory } from './connect.ts';

it.each([
  ['where XDG_CACHE_HOME says', { XDG_CACHE_HOME: '/caches', HOME: '/home/ada' }, '/caches/sallyport/answers'],
  ['in ~/.cache without it', { HOME: '/home/ada' }, '/home/ada/.cache/sallyport/answers'],
  ['in ~/.cache when it is empty', { XDG_CACHE_HOME: '', HOME: '/home/ada' }, '/home/ada/.cache/sallyport/answers'],
  ['in ~/.cache when it is not absolute', { XDG_CACHE_HOME: 'caches', HOME: '/home/ada' }, '/home/ada/.cache/sallyport/answers'],
  ['nowhere when nobody has a home', {}, null],
])('answers are kept %s', (_name, env, expected) => {
  expect(cacheDirectory({ env })).toBe(expected);
});

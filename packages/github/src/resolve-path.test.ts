import { describe, expect, it } from 'vitest';
import { resolvePath } from './resolve-path.ts';

describe('a path without its symlinks', () => {
  it.each<[string, string, Readonly<Record<string, string>>, string | null, readonly string[]]>([
    ['has none', 'src/a.ts', {}, 'src/a.ts', []],
    ['leads through a folder that is one', 'live/a.ts', { live: 'src' }, 'src/a.ts', ['live']],
    ['leads through one to another', 'live', { live: 'here/shop', here: '.', shop: 'src' }, 'src', ['live', 'here', 'shop']],
    ['goes up from where the symlink leads, not from where it lies', 'live/../b', { live: 'deep/src' }, 'deep/b', ['live']],
    ['is all of the repository', 'a/self', { 'a/self': '..' }, '', ['a/self']],
    ['leaves the repository', 'out', { out: '../other' }, null, ['out']],
    ['is absolute', 'out', { out: '/etc' }, null, ['out']],
  ])('%s', (_name, path, links, expected, through) => {
    expect(resolvePath(path, new Map(Object.entries(links)))).toEqual({ path: expected, through });
  });

  it('is nowhere when it goes round in circles', () => {
    expect(resolvePath('a', new Map([['a', 'b'], ['b', 'a']])).path).toBeNull();
  });
});

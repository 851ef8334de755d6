import type { ChangedFileFact } from '@sallyport/gates';
import { describe, expect, it } from 'vitest';
import { shownThroughLinks } from './shown-through-links.ts';

const file = (path: string, more: Partial<ChangedFileFact> = {}): ChangedFileFact => ({ path, previousPath: null, status: 'modified', kind: { known: 'file' }, ...more });
const symlink = (path: string, target: string | null): ChangedFileFact => file(path, { kind: { known: 'symlink' }, target: { known: target } });

function shown(files: readonly ChangedFileFact[], links: Readonly<Record<string, string>>): ReturnType<typeof shownThroughLinks> {
  const own = new Set(files.map(({ path }) => path));
  return shownThroughLinks(files, { texts: new Map(Object.entries(links)), unchanged: Object.keys(links).filter((path) => !own.has(path)) });
}

describe('a change of one file', () => {
  it.each<[string, readonly ChangedFileFact[], Readonly<Record<string, string>>, readonly string[]]>([
    ['shows at a symlink to it', [file('src/a.ts')], { 'infra/a.ts': '../src/a.ts' }, ['infra/a.ts']],
    ['shows below a symlink to its folder', [file('src/deep/a.ts')], { 'infra/live': '../src' }, ['infra/live/deep/a.ts']],
    ['shows below a symlink to everything', [file('a.ts')], { 'infra/all': '..' }, ['infra/all/a.ts']],
    ['shows through symlinks in a row', [file('src/a.ts')], { live: 'now', now: 'src' }, ['live/a.ts', 'now/a.ts']],
    ['shows through a symlink in a folder that another leads to', [file('src/a.ts')], { 'envs/prod': '../src', 'infra/current': '../envs' }, ['envs/prod/a.ts', 'infra/current/prod/a.ts']],
    ['shows where it was before as well', [file('lib/a.ts', { previousPath: 'src/a.ts', status: 'renamed' })], { live: 'src' }, ['live/a.ts']],
    ['shows where it is taken away', [file('src/a.ts', { kind: null, status: 'removed' })], { live: 'src' }, ['live/a.ts']],
    ['shows at a symlink that leads through a changed one', [symlink('now', 'src')], { live: 'now/a.ts', now: 'src' }, ['live']],
    ['shows at a symlink below what was no folder before', [file('src', { kind: null, status: 'removed' })], { live: 'src/a.ts' }, ['live']],
    ['does not show at a symlink to something else', [file('src-old/a.ts')], { live: 'src', out: '../elsewhere', abs: '/etc' }, []],
  ])('%s', (_name, files, links, expected) => {
    const list = shown(files, links);
    expect(list.complete).toBe(true);
    expect(list.items.map(({ path }) => path).sort()).toEqual(expected);
    expect(list.items.every(({ status, previousPath }) => status === 'changed-target' && previousPath === null)).toBe(true);
  });

  it('tells a symlink from a path through one', () => {
    expect(shown([file('src/a.ts')], { 'one.ts': 'src/a.ts', all: 'src' }).items).toEqual([
      { path: 'one.ts', previousPath: null, status: 'changed-target', kind: { known: 'symlink' }, target: { known: 'src/a.ts' } },
      { path: 'all/a.ts', previousPath: null, status: 'changed-target', kind: { known: 'file' } },
    ]);
  });
});

describe('symlinks in circles', () => {
  it('are walked once each', () => {
    expect(shown([file('a.ts')], { 'x/up': '..', 'y/up': '..' }).items.map(({ path }) => path).sort()).toEqual(['x/up/a.ts', 'x/up/y/up/a.ts', 'y/up/a.ts', 'y/up/x/up/a.ts']);
  });

  it('end, and say so, when there is no end to what they show', () => {
    const up = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`d${index}/up`, '..']));
    const list = shown([file('a.ts')], up);
    expect(list).toMatchObject({ complete: false, missing: expect.stringContaining('3000') as string });
    expect(list.items).toHaveLength(3000);
  });
});

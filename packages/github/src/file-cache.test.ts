import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileCache } from './file-cache.ts';

let place = '';
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'sallyport-cache-'));
});
afterEach(() => rm(place, { recursive: true, force: true }));

const nameOf = (digit: string): string => digit.repeat(64);
const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(7);
const at = Date.UTC(2026, 10, 21, 14);
const open = (directory: string, mostBytes = 1000) => createFileCache({ directory, mostBytes, now: () => at });
const permissions = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

describe('the file cache', () => {
  it('gives back in another run what was kept, and nothing else', async () => {
    await open(place).set(nameOf('a'), bytes(5));
    expect(new Uint8Array((await open(place).get(nameOf('a'))) ?? [])).toEqual(bytes(5));
    expect(await open(place).get(nameOf('b'))).toBeNull();
  });

  it('is for its owner alone', async () => {
    const directory = join(place, 'deep', 'answers');
    await open(directory).set(nameOf('a'), bytes(5));
    expect([await permissions(directory), await permissions(join(directory, nameOf('a')))]).toEqual(['700', '600']);
  });

  it('replaces whole files and leaves nothing beside them', async () => {
    const cache = open(place);
    await Promise.all([1, 2, 3].map((length) => cache.set(nameOf('a'), bytes(length))));
    expect(await readdir(place)).toEqual([nameOf('a')]);
    expect([1, 2, 3]).toContain((await readFile(join(place, nameOf('a')))).byteLength);
  });

  it('drops what was not used for longest when it holds too much', async () => {
    const cache = open(place, 1000);
    for (const [index, digit] of ['a', 'b', 'c'].entries()) {
      await cache.set(nameOf(digit), bytes(300));
      await utimes(join(place, nameOf(digit)), at / 1000 - 100 + index, at / 1000 - 100 + index);
    }
    await cache.get(nameOf('a'));
    await cache.set(nameOf('d'), bytes(300));
    expect((await readdir(place)).sort()).toEqual([nameOf('a'), nameOf('d')]);
  });

  it('drops what a crash left half written', async () => {
    const left = join(place, `${nameOf('a')}.${'0'.repeat(16)}.new`);
    await writeFile(left, bytes(900));
    await utimes(left, 1, 1);
    await open(place, 1000).set(nameOf('b'), bytes(200));
    expect(await readdir(place)).toEqual([nameOf('b')]);
  });

  it('leaves other people’s files alone', async () => {
    await writeFile(join(place, 'notes.txt'), bytes(5000));
    await open(place, 1000).set(nameOf('a'), bytes(900));
    expect((await readdir(place)).sort()).toEqual([nameOf('a'), 'notes.txt']);
  });

  it.each([
    ['a link', (path: string) => writeFile(join(place, 'elsewhere'), 'x').then(() => symlink(join(place, 'elsewhere'), path))],
    ['a folder', (path: string) => mkdir(path)],
    ['a file larger than the whole cache', (path: string) => writeFile(path, bytes(1001))],
  ])('takes %s for nothing', async (_name, make) => {
    await make(join(place, nameOf('a')));
    expect(await open(place).get(nameOf('a'))).toBeNull();
  });

  it.each(['../a', 'notes.txt', '', nameOf('A')])('takes no name but its own: %j', async (name) => {
    await open(join(place, 'answers')).set(name, bytes(5));
    expect(await readdir(place)).toEqual([]);
    expect(await open(place).get(name)).toBeNull();
  });

  it('is empty where it cannot be', async () => {
    await writeFile(join(place, 'file'), '');
    const cache = open(join(place, 'file', 'below'));
    await cache.set(nameOf('a'), bytes(5));
    expect(await cache.get(nameOf('a'))).toBeNull();
  });
});

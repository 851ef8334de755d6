import { describe, expect, it } from 'vitest';
import { followLink } from './symlink-target.ts';

const entries = new Map([['shortcut', { mode: '120000' }], ['infra/main.tf', { mode: '100644' }]]);

describe('where a symlink leads', () => {
  it.each<[string, string, string, string | null | 'unknown']>([
    ['a file beside it', 'src/link', 'cart.ts', 'src/cart.ts'],
    ['a folder above', 'src/link', '../infra/', 'infra'],
    ['all of the repository', 'src/link', '..', ''],
    ['out of the repository', 'link', '../elsewhere', null],
    ['out and in again, under a name that is not known', 'link', '../shop/infra', null],
    ['an absolute path', 'link', '/etc/passwd', null],
    ['through another link', 'src/link', '../shortcut/main.tf', 'unknown'],
    ['nothing', 'link', '', 'unknown'],
  ])('%s', (_name, path, text, expected) => {
    const fact = followLink(path, Buffer.from(text), entries);
    expect('known' in fact ? fact.known : 'unknown').toBe(expected);
  });
});

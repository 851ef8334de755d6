import { describe, expect, it } from 'vitest';
import { followLink } from './symlink-target.ts';

const blob = 'b'.repeat(40);
const entries = new Map([['shortcut', { path: 'shortcut', mode: '120000', sha: blob }], ['infra/main.tf', { path: 'infra/main.tf', mode: '100644', sha: blob }]]);

describe('where a symlink leads', () => {
  it.each<[string, string, string, string | null]>([
    ['a file beside it', 'src/link', 'cart.ts', 'src/cart.ts'],
    ['a folder above', 'src/link', '../infra/', 'infra'],
    ['all of the repository', 'src/link', '..', ''],
    ['out of the repository', 'link', '../elsewhere', null],
    ['out and in again, under a name that is not known', 'link', '../shop/infra', null],
    ['an absolute path', 'link', '/etc/passwd', null],
    ['through another link', 'src/link', '../shortcut/main.tf', 'unknown'],
    ['nothing', 'link', '', 'unknown'],
  ])('%s', async (_name, path, text, expected) => {
    const fact = await followLink(path, Buffer.from(text), (at) => Promise.resolve({ known: entries.get(at) ?? null }));
    expect('known' in fact ? fact.known : 'unknown').toBe(expected);
  });

  it('is not known while a folder on the way could not be read', async () => {
    const fact = await followLink('link', Buffer.from('large/file'), () => Promise.resolve({ unknown: 'too many folders' }));
    expect(fact).toEqual({ unknown: expect.stringContaining('too many folders') as string });
  });
});

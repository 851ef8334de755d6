import { describe, expect, it } from 'vitest';
import { cloneUrl } from './git-access.ts';

describe('where git finds a repository', () => {
  it.each<[string, string, string | null]>([
    ['GitHub', 'https://api.github.com', 'https://github.com/acme/shop.git'],
    ['a tenant of ghe.com', 'https://api.acme.ghe.com', 'https://acme.ghe.com/acme/shop.git'],
    ['a server of one’s own', 'https://git.example/api/v3', 'https://git.example/acme/shop.git'],
    ['this machine', 'http://127.0.0.1:8080', 'http://127.0.0.1:8080/acme/shop.git'],
    ['another machine without https', 'http://git.example/api/v3', null],
    ['a name that only begins like this machine', 'http://localhost.example', null],
  ])('%s', (_name, api, expected) => {
    const url = cloneUrl(api, { owner: 'acme', repo: 'shop' });
    expect('known' in url ? url.known : null).toBe(expected);
  });
});

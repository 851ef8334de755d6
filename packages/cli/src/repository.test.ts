import { describe, expect, it } from 'vitest';
import { parseRemote } from './repository.ts';

const shop = { owner: 'acme', name: 'shop' };

describe('parseRemote', () => {
  it.each([
    ['https', 'https://github.com/acme/shop.git', shop],
    ['https without .git', 'https://github.com/acme/shop', shop],
    ['https with a slash at the end', 'https://github.com/acme/shop/', shop],
    ['https with a token', 'https://x-access-token:abc@github.com/acme/shop.git', shop],
    ['ssh with a colon', 'git@github.com:acme/shop.git', shop],
    ['ssh as an address', 'ssh://git@github.com/acme/shop.git', shop],
    ['a host of one’s own', 'https://github.example.com/acme/shop.git', shop],
    ['a name with dots', 'git@github.com:acme/shop.web.git', { owner: 'acme', name: 'shop.web' }],
    ['a folder', '/srv/git/acme/shop.git', null],
    ['a file address', 'file:///srv/acme/shop.git', null],
    ['a deeper path', 'https://github.com/acme/shop/tree', null],
    ['no name', 'https://github.com/acme', null],
    ['a name of dots', 'https://github.com/acme/..', null],
    ['another user', 'root@github.com:acme/shop.git', null],
    ['a query', 'https://github.com/acme/shop?x=1', null],
    ['nothing', '', null],
  ])('%s', (_name, url, expected) => {
    expect(parseRemote(url)).toEqual(expected);
  });
});

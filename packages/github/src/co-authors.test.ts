import { describe, expect, it } from 'vitest';
import { parseCoAuthors, resolveCoAuthor } from './co-authors.ts';
import type { CoAuthor } from './co-authors.ts';

describe('co-authors of a commit message', () => {
  it.each<[string, string, CoAuthor[]]>([
    ['none', 'Fix the till\n', []],
    ['an account by id', 'Fix\n\nCo-authored-by: Ben <12+ben@users.noreply.github.com>', [{ kind: 'account', id: 12, login: 'ben' }]],
    ['an account by login', 'Fix\n\nCo-authored-by: Ben <ben@users.noreply.github.com>', [{ kind: 'login', login: 'ben' }]],
    ['another address, in lower case', 'Fix\n\nCo-Authored-By: Ben <Ben@Example.com>', [{ kind: 'other', address: 'ben@example.com' }]],
    ['two, with carriage returns', 'Fix\r\n\r\nCo-authored-by: A <1+a@users.noreply.github.com>\r\nco-authored-by: B <2+b@users.noreply.github.com>\r\n', [{ kind: 'account', id: 1, login: 'a' }, { kind: 'account', id: 2, login: 'b' }]],
    ['one that is not in the last paragraph', 'Fix\n\nCo-authored-by: A <1+a@users.noreply.github.com>\n\nMore text', [{ kind: 'account', id: 1, login: 'a' }]],
    ['one without an address', 'Fix\n\nCo-authored-by: Ben', [{ kind: 'unreadable' }]],
  ])('%s', (_name, message, expected) => {
    expect(parseCoAuthors(message)).toEqual(expected);
  });

  const ben = { id: 12, login: 'ben', kind: 'user' } as const;
  const cleo = { id: 13, login: 'cleo-renamed', kind: 'user' } as const;
  const resolving = { byAddress: new Map([['ben@example.com', ben]]), byId: new Map([[cleo.id, cleo]]), findAccount: (login: string) => Promise.resolve(login === 'ben' ? ben : null) };

  it.each<[string, CoAuthor, boolean]>([
    ['the account that has id and login', { kind: 'account', id: 12, login: 'ben' }, true],
    ['an account that has another login now', { kind: 'account', id: 13, login: 'cleo' }, true],
    ['a login that another account took over', { kind: 'account', id: 11, login: 'ben' }, false],
    ['a login that nobody has', { kind: 'login', login: 'gone' }, false],
    ['an address that a commit of the change ties to an account', { kind: 'other', address: 'ben@example.com' }, true],
    ['an address of nobody known', { kind: 'other', address: 'someone@secret.example' }, false],
    ['a line without an address', { kind: 'unreadable' }, false],
  ])('%s', async (_name, coAuthor, isKnown) => {
    const fact = await resolveCoAuthor(coAuthor, resolving);
    expect('known' in fact).toBe(isKnown);
    expect(JSON.stringify(fact)).not.toContain('@');
  });
});

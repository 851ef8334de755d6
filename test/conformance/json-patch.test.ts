import { describe, expect, it } from 'vitest';
import { applyPatch } from './json-patch.ts';
import type { Operation } from './json-patch.ts';

const document = { list: [{ a: 1 }, { a: 2 }], object: { 'with/slash': 1, 'with~tilde': 2 } };

describe('applyPatch', () => {
  it.each<[string, Operation, unknown]>([
    ['adds at the end of a list', { op: 'add', path: '/list/-', value: 3 }, { ...document, list: [...document.list, 3] }],
    ['adds before an item', { op: 'add', path: '/list/0', value: 3 }, { ...document, list: [3, ...document.list] }],
    ['adds just behind the last item', { op: 'add', path: '/list/2', value: 3 }, { ...document, list: [...document.list, 3] }],
    ['adds a member', { op: 'add', path: '/more', value: null }, { ...document, more: null }],
    ['replaces a member of an item', { op: 'replace', path: '/list/1/a', value: 5 }, { ...document, list: [{ a: 1 }, { a: 5 }] }],
    ['removes an item', { op: 'remove', path: '/list/0' }, { ...document, list: [{ a: 2 }] }],
    ['reads escaped names', { op: 'remove', path: '/object/with~1slash' }, { ...document, object: { 'with~tilde': 2 } }],
    ['reads an escaped tilde', { op: 'remove', path: '/object/with~0tilde' }, { ...document, object: { 'with/slash': 1 } }],
  ])('%s', (_name, operation, expected) => {
    expect(applyPatch(document, [operation])).toEqual(expected);
  });

  it.each<[string, Operation]>([
    ['a member that is not there', { op: 'replace', path: '/gone', value: 1 }],
    ['a way that leads nowhere', { op: 'add', path: '/gone/more', value: 1 }],
    ['an item behind the end', { op: 'replace', path: '/list/2', value: 1 }],
    ['an item far behind the end', { op: 'add', path: '/list/3', value: 1 }],
    ['a member of a number', { op: 'add', path: '/list/0/a/b', value: 1 }],
    ['another operation', { op: 'copy', path: '/list/0', value: 1 } as unknown as Operation],
  ])('refuses %s', (_name, operation) => {
    expect(() => applyPatch(document, [operation])).toThrow();
  });

  it('changes neither the document nor the operations', () => {
    const operations: readonly Operation[] = [{ op: 'add', path: '/list/-', value: { a: 3 } }, { op: 'replace', path: '/list/2/a', value: 4 }];
    expect(applyPatch(document, operations)).toMatchObject({ list: [{ a: 1 }, { a: 2 }, { a: 4 }] });
    expect(document.list).toHaveLength(2);
    expect(operations[0]).toMatchObject({ value: { a: 3 } });
  });
});

import { describe, expect, it } from 'vitest';
import type { Schema } from './description.ts';
import { findUndescribed } from './undescribed.ts';

const named: Schema = { type: 'object', properties: { name: { type: 'string' } } };
const tree: Schema = { type: 'object', properties: { name: { type: 'string' }, below: { type: 'array', items: { $ref: '#/tree' } } } };
const resolve = (reference: string): Schema => (reference === '#/tree' ? tree : named);

describe('findUndescribed', () => {
  it.each<[string, Schema, unknown, readonly string[]]>([
    ['a property the schema names', named, { name: 'x' }, []],
    ['a property it does not name', named, { name: 'x', extra: 1 }, ['/extra']],
    ['anything in an object without named properties', { type: 'object' }, { extra: 1 }, []],
    ['anything where more is allowed', { ...named, additionalProperties: true }, { extra: 1 }, []],
    ['values of a map, compared with their schema', { additionalProperties: named }, { any: { extra: 1 } }, ['/any/extra']],
    ['properties of every alternative', { anyOf: [named, { properties: { size: {} } }] }, { name: 'x', size: 1, extra: 1 }, ['/extra']],
    ['properties of every part', { allOf: [named, { properties: { size: {} } }] }, { size: 1 }, []],
    ['what a reference names', { $ref: '#/named' }, { extra: 1 }, ['/extra']],
    ['items of a list', { type: 'array', items: named }, [{ name: 'x' }, { extra: 1 }], ['/1/extra']],
    ['a schema that holds itself', { $ref: '#/tree' }, { below: [{ below: [{ extra: 1 }] }] }, ['/below/0/below/0/extra']],
    ['a property called like something every object has', named, JSON.parse('{"__proto__": 1, "constructor": {"a": 1}}'), ['/__proto__', '/constructor']],
    ['text', named, 'x', []],
  ])('looks at %s', (_name, schema, value, pointers) => {
    expect(findUndescribed(schema, value, resolve)).toEqual(pointers);
  });
});

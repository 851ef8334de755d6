import { describe, expect, it } from 'vitest';
import { toJsonSchema } from './to-json-schema.ts';

describe('toJsonSchema', () => {
  it.each<[string, object, object]>([
    ['beside a type', { type: 'string', nullable: true }, { type: ['string', 'null'] }],
    ['beside a type and a list of values', { type: 'string', enum: ['a'], nullable: true }, { type: ['string', 'null'], enum: ['a', null] }],
    ['beside a reference', { $ref: '#/x', nullable: true }, { anyOf: [{ type: 'null' }, { $ref: '#/x' }] }],
    ['beside a composition', { allOf: [{ type: 'object' }], nullable: true }, { anyOf: [{ type: 'null' }, { allOf: [{ type: 'object' }] }] }],
    ['that is false', { type: 'string', nullable: false }, { type: 'string' }],
    ['that is the name of a property', { properties: { nullable: { type: 'string', nullable: true } } }, { properties: { nullable: { type: ['string', 'null'] } } }],
  ])('reads a nullable %s', (_name, openapi, schema) => {
    expect(toJsonSchema(openapi)).toEqual(schema);
  });
});

import { Ajv2020 } from 'ajv/dist/2020.js';
import * as z from 'zod';
import { describe, expect, test } from 'vitest';
import { decision } from './decision.ts';
import type { AnyFacts } from './decide.ts';
import { decisionJsonSchema, factsJsonSchema } from './json-schema.ts';
import { exampleDecisions, mergeFactsOf, overrideFactsOf, releaseFactsOf, sealFacts, stageFactsOf } from './testing/index.ts';

/** Instants carry a pattern beside their format, so the format need not be known. */
const compile = (schema: Readonly<Record<string, unknown>>) => new Ajv2020({ allErrors: true, validateFormats: false }).compile(schema);
const documentOf = (facts: AnyFacts) => structuredClone(sealFacts(facts).document) as Record<string, unknown>;

/** The document with something foreign put in at every object, once each. */
function mutations(document: unknown): readonly unknown[] {
  const found: unknown[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if (!Array.isArray(node)) {
      const object = node as Record<string, unknown>;
      object['odd'] = 1;
      found.push(structuredClone(document));
      delete object['odd'];
    }
    Object.values(node).forEach(visit);
  };
  visit(document);
  return found;
}

describe.each([['merge', mergeFactsOf()], ['stage', stageFactsOf()], ['release', releaseFactsOf()], ['override', overrideFactsOf()]] as const)('the schema of %s facts', (gate, facts) => {
  const validate = compile(factsJsonSchema(gate));

  test('takes what the gate takes', () => {
    expect(validate(documentOf(facts)), JSON.stringify(validate.errors)).toBe(true);
  });

  test('takes nothing that is missing', () => {
    for (const field of Object.keys(documentOf(facts))) {
      const { [field]: _left, ...rest } = documentOf(facts);
      expect(validate(rest), field).toBe(false);
    }
  });

  test('takes nothing that it does not know, at any depth', () => {
    const all = mutations(documentOf(facts));
    expect(all.length).toBeGreaterThan(10);
    for (const mutated of all) expect(validate(mutated), JSON.stringify(mutated).slice(0, 200)).toBe(false);
  });

  test('carries its version and is described', () => {
    expect(factsJsonSchema(gate)).toMatchObject({ $id: `urn:sallyport:facts:${gate}:1`, $schema: 'https://json-schema.org/draft/2020-12/schema', title: expect.any(String) as string, description: expect.any(String) as string });
  });
});

describe('the schema of merge facts', () => {
  const validate = compile(factsJsonSchema('merge'));

  test.each([
    ['a list', ['properties', 'formerCommits'], 'Commits of earlier heads'],
    ['a nested field', ['properties', 'pullRequest', 'properties', 'requestedReviewers'], 'People asked to review'],
    ['a field whose shape has a name', ['$defs', 'MergeProof', 'properties', 'onto'], 'A commit of the base branch'],
    ['an instant', ['$defs', 'Run', 'properties', 'createdAt'], 'Of the first attempt'],
  ])('says what %s means', (_name, path, words) => {
    const field = path.reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], factsJsonSchema('merge'));
    expect(field).toMatchObject({ description: expect.stringContaining(words) as string });
  });

  test('keeps the name of a shape whose field says more', () => {
    expect(factsJsonSchema('merge')).toMatchObject({ $defs: { MergeProof: { properties: { from: { $ref: '#/$defs/ObjectId' }, onto: { $ref: '#/$defs/ObjectId' } } }, ObjectId: { description: expect.stringContaining('git object id') as string } } });
  });

  test('wants instants as ISO 8601 with an offset', () => {
    const withPush = (pushedAt: unknown) => JSON.parse(JSON.stringify(documentOf(mergeFactsOf())), (key, value: unknown) => (key === 'pushedAt' ? pushedAt : value)) as unknown;
    expect(validate(withPush('2026-11-23T10:00:00+01:00'))).toBe(true);
    for (const wrong of ['2026-11-23T10:00:00', 'yesterday', 1_700_000_000_000, null]) expect(validate(withPush(wrong)), String(wrong)).toBe(false);
  });

  test('knows a fact as known or unknown, never both or neither', () => {
    const withAuthor = (author: unknown) => ({ ...documentOf(mergeFactsOf()), pullRequest: { ...(documentOf(mergeFactsOf())['pullRequest'] as object), author } });
    expect(validate(withAuthor({ unknown: 'GitHub answered 500' }))).toBe(true);
    for (const wrong of [null, {}, { unknown: '' }, { known: null }, { known: { id: 1, login: 'ana', kind: 'user' }, unknown: 'x' }]) expect(validate(withAuthor(wrong)), JSON.stringify(wrong)).toBe(false);
  });
});

describe('the schema of decisions', () => {
  const validate = compile(decisionJsonSchema());

  test.each(Object.entries(exampleDecisions))('takes %s', (_name, example) => {
    expect(validate(z.encode(decision, example)), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...z.encode(decision, example), outcome: 'maybe' })).toBe(false);
  });
});

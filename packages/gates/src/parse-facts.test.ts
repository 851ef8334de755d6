import { describe, expect, test } from 'vitest';
import { ask, mergeFactsOf, mondayAt, overrideFactsOf, policyOf, releaseFactsOf, sealFacts, stageFactsOf, clockAt } from './testing/index.ts';
import { decide } from './decide.ts';
import { parseFacts } from './parse-facts.ts';
import { sealPlain } from './seal.ts';

const document = (): Record<string, unknown> => JSON.parse(JSON.stringify(sealFacts(mergeFactsOf()).document)) as Record<string, unknown>;
const problems = (gate: 'merge' | 'any', value: unknown) => {
  const result = parseFacts(gate, value);
  return result.ok ? [] : result.problems;
};

describe('facts from a file', () => {
  test.each([mergeFactsOf(), stageFactsOf(), releaseFactsOf(), overrideFactsOf()])('of each gate give the same decision to the byte ($gate)', (facts) => {
    const read = parseFacts('any', JSON.parse(JSON.stringify(sealFacts(facts).document)));
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    expect(JSON.stringify(decide(sealPlain(policyOf()), read.facts, clockAt(mondayAt)))).toBe(JSON.stringify(ask(facts)));
  });

  test('report everything that is wrong at once, with its path', () => {
    const wrong = { ...document(), reviews: undefined, extra: 1, pullRequest: { ...(document()['pullRequest'] as object), number: 0, author: { known: { id: 'x', login: 'ana', kind: 'user' } } } };
    const paths = problems('merge', JSON.parse(JSON.stringify(wrong))).map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['pullRequest.number', 'pullRequest.author.known.id', 'reviews', '']));
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'merge'],
    ['a number', 12],
    ['a list', []],
    ['an empty document', {}],
    ['an unknown gate', { gate: 'moon' }],
    ['a gate that is an object', { gate: {} }],
    ['a gate from a prototype', Object.create({ gate: 'merge' })],
  ])('are refused when they are %s', (_name, value) => {
    expect(problems('any', value)).not.toEqual([]);
    expect(problems('merge', value)).not.toEqual([]);
  });

  test('for another gate are refused in one sentence', () => {
    expect(problems('merge', sealFacts(stageFactsOf()).document)).toEqual([{ path: 'gate', message: 'these are facts for the stage gate; the merge gate was asked' }]);
  });

  test('cannot reach a prototype', () => {
    const text = JSON.stringify(document()).replace('{', '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},');
    expect(problems('merge', JSON.parse(text))).not.toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('that throw when looked at are refused', () => {
    const trap = new Proxy(document(), { ownKeys: () => { throw new Error('trap'); } });
    expect(problems('merge', trap)).toEqual([{ path: '', message: 'the document cannot be read' }]);
  });
});

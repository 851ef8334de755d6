import { describe, expect, test } from 'vitest';
import { ana, ben, cho } from './testing/index.ts';
import { byId, byText, counted, duration, few, listed, named, short, shortSha } from './wording.ts';

describe('words for lists', () => {
  test.each([
    [[], 'nobody'],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('%j is %s', (words, text) => {
    expect(listed(words)).toBe(text);
  });

  test.each([
    [['a', 'b', 'c', 'd'], 'a, b, c and d'],
    [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
  ])('few of %j are %s', (words, text) => {
    expect(few(words)).toBe(text);
  });

  test('people come in the order of their ids, and nothing that was given changes', () => {
    const people = [cho, ana, ben];
    expect(named(people)).toBe('ana, ben and cho');
    expect(byId(people)).toEqual([ana, ben, cho]);
    expect(people).toEqual([cho, ana, ben]);
  });
});

test.each([[0, '0 yeses'], [1, '1 yes'], [2, '2 yeses']])('%i is counted as %s', (count, text) => {
  expect(counted(count, 'yes', 'yeses')).toBe(text);
  expect(counted(count, 'day')).toBe(count === 1 ? '1 day' : `${count} days`);
});

test.each([
  [0, '0 s'],
  [0.4, '0 s'],
  [59.5, '1 min'],
  [3600, '1 h'],
  [86_400, '24 h'],
  [5445, '1 h 30 min 45 s'],
])('%d seconds are %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

test('digests and commits are cut after twelve digits', () => {
  expect(short(`sha256:${'ab'.repeat(32)}`)).toBe('sha256:abababababab');
  expect(shortSha('ab'.repeat(20))).toBe('abababababab');
});

test('texts are ordered by their letters alone, in no locale', () => {
  expect(['b', 'B', 'a', 'ä', 'a'].sort(byText)).toEqual(['B', 'a', 'a', 'b', 'ä']);
  expect([byText('a', 'a'), Math.sign(byText('a', 'b')), Math.sign(byText('b', 'a'))]).toEqual([0, -1, 1]);
});

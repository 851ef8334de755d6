import { describe, expect, it } from 'vitest';
import { completeList } from '../facts/fact.ts';
import type { ReviewFact } from '../facts/merge-facts.ts';
import { ben, cho, mergeFactsOf, reviewBy } from '../testing/index.ts';
import { latestOpinions } from './opinions.ts';

const latestOf = (...reviews: readonly ReviewFact[]): readonly (readonly [number, number])[] => [...latestOpinions(mergeFactsOf({ reviews: completeList(reviews) }))].map(([person, { review }]) => [person, review.id]);
const at = (id: number, submittedAt: number, changes: Partial<ReviewFact> = {}): ReviewFact => reviewBy(ben, { id, submittedAt, ...changes });

describe('the latest opinion of a person (A09)', () => {
  it.each<[string, readonly ReviewFact[], number]>([
    ['is the later one', [at(1, 1000), at(2, 2000)], 2],
    ['is the later one in any order of the list', [at(2, 2000), at(1, 1000)], 2],
    ['is the later one although its number is lower', [at(9, 1000), at(3, 2000)], 3],
    ['is the one with the higher number within one second', [at(2, 1000), at(1, 1000)], 2],
    ['and in the other order', [at(1, 1000), at(2, 1000)], 2],
    ['is no comment', [at(1, 1000), at(2, 2000, { state: 'commented' })], 1],
    ['is none that was given elsewhere', [at(1, 1000), at(2, 2000, { pullRequest: 13 })], 1],
  ])('%s', (_name, reviews, id) => {
    expect(latestOf(...reviews)).toEqual([[ben.id, id]]);
  });

  it('is each person’s own', () => {
    expect(latestOf(at(1, 1000), reviewBy(cho, { id: 2, submittedAt: 2000 }))).toEqual([[ben.id, 1], [cho.id, 2]]);
  });
});

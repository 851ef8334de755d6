import { describe, expect, test } from 'vitest';
import { handmadeDecision, judgedOf, resultOf } from '../testing/handmade-decision.ts';
import { explanationOf } from './explanation.ts';
import { reasonsOf } from './reasons-of.ts';

const url = 'https://github.example/acme/shop/pull/42#review-1';
const titles = (...rules: Parameters<typeof handmadeDecision>[0]) => explanationOf(handmadeDecision(rules)).sections.map(({ title }) => title);
const whats = (...rules: Parameters<typeof handmadeDecision>[0]) => explanationOf(handmadeDecision(rules)).sections.flatMap(({ rows }) => rows.map(({ what, mark }) => `${mark}: ${what}`));

describe('an explanation', () => {
  test('puts tests before reviews, and what other rules judged after them', () => {
    expect(titles(resultOf('links', { judged: [judgedOf('docs/latest')] }), resultOf('review', { judged: [judgedOf('review 1')] }), resultOf('tests', { judged: [judgedOf('check unit')] }))).toEqual(['Tests', 'Reviews', 'Links']);
  });

  test('has no table where nothing was looked at and nothing is missing', () => {
    expect(titles(resultOf('tests'), resultOf('review'), resultOf('head', { outcome: 'deny' }))).toEqual([]);
  });

  test('tells what a rule lacks that judged nothing, where one looks for it', () => {
    const { sections, otherOpen } = explanationOf(handmadeDecision([resultOf('tests', { outcome: 'wait' }), resultOf('head', { outcome: 'deny' })]));
    expect(sections.map(({ open }) => open.map(({ rule }) => rule))).toEqual([['tests']]);
    expect(otherOpen.map(({ rule }) => rule)).toEqual(['head']);
  });

  test('shows an objection that stands as speaking against, and one review once', () => {
    const review = resultOf('review', { judged: [judgedOf('review 1', { counted: false, reason: 'not-an-approval', url }), judgedOf('review 2')] });
    const objections = resultOf('objections', { outcome: 'deny', judged: [judgedOf('review 1', { reason: 'changes-requested', url }), judgedOf('review 2', { counted: false, reason: 'not-an-objection' })] });
    expect(whats(review, objections)).toEqual(['yes: review 2', 'objects: review 1']);
  });

  test('keeps a look that says little when it is the only one', () => {
    expect(whats(resultOf('review', { judged: [judgedOf('review 1', { counted: false, reason: 'not-an-approval' })] }))).toEqual(['no: review 1']);
  });
});

describe('the reasons of a decision', () => {
  test('are each told once, without those that explain themselves', () => {
    const decision = handmadeDecision([resultOf('head'), resultOf('review', { reason: 'approvals-missing', judged: [judgedOf('a', { reason: 'comment-only' }), judgedOf('b', { reason: 'comment-only' })] })]);
    expect(reasonsOf(decision).map(({ code }) => code)).toEqual(['approvals-missing', 'comment-only']);
  });
});

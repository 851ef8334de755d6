import { describe, expect, test } from 'vitest';
import { completeList, known, partialList, unknown } from '../facts/fact.ts';
import type { ChangedFileFact, MergeFacts } from '../facts/merge-facts.ts';
import type { SensitivePathsPolicy } from '@sallyport/policy';
import type { ReasonCode } from '../reason-codes.ts';
import { approvedBy, ask, ben, cho, mergeFactsOf, reviewerOf, ruleOf, withReview } from '../testing/index.ts';

const team = 'acme/platform';
const entry: SensitivePathsPolicy = { paths: ['.github/**', 'infra/**'], approvals: 1, team };
const file = (path: string, previousPath: string | null = null): ChangedFileFact => ({ path, previousPath, status: 'modified', kind: known('file') });
const touching = (changed: ChangedFileFact, changes: Partial<MergeFacts> = {}) => mergeFactsOf({ files: completeList([changed]), ...changes });
const judge = (facts: MergeFacts, changes: Partial<SensitivePathsPolicy> = {}) => ruleOf(ask(facts, { policy: withReview({ sensitive: [{ ...entry, ...changes }] }) }), 'sensitive');

describe('a change of a sensitive path', () => {
  const secret = file('.github/workflows/ci.yml');
  test.each<[string, MergeFacts, string, ReasonCode]>([
    ['is fine when nothing sensitive changed', touching(file('src/cart.ts')), 'allow', 'ok'],
    ['needs a member of the team', touching(secret), 'unknown', 'fact-missing'],
    ['is fine with a member of the team', touching(secret, { reviewers: [reviewerOf(ben, 'write', [team])] }), 'allow', 'ok'],
    ['is fine with the team written in other case', touching(secret, { reviewers: [reviewerOf(ben, 'write', ['Acme/Platform'])] }), 'allow', 'ok'],
    ['waits when the reviewer is not in the team', touching(secret, { reviewers: [{ ...reviewerOf(ben), teams: [{ team, membership: known('none') }] }] }), 'wait', 'sensitive-approvals-missing'],
    ['waits while membership is pending', touching(secret, { reviewers: [{ ...reviewerOf(ben), teams: [{ team, membership: known('pending') }] }] }), 'wait', 'sensitive-approvals-missing'],
    ['is unknown while membership is', touching(secret, { reviewers: [{ ...reviewerOf(ben), teams: [{ team, membership: unknown('403') }] }] }), 'unknown', 'fact-missing'],
    ['is found by the name a file had before (T15)', touching(file('docs/x.md', 'infra/x.tf'), { reviewers: [{ ...reviewerOf(ben), teams: [{ team, membership: known('none') }] }] }), 'wait', 'sensitive-approvals-missing'],
    ['is found when a link takes the place of the folder (T15)', touching(file('infra'), { reviewers: [{ ...reviewerOf(ben), teams: [{ team, membership: known('none') }] }] }), 'wait', 'sensitive-approvals-missing'],
    ['is unknown when files are cut short (T13)', mergeFactsOf({ files: partialList([file('src/cart.ts')], '3000 of 3100 read') }), 'unknown', 'list-incomplete'],
  ])('%s', (_name, facts, outcome, reason) => {
    expect(judge(facts)).toMatchObject({ outcome, reason });
  });

  test('may need more approvals than the rest, from anyone permitted', () => {
    const one = touching(secret);
    const two = touching(secret, { reviews: completeList([approvedBy(ben), approvedBy(cho)]), reviewers: [reviewerOf(ben), reviewerOf(cho)] });
    expect(judge(one, { team: null, approvals: 2 }).outcome).toBe('wait');
    expect(judge(two, { team: null, approvals: 2 }).outcome).toBe('allow');
  });

  test('is unknown when its glob cannot be judged, and never taken for plain text', () => {
    expect(judge(touching(file('src/cart.ts')), { paths: ['infra/(a|b)'] })).toMatchObject({ outcome: 'unknown', reason: 'glob-not-supported' });
  });
});

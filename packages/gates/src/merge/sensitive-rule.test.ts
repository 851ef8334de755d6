import { describe, expect, test } from 'vitest';
import { completeList, known, partialList, unknown } from '../facts/fact.ts';
import type { ChangedFileFact, MergeFacts } from '../facts/merge-facts.ts';
import type { Policy, SensitivePathsPolicy } from '@sallyport/policy';
import type { ReasonCode } from '../reason-codes.ts';
import { approvedBy, ask, ben, cho, mergeFactsOf, reviewerOf, ruleOf, ruleText, withReview } from '../testing/index.ts';

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
    const rule = judge(facts);
    expect(rule).toMatchObject({ outcome, reason });
    expect(ruleText(rule)).toMatchSnapshot();
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

describe('a file that decides what is judged (T14)', () => {
  const two = { reviews: completeList([approvedBy(ben), approvedBy(cho)]), reviewers: [reviewerOf(ben), reviewerOf(cho)] };
  const bare = (changed: ChangedFileFact, changes: Partial<MergeFacts> = {}, entries: readonly SensitivePathsPolicy[] = []) => ruleOf(ask(touching(changed, changes), { policy: withReview({ sensitive: entries }) }), 'sensitive').outcome;
  const docs: SensitivePathsPolicy = { paths: ['docs/**', 'src/**'], approvals: 1, team: null };
  const link = (path: string, target: ChangedFileFact['target']): ChangedFileFact => ({ ...file(path), kind: known('symlink'), ...(target === undefined ? {} : { target }) });

  test.each(['.github/sallyport.yml', '.github/workflows/ci.yml', '.github/actions/setup/action.yml', 'CODEOWNERS', '.github/CODEOWNERS', 'docs/CODEOWNERS', '.gitmodules'])('%s needs one approval more, whatever the policy says', (path) => {
    expect(bare(file(path))).toBe('wait');
    expect(bare(file(path), two)).toBe('allow');
  });

  test('may be a calendar that the policy reads its freezes from, and is no other calendar (W07)', () => {
    const calendars: Policy['calendars'] = [{ name: 'company', zone: 'UTC', owner: '@dia', reason: 'r', source: { kind: 'feed', at: { in: 'repository', path: 'ops/freezes.ics' }, longestAgeSeconds: 1, withoutEvents: 'closed' } }];
    const judged = (path: string, changes: Partial<MergeFacts> = {}) => ruleOf(ask(touching(file(path), changes), { policy: { ...withReview({ sensitive: [] }), calendars } }), 'sensitive').outcome;
    expect([judged('ops/freezes.ics'), judged('ops/freezes.ics', two), judged('ops/other.ics'), judged('.github/sallyport.yml')]).toEqual(['wait', 'allow', 'allow', 'wait']);
  });

  test('may be the trust root that the policy names, and is no other file', () => {
    const policy: Policy = { ...withReview({ sensitive: [] }), build: { workflow: '.github/workflows/build.yml', provenance: 'required', trustRoot: 'ops/trusted_root.json' } };
    const judged = (path: string, changes: Partial<MergeFacts> = {}) => ruleOf(ask(touching(file(path), changes), { policy }), 'sensitive').outcome;
    expect([judged('ops/trusted_root.json'), judged('ops/trusted_root.json', two), judged('ops/other.json')]).toEqual(['wait', 'allow', 'allow']);
  });

  test('needs what an entry of the policy says that names it', () => {
    expect(bare(file('.github/workflows/ci.yml'), {}, [{ paths: ['.github/**'], approvals: 1, team: null }])).toBe('allow');
  });

  test.each<[string, ChangedFileFact, string]>([
    ['moved to a path that another entry names', file('docs/old.txt', '.github/CODEOWNERS'), 'wait'],
    ['reached by a link from a path that another entry names', link('docs/x', known('.github/workflows')), 'wait'],
    ['that a link above its folder reaches', link('docs/x', known('.github')), 'wait'],
    ['reached by no link is not meant', link('docs/x', known('src')), 'allow'],
    ['perhaps reached by a link out of the repository', link('src/x', known(null)), 'wait'],
    ['perhaps reached by a link that was not read', link('src/x', unknown('it was not read')), 'unknown'],
    ['perhaps reached by a link that is left out', link('src/x', undefined), 'unknown'],
    ['perhaps reached by what may be a link', { ...file('src/x'), kind: unknown('the tree was cut') }, 'unknown'],
    ['removed', { ...file('.gitmodules'), kind: null }, 'wait'],
  ])('is one when %s (T15)', (_name, changed, outcome) => {
    expect(bare(changed, {}, [docs])).toBe(outcome);
  });

  test('is every submodule, unless an entry names its path (T15)', () => {
    const submodule: ChangedFileFact = { ...file('vendor/lib'), kind: known('submodule') };
    expect(bare(submodule)).toBe('wait');
    expect(bare(submodule, two)).toBe('allow');
    expect(bare(submodule, {}, [{ paths: ['vendor/**'], approvals: 1, team: null }])).toBe('allow');
  });
});

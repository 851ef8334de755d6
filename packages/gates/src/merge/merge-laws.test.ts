import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Policy } from '@sallyport/policy';
import type { Decision } from '../decision.ts';
import { decide } from '../decide.ts';
import { completeList, known } from '../facts/fact.ts';
import type { MergeFacts } from '../facts/merge-facts.ts';
import type { Person } from '../facts/shared.ts';
import { sealPlain } from '../seal.ts';
import { generatedMerge } from '../testing/generated-merges.fixture.ts';
import type { MergeCase } from '../testing/generated-merges.fixture.ts';
import { ana, ask, ben, cho, clockAt, commitBy, dia, eli, fakeSha, fileOf, headSha, headTree, instigationBy, mergeFactsOf, mondayAt, olderSha, policyOf, proofFrom, pushBy, pushedAt, reviewBy, reviewedAt, reviewerOf, robot, ruleOf, runOf, sealFacts, statusOf, unitTest, withReview, withTests } from '../testing/index.ts';
import { brokenConditions } from '../testing/necessary-conditions.ts';
import { cut, forget, isObject, lose, variants } from '../testing/variants.ts';

const allows = ({ policy, facts }: MergeCase): boolean => ask(facts, { policy }).outcome === 'allow';
const runs = { numRuns: 400 };

const groupSha = fakeSha('9f');
const group = { ref: 'gh-readonly-queue/main/pr-12', headSha: groupSha, treeSha: headTree, baseSha: fakeSha('bb'), proof: proofFrom(headSha, { onto: fakeSha('bb') }) };
const signedBy = (person: Person) => commitBy(person, { signature: known({ verified: true, reason: 'valid' }) });
/** What these cases never ask for, so that it may be missing. */
const idle = ['candidates', 'carryOver', 'statuses', 'codeOwners', 'instigations'];
const isSignature = (where: string): boolean => where.endsWith('.signature');

/** Changes that may merge and have nothing to spare: each fact is needed, but for those that are named. */
const tight: readonly (readonly [string, Policy, MergeFacts, readonly string[]])[] = [
  ['plain', policyOf(), mergeFactsOf({ commits: completeList([commitBy(ana, { coAuthors: [known(dia)] })]), formerCommits: completeList([commitBy(dia, { sha: olderSha })]) }), idle],
  ['sensitive', withReview({ sensitive: [{ paths: ['infra/**'], approvals: 1, team: 'acme/platform' }] }), mergeFactsOf({ reviewers: [reviewerOf(ben, 'write', ['acme/platform'])], files: completeList([fileOf('infra/a')]) }), [...idle, 'files.items[0].kind']],
  ['in a merge queue', policyOf(), mergeFactsOf({ group, runs: completeList([runOf({ event: 'merge_group', headSha: groupSha, headBranch: group.ref, pullRequests: null })]), checks: completeList(mergeFactsOf().checks.items.map((check) => ({ ...check, headSha: groupSha }))) }), idle],
  ['with a commit status', withTests([{ check: 'unit', from: 'status', creator: cho.id, paths: null, attempts: null }]), mergeFactsOf({ statuses: completeList([statusOf()]), runs: completeList([]), checks: completeList([]) }), ['candidates', 'carryOver', 'codeOwners', 'instigations', 'runs', 'checks']],
  ['approved before a rebase', policyOf(), mergeFactsOf({ pushes: completeList([pushBy(ana, { after: olderSha, kind: 'creation', pushedAt: pushedAt - 600_000 }), pushBy(ana, { before: olderSha, kind: 'force-push' })]), reviews: completeList([reviewBy(ben, { commitId: olderSha, submittedAt: pushedAt - 60_000 })]), carryOver: completeList([proofFrom(olderSha)]) }), ['candidates', 'carryOver', 'statuses', 'codeOwners', 'instigations']],
  ['made by a machine', policyOf(), mergeFactsOf({ commits: completeList([commitBy(robot)]), instigations: completeList([instigationBy(ana, { machine: robot })]) }), ['candidates', 'carryOver', 'statuses', 'codeOwners']],
  ['signed', withReview({ signatures: 'required' }), mergeFactsOf({ commits: completeList([signedBy(ana)]) }), [...idle, 'commits.items[0].author']],
  ['with code owners', withReview({ codeOwners: 'required' }), mergeFactsOf({ codeOwners: known({ path: '.github/CODEOWNERS', text: '* @ben\n', accounts: [{ login: 'ben', person: known(ben) }] }) }), ['candidates', 'carryOver', 'statuses', 'instigations']],
  ['with a test for some paths', withTests([{ ...unitTest, paths: ['src/**'] }]), mergeFactsOf(), idle],
];

describe('the merge gate, of a change with nothing to spare,', () => {
  test.each(tight)('says no when any one fact is unknown (%s)', (_name, policy, facts, spare) => {
    expect(ruleOutcomes(ask(facts, { policy }))).toEqual([]);
    const yes = variants(facts, forget).filter(([, other]) => allows({ policy, facts: other as MergeFacts })).map(([where]) => where);
    const signed = policy.merge.review.signatures === 'required';
    expect(yes.filter((where) => !(!signed && isSignature(where)) && !spare.some((part) => where === part || (part !== 'carryOver' && where.startsWith(`${part}.`))))).toEqual([]);
  });

  test.each(tight)('says no when any one list is cut short (%s)', (_name, policy, facts, spare) => {
    const yes = variants(facts, cut).filter(([, other]) => allows({ policy, facts: other as MergeFacts })).map(([where]) => where);
    expect(yes.filter((where) => !spare.includes(where))).toEqual([]);
  });
});

const ruleOutcomes = ({ rules }: Decision) => rules.filter(({ outcome }) => outcome !== 'allow');

describe('the merge gate, of any change,', () => {
  test('says yes to a good part of what is generated, so that the laws say something', () => {
    const cases = fc.sample(generatedMerge, { seed: 1, numRuns: 1000 });
    const share = cases.filter(allows).length / cases.length;
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.9);
  });

  test('says yes only where the conditions hold that the documentation names', () => {
    fc.assert(fc.property(generatedMerge, ({ policy, facts }) => {
      if (allows({ policy, facts })) expect(brokenConditions(policy, facts)).toEqual([]);
    }), { numRuns: 2000 });
  });

  test('never says yes for one approval less', () => {
    fc.assert(fc.property(generatedMerge, fc.nat(), ({ policy, facts }, pick) => {
      const approvals = facts.reviews.items.filter((review) => review.state === 'approved' && isOnlyOne(review.reviewer, facts));
      const gone = approvals[pick % (approvals.length || 1)];
      fc.pre(gone !== undefined && !allows({ policy, facts }));
      expect(allows({ policy, facts: { ...facts, reviews: completeList(facts.reviews.items.filter((review) => review !== gone)) } })).toBe(false);
    }), runs);
  });

  test('never says yes, nor counts anyone else, for one contributor more', () => {
    fc.assert(fc.property(generatedMerge, fc.constantFrom(ana, ben, cho, dia, eli), fc.constantFrom(...parts), ({ policy, facts }, person, add) => {
      const before = ask(facts, { policy });
      const after = ask(add(person, facts), { policy });
      if (before.outcome !== 'allow') expect(after.outcome).not.toBe('allow');
      expect(countedReviews(before)).toEqual(expect.arrayContaining([...countedReviews(after)]));
    }), runs);
  });

  test('never says yes because less is known', () => {
    fc.assert(fc.property(generatedMerge, fc.nat(), ({ policy, facts }, pick) => {
      fc.pre(!allows({ policy, facts }));
      for (const change of [forget, cut, lose]) {
        const less = variants(facts, change);
        const chosen = less[pick % less.length];
        if (chosen === undefined) continue;
        const [where, other] = chosen;
        // Where signatures count, a name in a commit is no fact that anything rests on.
        if (policy.merge.review.signatures === 'required' && /ommits\.items\[\d+\]\.author$/.test(where)) continue;
        // Whoever cannot be told any more has no account, so it is nobody else who reviewed: it takes back nobody's word (M11).
        if (/^reviews\.items\[\d+\]\.reviewer$/.test(where) && !isObjection(facts, where)) continue;
        expect([where, allows({ policy, facts: other as MergeFacts })]).toEqual([where, false]);
      }
    }), { numRuns: 1000 });
  });

  test('says the same whatever the order of the lists', () => {
    fc.assert(fc.property(generatedMerge, fc.infiniteStream(fc.nat()), ({ policy, facts }, picks) => {
      expect(said(ask(shuffled(facts, picks) as MergeFacts, { policy }))).toEqual(said(ask(facts, { policy })));
    }), runs);
  });

  test('says the same of people with other names', () => {
    fc.assert(fc.property(generatedMerge, ({ policy, facts }) => {
      expect(verdicts(ask(renamed(facts) as MergeFacts, { policy }))).toEqual(verdicts(ask(facts, { policy })));
    }), runs);
  });

  test('says the same twice, to the byte, and changes nothing it is given', () => {
    fc.assert(fc.property(generatedMerge, ({ policy, facts }) => {
      const sealed = [frozen(sealPlain(policy)), frozen(sealFacts(facts))] as const;
      const made = JSON.stringify(decide(...sealed, frozen(clockAt(mondayAt))));
      expect(JSON.stringify(decide(...sealed, frozen(clockAt(mondayAt))))).toBe(made);
      const copied = structuredClone(facts);
      expect(JSON.stringify(ask(copied, { policy: structuredClone(policy) }))).toBe(made);
    }), runs);
  });

  test('shows every rule whatever the outcome', () => {
    const names = ask(mergeFactsOf()).rules.map(({ rule }) => rule);
    fc.assert(fc.property(generatedMerge, ({ policy, facts }) => { expect(ask(facts, { policy }).rules.map(({ rule }) => rule)).toEqual(names); }), runs);
  });
});

/** Without another review of this person: taking away a later word would bring an older one back, which GitHub does not do. */
const isOnlyOne = (reviewer: MergeFacts['reviews']['items'][number]['reviewer'], { reviews }: MergeFacts): boolean => reviews.items.filter((other) => JSON.stringify(other.reviewer) === JSON.stringify(reviewer)).length === 1;

const isObjection = ({ reviews }: MergeFacts, where: string): boolean => reviews.items.some(({ state }, index) => state === 'changes-requested' && where.includes(`[${index}]`));

const signature = known({ verified: true, reason: 'valid' });
/** Ways to have a part. Not one as a pusher of what someone signed: that is what a signature waits for. */
const parts: readonly ((person: Person, facts: MergeFacts) => MergeFacts)[] = [
  (person, facts) => ({ ...facts, commits: completeList([...facts.commits.items, commitBy(person, { sha: fakeSha('d1'), signature })]) }),
  (person, facts) => ({ ...facts, commits: completeList([...facts.commits.items, commitBy(ana, { sha: fakeSha('d1'), signature, committer: known(person) })]) }),
  (person, facts) => ({ ...facts, commits: completeList([...facts.commits.items, commitBy(ana, { sha: fakeSha('d1'), signature, coAuthors: [known(person)] })]) }),
  (person, facts) => ({ ...facts, formerCommits: completeList([...facts.formerCommits.items, commitBy(person, { sha: fakeSha('d1'), signature })]) }),
  (person, facts) => (hasCommitted(person, facts) ? facts : { ...facts, pushes: completeList([pushBy(person, { before: fakeSha('d0'), after: fakeSha('d1'), pushedAt: reviewedAt - 90 * 86_400_000 }), ...facts.pushes.items]) }),
  (person, facts) => (facts.instigations.items.length === 0 ? facts : { ...facts, instigations: completeList([...facts.instigations.items, instigationBy(person)]) }),
];

const hasCommitted = ({ id }: Person, { commits }: MergeFacts): boolean => commits.items.some(({ author, committer }) => [author, committer].some((by) => 'known' in by && by.known.id === id));

const countedReviews = (decision: Decision): readonly string[] => ruleOf(decision, 'review').judged.flatMap(({ what, counted }) => (counted ? [what] : []));

const said = ({ inputs: _inputs, ...decision }: Decision) => decision;

const verdicts = ({ outcome, rules }: Decision) => ({ outcome, rules: rules.map(({ rule, outcome: its, reason, judged, files = [] }) => ({ rule, its, reason, judged: judged.map(({ counted, reason: why }) => [counted, why]), files: files.map(({ path, reason: why }) => [path, why]) })) });

/** Every list in another order, but for a commit's parents, whose order is a fact. */
function shuffled(value: unknown, picks: Iterator<number>, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => shuffled(item, picks));
    if (key === 'parents') return items;
    const keyed = items.map((item) => ({ item, at: picks.next().value as number }));
    return keyed.sort((a, b) => a.at - b.at).map(({ item }) => item);
  }
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shuffled(part, picks, name)])) : value;
}

/** Other logins for everyone, but not in the code owners file, which is made of logins. */
function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => renamed(item));
  if (!isObject(value)) return value;
  const parts = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, renamed(part)]));
  return typeof value['login'] === 'string' && 'kind' in value ? { ...parts, login: `z-${value['login'].split('').reverse().join('')}` } : parts;
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

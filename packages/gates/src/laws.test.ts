import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Policy } from '@sallyport/policy';
import type { Outcome } from './decision.ts';
import type { AnyFacts } from './decide.ts';
import { completeList, known } from './facts/fact.ts';
import type { MergeFacts } from './facts/merge-facts.ts';
import type { Person } from './facts/shared.ts';
import { parseFacts } from './parse-facts.ts';
import { ana, approvedBy, ask, ben, checkOf, cho, commitBy, dia, eli, grantOf, headSha, mergeFactsOf, olderSha, overrideApprovalBy, overrideFactsOf, policyOf, pushBy, pushedAt, releaseFactsOf, reviewBy, reviewedAt, reviewerOf, runOf, saturdayAt, sealFacts, stageFactsOf, thursdayAt, withReview } from './testing/index.ts';

const people = [ana, ben, cho, dia, eli];
const anyone = fc.constantFrom(...people);
const reviews = fc
  .array(fc.tuple(anyone, fc.constantFrom('approved', 'approved', 'changes-requested', 'commented', 'dismissed' as const), fc.integer({ min: -1, max: 3 }), anyone), { maxLength: 6 })
  .map((drafts) => drafts.map(([person, state, second, by], index) => reviewBy(person, { id: index + 1, state, submittedAt: reviewedAt + second * 1000, dismissedBy: state === 'dismissed' ? known(by) : null })));
const pushes = fc.array(anyone, { maxLength: 3 }).map((actors) => [...actors.map((actor, index) => pushBy(actor, { after: olderSha, pushedAt: pushedAt - (index + 1) * 1000 })), pushBy(ana)]);
const checks = fc.array(fc.tuple(fc.constantFrom('success', 'success', 'failure', 'skipped' as const), fc.constantFrom('pull_request', 'push'), fc.integer({ min: 1, max: 2 })), { maxLength: 3 }).map((drafts) => drafts.map(([conclusion, event, attempt], index) => checkOf({ id: index + 1, conclusion, run: runOf({ event, attempt }) })));
const roles = fc.tuple(...people.map((person) => fc.constantFrom('write', 'write', 'admin', 'read' as const).map((role) => reviewerOf(person, role, ['acme/platform']))));

const mergeFacts = fc
  .record({ reviews, pushes, checks, roles })
  .map((draft): MergeFacts => mergeFactsOf({ reviews: completeList(draft.reviews), pushes: completeList(draft.pushes), checks: completeList(draft.checks), reviewers: draft.roles, files: completeList([{ path: 'infra/a', previousPath: null, status: 'modified' }]), candidates: completeList(people) }));

const policy: Policy = withReview({ sensitive: [{ paths: ['infra/**'], approvals: 1, team: 'acme/platform' }] });
const rank: Readonly<Record<Outcome, number>> = { allow: 0, wait: 1, unknown: 2, deny: 3 };

/** Cases of every gate that are allowed, with their policy and time. */
const allowed: readonly (readonly [string, AnyFacts, number])[] = [
  ['merge', mergeFactsOf({ commits: completeList([commitBy(ana, { coAuthors: [known(dia)] })]), reviewers: [reviewerOf(ben, 'write', ['acme/platform'])], files: completeList([{ path: 'infra/a', previousPath: null, status: 'modified' }]) }), saturdayAt],
  ['stage', stageFactsOf(), saturdayAt],
  ['release', releaseFactsOf({ recentDeploySeconds: completeList([60, 70, 80]) }), saturdayAt],
  ['release under an override', releaseFactsOf({ grants: completeList([grantOf()]) }), thursdayAt],
  ['override', overrideFactsOf({ approvals: completeList([overrideApprovalBy(cho)]) }), thursdayAt],
];

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every document that differs from this one in one place, made by `change` (undefined: leave that place alone). */
function variants(value: unknown, change: (part: unknown) => unknown): readonly unknown[] {
  const changed = change(value);
  const here = changed === undefined ? [] : [changed];
  if (Array.isArray(value)) return [...here, ...value.flatMap((item: unknown, index) => variants(item, change).map((other) => value.with(index, other) as unknown))];
  if (!isObject(value)) return here;
  return [...here, ...Object.entries(value).flatMap(([key, part]) => variants(part, change).map((other) => ({ ...value, [key]: other })))];
}

const forget = (part: unknown): unknown => (isObject(part) && 'known' in part ? { unknown: 'it was not read' } : undefined);
const cut = (part: unknown): unknown => (isObject(part) && part['complete'] === true ? { items: part['items'], complete: false, missing: 'the rest' } : undefined);

function decideDocument(document: unknown, at: number) {
  const read = parseFacts('any', document);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return ask(read.facts.value, { at, policy });
}

describe('no gate', () => {
  test.each(allowed)('allows when any one fact is unknown (%s)', (_name, facts, at) => {
    expect(ask(facts, { at, policy }).outcome).toBe('allow');
    const documents = variants(sealFacts(facts).document, forget);
    expect(documents.length).toBeGreaterThan(2);
    for (const document of documents) expect(decideDocument(document, at).outcome).not.toBe('allow');
  });

  test.each(allowed)('allows when any one list it decides by is cut short (%s)', (_name, facts, at) => {
    const documents = variants(sealFacts(facts).document, cut);
    const yes = documents.filter((document) => decideDocument(document, at).outcome === 'allow');
    // Nothing is decided by these: candidates are for the next step, and a window that is overridden needs no fit.
    const harmless = facts.gate === 'merge' ? 1 : facts.gate === 'release' && at === thursdayAt ? 1 : 0;
    expect(yes).toHaveLength(harmless);
  });

  test.each(allowed)('decides differently for the same inputs, or by names (%s)', (_name, facts, at) => {
    const renamed = variants(sealFacts(facts).document, (part) => (isObject(part) && typeof part['login'] === 'string' ? { ...part, login: `renamed-${part['login']}` } : undefined));
    const made = ask(facts, { at, policy });
    expect(JSON.stringify(ask(facts, { at, policy }))).toBe(JSON.stringify(made));
    for (const document of renamed) {
      const again = decideDocument(document, at);
      expect([again.outcome, ...again.rules.map(({ reason }) => reason)]).toEqual([made.outcome, ...made.rules.map(({ reason }) => reason)]);
    }
  });
});

const shuffled = (facts: MergeFacts, seed: number): MergeFacts => {
  const turn = <T>(items: readonly T[]): readonly T[] => [...items.slice(seed % (items.length || 1)), ...items.slice(0, seed % (items.length || 1))].reverse();
  const list = <T>(from: { readonly items: readonly T[] }) => completeList(turn(from.items));
  return { ...facts, commits: list(facts.commits), pushes: list(facts.pushes), reviews: list(facts.reviews), checks: list(facts.checks), files: list(facts.files), candidates: list(facts.candidates), reviewers: turn(facts.reviewers) };
};

describe('the merge gate', () => {
  test('says the same whatever the order of the lists', () => {
    fc.assert(fc.property(mergeFacts, fc.nat(7), (facts, seed) => {
      const { inputs: _inputs, ...made } = ask(facts, { policy });
      const { inputs: _others, ...again } = ask(shuffled(facts, seed), { policy });
      expect(again).toEqual(made);
    }));
  });

  test('is never better off for one approval less', () => {
    fc.assert(fc.property(mergeFacts, fc.nat(5), (facts, index) => {
      const approvals = facts.reviews.items.filter(({ state }) => state === 'approved');
      const gone = approvals[index % (approvals.length || 1)];
      // Taking away someone's only later word would bring an older one back, which GitHub does not do.
      const alone = gone !== undefined && facts.reviews.items.filter(({ reviewer }) => JSON.stringify(reviewer) === JSON.stringify(gone.reviewer)).length === 1;
      fc.pre(alone);
      const fewer = { ...facts, reviews: completeList(facts.reviews.items.filter((review) => review !== gone)) };
      expect(rank[ask(fewer, { policy }).outcome]).toBeGreaterThanOrEqual(rank[ask(facts, { policy }).outcome]);
    }));
  });

  test('is never better off for one contributor more', () => {
    const parts: readonly ((person: Person, facts: MergeFacts) => MergeFacts)[] = [
      (person, facts) => ({ ...facts, commits: completeList([...facts.commits.items, commitBy(person, { sha: olderSha })]) }),
      (person, facts) => ({ ...facts, commits: completeList([...facts.commits.items, commitBy(ana, { sha: olderSha, coAuthors: [known(person)] })]) }),
      (person, facts) => ({ ...facts, pushes: completeList([...facts.pushes.items, pushBy(person, { after: olderSha, pushedAt: pushedAt - 9000 })]) }),
    ];
    fc.assert(fc.property(mergeFacts, anyone, fc.constantFrom(...parts), (facts, person, add) => {
      expect(rank[ask(add(person, facts), { policy }).outcome]).toBeGreaterThanOrEqual(rank[ask(facts, { policy }).outcome]);
    }));
  });

  test('allows only with a success on the head and an approval by someone with no part in it', () => {
    fc.assert(fc.property(mergeFacts, (facts) => {
      fc.pre(ask(facts, { policy }).outcome === 'allow');
      const parts = new Set([ana.id, ...facts.pushes.items.flatMap(({ actor }) => ('known' in actor ? [actor.known.id] : []))]);
      expect(facts.reviews.items.some(({ reviewer, state, commitId }) => state === 'approved' && commitId === headSha && 'known' in reviewer && !parts.has(reviewer.known.id))).toBe(true);
      expect(facts.checks.items.some(({ conclusion, run }) => conclusion === 'success' && run !== null && 'known' in run && run.known.event === 'pull_request')).toBe(true);
    }));
  });

  test('shows every rule whatever the outcome', () => {
    const names = ask(mergeFactsOf(), { policy: policyOf() }).rules.map(({ rule }) => rule);
    fc.assert(fc.property(mergeFacts, (facts) => { expect(ask(facts).rules.map(({ rule }) => rule)).toEqual(names); }));
    expect(ask(mergeFactsOf({ reviews: completeList([approvedBy(ana)]) })).rules.map(({ rule }) => rule)).toEqual(names);
  });
});

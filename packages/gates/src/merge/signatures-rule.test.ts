import { describe, expect, it } from 'vitest';
import { completeList, known, partialList, unknown } from '../facts/fact.ts';
import type { CommitFact, MergeFacts } from '../facts/merge-facts.ts';
import type { Person } from '../facts/shared.ts';
import type { ReasonCode } from '../reason-codes.ts';
import { ana, approvedBy, ask, ben, cho, commitBy, dia, mergeFactsOf, olderSha, pushBy, reviewerOf, robot, ruleOf, ruleText, withReview } from '../testing/index.ts';

const required = withReview({ signatures: 'required' });
const valid = known({ verified: true, reason: 'valid' });
const signedBy = (signer: Person, changes: Partial<CommitFact> = {}): CommitFact => commitBy(signer, { signature: valid, ...changes });
const of = (commit: CommitFact, changes: Partial<MergeFacts> = {}): MergeFacts => mergeFactsOf({ commits: completeList([commit]), ...changes });
const judge = (facts: MergeFacts) => ruleOf(ask(facts, { policy: required }), 'signatures');

describe('where the policy requires signatures', () => {
  it.each<[string, MergeFacts, string, ReasonCode]>([
    ['a commit signed by its pusher will do', of(signedBy(ana)), 'allow', 'ok'],
    ['an unsigned commit will not', of(commitBy(ana)), 'deny', 'signature-missing'],
    ['a signature that does not verify will not', of(signedBy(ana, { signature: known({ verified: false, reason: 'unverified_email' }) })), 'deny', 'signature-missing'],
    ['“verified” for another reason will not (M09)', of(signedBy(ana, { signature: known({ verified: true, reason: 'partially_verified' }) })), 'deny', 'signature-missing'],
    ['a signature of nobody who is known will not', of(signedBy(ana, { committer: unknown('no account has that address') })), 'deny', 'signature-missing'],
    ['a signature of someone who never pushed will not (M09)', of(signedBy(dia)), 'deny', 'signer-did-not-push'],
    ['what GitHub signed for the author will do', of(signedBy(ana, { committedByGitHub: true, committer: known(robot) })), 'allow', 'ok'],
    ['what GitHub signed for someone who never pushed will do: it was made on its pages', of(signedBy(dia, { committedByGitHub: true })), 'allow', 'ok'],
    ['a signature that was not read is unknown', of(signedBy(ana, { signature: unknown('it was not read') })), 'unknown', 'fact-missing'],
    ['a cut list of commits is unknown', mergeFactsOf({ commits: partialList([signedBy(ana)], '250 of 300 read') }), 'unknown', 'list-incomplete'],
  ])('%s', (_name, facts, outcome, reason) => {
    const rule = judge(facts);
    expect(rule).toMatchObject({ outcome, reason });
    expect(ruleText(rule)).toMatchSnapshot();
  });

  it('names signatures that were not read in one order, whatever the order of the commits', () => {
    const unread = { signature: unknown('it was not read') };
    const commits = [signedBy(ana, unread), signedBy(ana, { ...unread, sha: olderSha })];
    const { summary } = judge(mergeFactsOf({ commits: completeList(commits) }));
    expect(judge(mergeFactsOf({ commits: completeList(commits.toReversed()) })).summary).toBe(summary);
    expect(summary).toMatch(/010101.*1a1a1a/);
  });

  it('takes the pushes of another account of the same person', () => {
    const policy = withReview({ signatures: 'required', people: [{ name: 'Ana', accounts: [ana.id, dia.id] }] });
    expect(ruleOf(ask(of(signedBy(dia)), { policy }), 'signatures').outcome).toBe('allow');
  });

  it('shows an author whom nothing but a name speaks for, and bars nobody by it (M08)', () => {
    const decision = ask(of(signedBy(ana, { author: known(ben) })), { policy: required });
    expect(decision.outcome).toBe('allow');
    expect(ruleOf(decision, 'signatures').judged).toMatchObject([{ what: 'ben, author of commit 1a1a1a1a1a1a', counted: false, reason: 'authorship-unverified' }]);
  });

  it.each<[string, MergeFacts]>([
    ['pushed', of(signedBy(ana, { author: known(ben) }), { pushes: completeList([pushBy(ben, { after: olderSha, pushedAt: 1 }), pushBy(ana, { before: olderSha })]) })],
    ['is a co-author', of(signedBy(ana, { author: known(ben), coAuthors: [known(ben)] }))],
    ['signed', of(signedBy(ben, { author: known(ben) }), { pushes: completeList([pushBy(ben)]) })],
    ['is the author of a commit that nobody signed and that is gone since', of(signedBy(ana), { formerCommits: completeList([commitBy(ben, { sha: olderSha })]) })],
  ])('still bars an author who also %s', (_name, facts) => {
    expect(ruleOf(ask(facts, { policy: required }), 'review').outcome).toBe('wait');
  });

  it('needs no account behind the name of an author (M07), but behind every other part', () => {
    const nobody = unknown('no account has that address');
    expect(ask(of(signedBy(ana, { author: nobody })), { policy: required }).outcome).toBe('allow');
    expect(ask(of(signedBy(ana, { coAuthors: [nobody] })), { policy: required }).outcome).toBe('unknown');
    expect(ask(of(signedBy(ana), { formerCommits: completeList([commitBy(ana, { sha: olderSha, author: nobody })]) }), { policy: required }).outcome).toBe('unknown');
  });

  it('lets a forged machine author bar nobody', () => {
    expect(ask(of(signedBy(ana, { author: known(robot) }), { reviews: completeList([approvedBy(cho)]), reviewers: [reviewerOf(cho)] }), { policy: required }).outcome).toBe('allow');
  });
});

it('asks for no signature otherwise', () => {
  expect(ruleOf(ask(mergeFactsOf()), 'signatures')).toMatchObject({ outcome: 'allow', reason: 'not-applicable' });
});

import { describe, expect, it } from 'vitest';
import { completeList, known, partialList, unknown } from '../facts/fact.ts';
import type { Person } from '../facts/shared.ts';
import { ana, approvedBy, ask, ben, commitBy, dia, eli, mergeFactsOf, olderSha, pushBy, reviewerOf, ruleOf, withReview } from '../testing/index.ts';
import { contributorsOf, participantsIn } from './contributors.ts';

const signing = { signatures: 'ignored' } as const;
const spelt = (changes: Partial<Person>) => commitBy({ ...dia, ...changes }, { sha: olderSha });
const nameOf = (...people: readonly Person[]) => participantsIn(signing, mergeFactsOf({ commits: completeList(people.map((person) => commitBy(person))) })).known.find(({ person }) => person.id === dia.id)?.person;

describe('one account that is spelt in two ways', () => {
  it.each<[string, Partial<Person>, Partial<Person>, Partial<Person>]>([
    ['goes by the first of its names', { login: 'b' }, { login: 'a' }, { login: 'a' }],
    ['is a machine when one of them says so', { kind: 'user', login: 'a' }, { kind: 'bot', login: 'b' }, { kind: 'bot', login: 'b' }],
    ['goes by the first name among machines', { kind: 'bot', login: 'b' }, { kind: 'other', login: 'a' }, { kind: 'other', login: 'a' }],
  ])('%s, in any order', (_name, one, other, expected) => {
    expect(nameOf({ ...dia, ...one }, { ...dia, ...other })).toMatchObject(expected);
    expect(nameOf({ ...dia, ...other }, { ...dia, ...one })).toMatchObject(expected);
  });
});

describe('contributorsOf', () => {
  it('lists everyone by id when all is known', () => {
    const facts = mergeFactsOf({ formerCommits: completeList([spelt({})]), pushes: completeList([pushBy(ben, { after: olderSha, pushedAt: 1 }), pushBy(ana, { before: olderSha })]) });
    expect(contributorsOf(signing, facts)).toEqual(completeList([ana, ben, dia]));
  });

  it('says in one order what is not known, and lists the rest', () => {
    const nobody = unknown('no account has that address');
    const commits = [commitBy(ana, { author: nobody }), commitBy(ana, { sha: olderSha, coAuthors: [nobody] })];
    const list = contributorsOf(signing, mergeFactsOf({ commits: partialList(commits, '250 of 300 read') }));
    expect(list).toEqual(partialList([ana], 'commits: 250 of 300 read; author of commit 1a1a1a1a1a1a: no account has that address; co-author of commit 010101010101: no account has that address'));
    expect(contributorsOf(signing, mergeFactsOf({ commits: partialList(commits.toReversed(), '250 of 300 read') }))).toEqual(list);
  });

  it('leaves out whom only a name in a commit that somebody else signed speaks for, where signatures are required', () => {
    const forged = commitBy(ana, { author: known(dia), signature: known({ verified: true, reason: 'valid' }) });
    expect(contributorsOf({ signatures: 'required' }, mergeFactsOf({ commits: completeList([forged]) }))).toEqual(completeList([ana]));
    expect(contributorsOf(signing, mergeFactsOf({ commits: completeList([forged]) }))).toEqual(completeList([ana, dia]));
  });
});

describe('accounts of one person (M01)', () => {
  it.each([
    ['the higher number', [ana.id, eli.id], eli, ana],
    ['the lower number', [ana.id, eli.id], ana, eli],
  ])('contribute together, also by the one with %s', (_name, accounts, contributor, reviewer) => {
    const { pullRequest } = mergeFactsOf();
    const facts = mergeFactsOf({ pullRequest: { ...pullRequest, author: known(contributor) }, commits: completeList([commitBy(contributor)]), pushes: completeList([pushBy(contributor)]), reviews: completeList([approvedBy(reviewer)]), reviewers: [reviewerOf(reviewer)] });
    expect(ruleOf(ask(facts, { policy: withReview({ people: [{ name: 'Ana', accounts }] }) }), 'review')).toMatchObject({ outcome: 'wait', judged: [{ reason: 'reviewer-same-person' }] });
    expect(ask(facts).outcome).toBe('allow');
  });
});

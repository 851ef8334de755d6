import { describe, expect, it } from 'vitest';
import { completeList, known, partialList, unknown } from '../facts/fact.ts';
import type { InstigationFact, MergeFacts } from '../facts/merge-facts.ts';
import { ana, approvedBy, ask, ben, cho, commitBy, dia, instigationBy, mergeFactsOf, olderSha, pushBy, reviewBy, reviewerOf, robot, ruleOf, withReview } from '../testing/index.ts';

const workflowBot = { id: 41_898_282, login: 'github-actions[bot]', kind: 'bot' } as const;
const agent = { id: 902, login: 'agent[bot]', kind: 'bot' } as const;
describe('a change that a machine had a part in (M03, M05)', () => {
  it.each([
    ['a push by the workflow bot', { pushes: completeList([pushBy(workflowBot)]) }],
    ['a commit authored by it', { commits: completeList([commitBy(ana, { author: known(workflowBot) })]) }],
    ['a commit committed by it', { commits: completeList([commitBy(ana, { committer: known(workflowBot) })]) }],
  ])('is unknown with %s and nobody known who set it to work', (_name, changes) => {
    const decision = ask(mergeFactsOf({ ...changes, reviews: completeList([approvedBy(cho)]), reviewers: [reviewerOf(cho)] }));
    expect(ruleOf(decision, 'contributors-known')).toMatchObject({ outcome: 'unknown', reason: 'machine-unexplained' });
    expect(decision.outcome).toBe('unknown');
  });

  const machinePush = { pushes: completeList([pushBy(agent)]), reviews: completeList([approvedBy(cho)]), reviewers: [reviewerOf(cho)] };
  it.each<[string, readonly InstigationFact[], string]>([
    ['may merge with the approval of someone else', [instigationBy(ben, { machine: agent })], 'allow'],
    ['waits when whoever assigned it approves (M03)', [instigationBy(cho, { machine: agent })], 'wait'],
    ['waits when whoever mentioned it approves, whatever machine was meant (M03)', [instigationBy(cho, { how: 'mentioned' })], 'wait'],
    ['is unknown when another machine was set to work', [instigationBy(ben, { machine: robot })], 'unknown'],
    ['is unknown when who assigned it is', [instigationBy(ben, { machine: agent, person: unknown('deleted account') })], 'unknown'],
    ['is unknown when a machine assigned it', [instigationBy(robot, { machine: agent })], 'unknown'],
  ])('%s', (_name, items, outcome) => {
    expect(ask(mergeFactsOf({ ...machinePush, instigations: completeList(items) })).outcome).toBe(outcome);
  });

  it('is unknown for what workflows pushed, whoever mentions their account: anyone may have made the workflow', () => {
    const facts = mergeFactsOf({ ...machinePush, pushes: completeList([pushBy(workflowBot)]), instigations: completeList([instigationBy(ben, { machine: workflowBot, how: 'mentioned' })]) });
    expect(ruleOf(ask(facts), 'contributors-known')).toMatchObject({ outcome: 'unknown', reason: 'machine-unexplained' });
  });

  it('may merge when the policy says that it acts on nobody’s word', () => {
    const policy = withReview({ machines: [{ name: 'agent', account: agent.id }] });
    expect(ask(mergeFactsOf(machinePush), { policy }).outcome).toBe('allow');
  });

  it('still bars whoever set such a machine to work', () => {
    const policy = withReview({ machines: [{ name: 'agent', account: agent.id }] });
    expect(ask(mergeFactsOf({ ...machinePush, instigations: completeList([instigationBy(cho, { machine: agent })]) }), { policy }).outcome).toBe('wait');
  });

  it('is unknown while the events that set it to work are cut short', () => {
    const facts = mergeFactsOf({ ...machinePush, instigations: partialList([instigationBy(ben, { machine: agent })], 'the timeline was cut') });
    expect(ruleOf(ask(facts), 'contributors-known')).toMatchObject({ outcome: 'unknown', reason: 'list-incomplete' });
  });

  it('does not ask who set machines to work that had no part', () => {
    expect(ask(mergeFactsOf({ instigations: partialList([instigationBy(ben, { machine: robot })], 'the timeline was cut') })).outcome).toBe('allow');
  });
});

describe('commits that the branch no longer has (M06)', () => {
  const former = (changes: Partial<MergeFacts>) => ask(mergeFactsOf({ formerCommits: completeList([commitBy(ben, { sha: olderSha })]), ...changes }));

  it('keep their authors from approving', () => {
    expect(ruleOf(former({}), 'review')).toMatchObject({ outcome: 'wait', judged: [{ reason: 'reviewer-contributed' }] });
  });

  it('keep nobody else from it', () => {
    expect(former({ reviews: completeList([approvedBy(cho)]), reviewers: [reviewerOf(cho)] }).outcome).toBe('allow');
  });

  it('have to be known all', () => {
    expect(ruleOf(former({ formerCommits: partialList([], 'an earlier head is gone') }), 'contributors-known')).toMatchObject({ outcome: 'unknown', reason: 'list-incomplete' });
  });
});

describe('accounts of one person (M01)', () => {
  const policy = withReview({ approvals: 1, people: [{ name: 'Ana', accounts: [ana.id, dia.id] }] });
  const by = (...people: readonly (typeof ana)[]) => mergeFactsOf({ reviews: completeList(people.map((person) => approvedBy(person))), reviewers: people.map((person) => reviewerOf(person)) });

  it('are no second person for each other', () => {
    expect(ruleOf(ask(by(dia), { policy }), 'review')).toMatchObject({ outcome: 'wait', judged: [{ reason: 'reviewer-same-person' }] });
  });

  it('count once among approvals', () => {
    const roster = withReview({ approvals: 2, people: [{ name: 'Ben', accounts: [ben.id, cho.id] }] });
    expect(ruleOf(ask(by(ben, cho), { policy: roster }), 'review').outcome).toBe('wait');
    expect(ruleOf(ask(by(ben, cho), { policy: withReview({ approvals: 2 }) }), 'review').outcome).toBe('allow');
  });

  it('do not dismiss an objection to their own change', () => {
    const objected = reviewBy(cho, { state: 'dismissed', dismissedBy: known(dia), dismissedState: 'changes-requested' });
    const facts = mergeFactsOf({ reviews: completeList([approvedBy(ben), objected]), reviewers: [reviewerOf(ben), reviewerOf(cho), reviewerOf(dia)] });
    expect(ruleOf(ask(facts, { policy }), 'objections')).toMatchObject({ outcome: 'deny', reason: 'objection-dismissed-by-contributor' });
  });
});

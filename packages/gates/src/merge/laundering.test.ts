import { describe, expect, it } from 'vitest';
import { known, unknown } from '../facts/fact.ts';
import { approvedBy, ask, cho, commitBy, mergeFactsOf, pushBy, ruleOf } from '../testing/index.ts';
import { ana } from '../testing/people.ts';

const workflowBot = { id: 41_898_282, login: 'github-actions[bot]', kind: 'bot' } as const;
const plain = mergeFactsOf();
const retargeted = (baseChanges: typeof plain.pullRequest.baseChanges) => mergeFactsOf({ pullRequest: { ...plain.pullRequest, baseChanges } });

describe('a pull request pointed at another base (A08)', () => {
  it('is refused: its tests and approvals were about something else', () => {
    expect(ruleOf(ask(retargeted(known(1))), 'target')).toMatchObject({ outcome: 'deny', reason: 'base-changed' });
  });

  it('is unknown when the timeline does not say', () => {
    expect(ruleOf(ask(retargeted(unknown('the timeline was cut'))), 'target')).toMatchObject({ outcome: 'unknown', reason: 'fact-missing' });
  });
});

describe('a change that a machine had a part in (M03, M05)', () => {
  it.each([
    ['a push by the workflow bot', { pushes: { items: [pushBy(workflowBot)], complete: true as const } }],
    ['a commit authored by it', { commits: { items: [commitBy(ana, { author: known(workflowBot) })], complete: true as const } }],
    ['a commit committed by it', { commits: { items: [commitBy(ana, { committer: known(workflowBot) })], complete: true as const } }],
  ])('is unknown with %s, because whoever set it to work may be the reviewer', (_name, changes) => {
    const decision = ask(mergeFactsOf({ ...changes, reviews: { items: [approvedBy(cho)], complete: true } }));
    expect(ruleOf(decision, 'contributors-known')).toMatchObject({ outcome: 'unknown', reason: 'contributor-unknown' });
    expect(decision.outcome).not.toBe('allow');
  });
});

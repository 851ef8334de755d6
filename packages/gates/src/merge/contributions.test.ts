import { describe, expect, it } from 'vitest';
import { completeList, known } from '../facts/fact.ts';
import type { InstigationFact, MergeFacts } from '../facts/merge-facts.ts';
import type { Person } from '../facts/shared.ts';
import { ana, approvedBy, ask, ben, cho, commitBy, instigationBy, mergeFactsOf, reviewerOf, robot, ruleOf } from '../testing/index.ts';

const planner: Person = { id: 902, login: 'planner[bot]', kind: 'bot' };

/** Robot wrote it, on the word of these. Ben approves. */
const writtenByRobot = (instigations: readonly InstigationFact[]): MergeFacts =>
  mergeFactsOf({ commits: completeList([commitBy(robot)]), instigations: completeList(instigations), reviews: completeList([approvedBy(ben)]), reviewers: [reviewerOf(ben)] });

const setToWork = (machine: Person | null, by: Person): InstigationFact => instigationBy(by, { machine, person: known(by) });

describe('whoever set a machine to work (M03)', () => {
  it.each<[string, readonly InstigationFact[]]>([
    ['that had a part', [setToWork(robot, ben)]],
    ['that set the one to work that had a part', [setToWork(robot, planner), setToWork(planner, ben)]],
    ['that did, whatever the order of the events', [setToWork(planner, ben), setToWork(robot, planner)]],
    ['of a name that is not told', [setToWork(null, ben)]],
  ])('%s contributed, and cannot approve', (_name, instigations) => {
    expect(ruleOf(ask(writtenByRobot([...instigations, setToWork(robot, ana)])), 'review')).toMatchObject({ outcome: 'wait', judged: [{ reason: 'reviewer-contributed' }] });
  });

  it('without a part in the change contributed nothing', () => {
    expect(ask(writtenByRobot([setToWork(robot, ana), setToWork(planner, ben)])).outcome).toBe('allow');
    expect(ask(mergeFactsOf({ instigations: completeList([setToWork(null, ben), setToWork(robot, ben)]) })).outcome).toBe('allow');
  });

  it('is named as that, with how', () => {
    const { judged } = ruleOf(ask(writtenByRobot([setToWork(robot, ben), setToWork(robot, ana)])), 'review');
    expect(judged[0]?.summary).toBe('ben contributed to the change as person who set robot[bot] to work (assigned)');
  });

  it('is asked for of every machine in the chain', () => {
    const rule = ruleOf(ask(writtenByRobot([setToWork(robot, planner), setToWork(robot, cho)])), 'contributors-known');
    expect(rule).toMatchObject({ outcome: 'unknown', reason: 'machine-unexplained' });
    expect(rule.summary).toMatch(/^planner\[bot\] had a part/);
  });
});

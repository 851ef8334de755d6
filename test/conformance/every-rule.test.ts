import { describe, expect, it } from 'vitest';
import { differenceOf } from './compare.ts';
import { ownGate } from './gate-under-test.ts';
import type { SeenDecision } from './gate-under-test.ts';
import { attackedCase, readSuite, twinCase } from './scenario.ts';

const suite = readSuite(import.meta.dirname);
const decided = await Promise.all(
  suite.scenarios.flatMap((scenario) => [
    { expected: scenario.expect, of: attackedCase(suite, scenario) },
    { expected: scenario.twin ?? { outcome: 'allow' }, of: twinCase(suite, scenario) },
  ]).map(async ({ expected, of }) => ({ id: (of.facts as { gate: string }).gate, expected, decision: await ownGate(of) })),
);
const merges = decided.filter(({ id }) => id === 'merge');
const rulesOf = (those: typeof decided): readonly string[] => [...new Set(those.flatMap(({ decision }) => (decision.rules ?? []).map(({ rule }) => rule)))];
/** The clock is no row of merges: what is untrusted time is a row of the windows. */
const rules = rulesOf(merges).filter((rule) => rule !== 'clock');

const releases = decided.filter(({ id }) => id === 'release');
/** Time that is not trusted stops every rule about time as well, an override stops nothing, and no row is about the others. */
const rulesOfReleases = rulesOf(releases).filter((rule) => !['clock', 'override', 'policy-enforced', 'environment', 'holds'].includes(rule));

const severity = ['allow', 'wait', 'unknown', 'deny'];

/** What the gate would decide without a rule: rules know nothing of each other, and the worst of them is the outcome. */
function without({ rules: all = [] }: SeenDecision, removed: string): SeenDecision {
  const left = all.filter(({ rule }) => rule !== removed);
  return { outcome: severity[Math.max(...left.map(({ outcome }) => severity.indexOf(outcome)))] ?? 'none', rules: left };
}

describe('removing any rule turns a scenario red', () => {
  it('can be told from the decision, whose outcome is the worst of its rules', () => {
    for (const { decision } of decided) expect(without(decision, 'no such rule').outcome).toBe(decision.outcome);
  });

  it.each(rules)('%s', (rule) => {
    expect(merges.filter(({ decision, expected }) => differenceOf(without(decision, rule), expected, 'outcomes') !== null)).not.toEqual([]);
  });

  // Where the push history does not end at the head, no approval can be tied to it either: two rules stand there.
  it.each(rules.filter((rule) => rule !== 'head'))('%s, and lets an attack through', (rule) => {
    expect(merges.filter(({ decision, expected }) => expected.outcome !== 'allow' && without(decision, rule).outcome === 'allow')).not.toEqual([]);
  });
});

describe('removing any rule of the release gate turns a scenario red', () => {
  it.each(rulesOfReleases)('%s', (rule) => {
    expect(releases.filter(({ decision, expected }) => differenceOf(without(decision, rule), expected, 'outcomes') !== null)).not.toEqual([]);
  });
});

describe('a gate that is wrong as a whole', () => {
  it.each(severity)('is found out when it always answers %s', (outcome) => {
    expect(decided.some(({ expected }) => differenceOf({ outcome, rules: [] }, expected, 'outcomes') !== null)).toBe(true);
  });
});

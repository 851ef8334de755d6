import type { Decision, Judged, RuleResult } from '../decision.ts';
import { worstOf } from '../ruling.ts';
import { mondayAt } from './ask.ts';
import { fakeDigest } from './people.ts';

/** A rule's result by hand: satisfied, unless said otherwise. */
export const resultOf = (rule: string, changes: Partial<RuleResult> = {}): RuleResult => ({ rule, outcome: 'allow', reason: 'ok', summary: `Rule ${rule} is satisfied.`, evidence: [], judged: [], ...changes });

export const judgedOf = (what: string, changes: Partial<Judged> = {}): Judged => ({ what, counted: true, reason: 'ok', summary: 'it counts', ...changes });

/** A merge decision on #42 from rules made by hand, for what reads decisions and must not depend on how they come about. */
export const handmadeDecision = (rules: readonly RuleResult[], changes: Partial<Decision> = {}): Decision => ({
  schema: 1,
  gate: 'merge',
  subject: 'acme/shop#42 at 1a1a1a1',
  outcome: worstOf(rules),
  rules,
  next: [],
  inputs: { policy: fakeDigest('b0'), facts: fakeDigest('fa'), now: { serverAt: mondayAt, localAt: mondayAt } },
  ...changes,
});

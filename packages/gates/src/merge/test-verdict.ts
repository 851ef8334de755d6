import type { Judged } from '../decision.ts';
import type { Finding } from '../ruling.ts';

/** Why something of the right name does not count, and what would make it count. */
export type Elsewhere = Pick<Judged, 'reason' | 'summary' | 'remedy'>;

/** One check or status of a test's name. `matches`: it comes from where the policy says; `findings` are what it then holds against the change. */
export type TestVerdict = { readonly judged: Judged; readonly findings: readonly Finding[]; readonly matches: boolean };

/** What is shown of it whatever the verdict. */
export type Shown = Pick<Judged, 'what' | 'evidence' | 'url'>;

export const fromElsewhere = ({ what, evidence, url }: Shown, { reason, summary, remedy }: Elsewhere): TestVerdict => ({ judged: { what, counted: false, reason, summary, evidence, remedy, url }, findings: [], matches: false });

/** It comes from there: it counts when nothing is found, and shows the first finding when something is. */
export function fromThere({ what, evidence, url }: Shown, findings: readonly Finding[], success: string): TestVerdict {
  const [first] = findings;
  if (first === undefined) return { judged: { what, counted: true, reason: 'ok', summary: success, evidence, remedy: undefined, url }, findings, matches: true };
  return { judged: { what, counted: false, reason: first.reason, summary: first.summary, evidence, remedy: first.next?.[0]?.what, url }, findings, matches: true };
}

export const stillRunning = (what: string, test: string, state: string): Finding => ({
  outcome: 'wait',
  reason: 'test-running',
  summary: `${what} has not ended (${state}).`,
  next: [{ who: `test ${test}`, what: 'wait until it ends', effort: 'wait' }],
  needs: `test ${test} to end`,
});

import type { Instant } from '@sallyport/calendar';
import { none } from './collect.ts';
import type { Judged, NextStep, Outcome, RuleResult } from './decision.ts';
import type { ReasonCode } from './reason-codes.ts';

/** One thing a rule objects to. `recheckAt` is set when time alone may settle it. */
export type Finding = {
  readonly outcome: Exclude<Outcome, 'allow'>;
  readonly reason: ReasonCode;
  readonly summary: string;
  readonly next?: readonly NextStep[];
  readonly recheckAt?: Instant;
  /** What would settle it, in a few words that follow “it needs”: `one more approval`. */
  readonly needs?: string;
  /** Files of the change that it is about: they are annotated with the summary. */
  readonly paths?: readonly string[];
};

/** What a rule says, with the steps that would settle it. */
export type Ruling = { readonly result: RuleResult; readonly next: readonly NextStep[]; readonly recheckAt: Instant | null };

/** What a rule says when it objects to nothing, and what it looked at either way. */
export type Grounds = {
  readonly summary: string;
  readonly reason?: 'ok' | 'not-applicable' | 'overridden' | 'rollback';
  readonly evidence?: readonly string[];
  readonly judged?: readonly Judged[];
};

const severity: Readonly<Record<Outcome, number>> = { allow: 0, wait: 1, unknown: 2, deny: 3 };

/** Worst first: deny, unknown, wait, allow. */
export const bySeverity = (a: { readonly outcome: Outcome }, b: { readonly outcome: Outcome }): number => severity[b.outcome] - severity[a.outcome];

/** The worst outcome of some rules; `allow` for none. */
export function worstOf(results: readonly { readonly outcome: Outcome }[]): Outcome {
  let worst: Outcome = 'allow';
  for (const { outcome } of results) if (outcome !== worst && severity[outcome] > severity[worst]) worst = outcome;
  return worst;
}

/** A rule's result from everything it objects to: the worst finding decides, every finding is said. */
export function ruling(rule: string, findings: readonly Finding[], grounds: Grounds): Ruling {
  const { evidence = none, judged = none } = grounds;
  const sorted = findings.length < 2 ? findings : [...findings].sort(bySeverity);
  const [worst] = sorted;
  if (worst === undefined) return { result: { rule, outcome: 'allow', reason: grounds.reason ?? 'ok', summary: grounds.summary, evidence, judged, needs: undefined, files: undefined }, next: none, recheckAt: null };
  const summary = sorted.map((finding) => finding.summary).join(' ');
  return {
    result: { rule, outcome: worst.outcome, reason: worst.reason, summary, evidence, judged, needs: needsOf(sorted), files: filesOf(sorted) },
    next: sorted.flatMap(({ next = [] }) => next),
    recheckAt: earliest(sorted.flatMap(({ recheckAt }) => recheckAt ?? [])),
  };
}

function needsOf(findings: readonly Finding[]): RuleResult['needs'] {
  const needs = [...new Set(findings.flatMap((finding) => finding.needs ?? []))];
  return needs.length === 0 ? undefined : needs;
}

function filesOf(findings: readonly Finding[]): RuleResult['files'] {
  const files = findings.flatMap(({ outcome, reason, summary, paths = [] }) => paths.map((path) => ({ path, outcome, reason, summary })));
  return files.length === 0 ? undefined : files;
}

export const earliest = (instants: readonly Instant[]): Instant | null => (instants.length === 0 ? null : instants.reduce((first, at) => Math.min(first, at)));

/** The finding for a fact that could not be learnt. */
export function missingFact(what: string, why: string): Finding {
  return {
    outcome: 'unknown',
    reason: 'fact-missing',
    summary: `${what} is not known: ${why}.`,
    next: [{ who: 'whoever runs Sallyport', what: `let ${what.charAt(0).toLowerCase()}${what.slice(1)} be read, then ask again`, effort: 'administer' }],
  };
}

/** The finding for a list that was cut short. */
export function cutShort(what: string, missing: string): Finding {
  return {
    outcome: 'unknown',
    reason: 'list-incomplete',
    summary: `The list of ${what} is not complete: ${missing}.`,
    next: [{ who: 'whoever runs Sallyport', what: `let the whole list of ${what} be read, then ask again`, effort: 'administer' }],
  };
}

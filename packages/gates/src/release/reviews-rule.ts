import type { Question } from '../create-gate.ts';
import type { ReleaseFacts } from '../facts/release-facts.ts';
import { untrustedTime } from '../promotion/untrusted-time.ts';
import type { Waiver } from '../promotion/waiver.ts';
import { cutShort, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { listed } from '../wording.ts';

/** Is the review of an earlier override overdue? It stops ordinary releases; one under a valid override passes and uses it up, and a rollback passes. */
export function reviewsRule({ facts, at }: Question<ReleaseFacts>, waiver: Waiver | null): Ruling {
  const { reviewTasks } = facts;
  const open = reviewTasks.items.filter(({ closed }) => !closed).sort((a, b) => a.issue - b.issue);
  const incomplete = reviewTasks.complete ? [] : [cutShort('reviews of overrides', reviewTasks.missing)];
  const evidence = open.map(({ issue, dueAt }) => `#${issue} due ${text(dueAt)}`);
  if (at === null) {
    const unknown = open.length === 0 ? [] : [untrustedTime('Whether a review of an override is overdue')];
    return ruling('reviews', [...unknown, ...incomplete], { summary: 'No review of an override is open.', evidence });
  }
  const overdue = open.filter(({ dueAt }) => dueAt < at);
  if (waiver !== null && overdue.length > 0) {
    const summary = `${waiver.name} lets this build pass although the review ${listed(overdue.map(({ issue }) => `#${issue}`))} is overdue.`;
    return ruling('reviews', incomplete, { reason: waiver.reason, summary, evidence });
  }
  return ruling('reviews', [...overdue.map(isOverdue), ...incomplete], { summary: 'No review of an override is overdue.', evidence });
}

const isOverdue = ({ issue, overrideId, dueAt }: { readonly issue: number; readonly overrideId: string; readonly dueAt: number }): Finding => ({
  outcome: 'deny',
  reason: 'review-overdue',
  summary: `The review of override ${overrideId} (#${issue}) was due ${text(dueAt)}.`,
  next: [{ who: 'a security lead', what: `look back at override ${overrideId} and close #${issue}` }],
});

const text = (at: number): string => new Date(at).toISOString();

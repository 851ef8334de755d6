import type { GrantFact } from '@sallyport/gates';
import type { EmergencyEvidence } from './deployment.ts';
import type { EvidenceRecord } from './evidence-record.ts';
import { iso } from './iso.ts';
import { notRecorded, recorded } from './recorded.ts';

/** The override that a promotion was made under, and what is known of looking back at it. */
export function describeEmergency(record: EvidenceRecord, grant: GrantFact): EmergencyEvidence {
  const { id, reason, advisory, requester, approvers, waives, grantedAt, expiresAt, ledgerIndex } = grant;
  return { override: id, reason, advisory, requester, approvers, waives, grantedAt: iso(grantedAt), expiresAt: iso(expiresAt), index: ledgerIndex, review: reviewOf(record, id) };
}

/** Whether the review is done is only known from decisions that looked at it; who did it is in the issue, not in the ledger. */
function reviewOf(record: EvidenceRecord, override: string): EmergencyEvidence['review'] {
  const opened = record.state.reviews.get(override);
  if (opened === undefined) return notRecorded('no review of it has been opened');
  const seen = lastSeen(record, override);
  return recorded({
    issue: opened.issue,
    dueAt: iso(Date.parse(opened.dueAt)),
    state: seen === null ? ('not-looked-at' as const) : seen.closed ? ('closed' as const) : ('open' as const),
    seenAt: seen === null ? null : iso(seen.at),
    reviewedAt: notRecorded(seen?.closed === true ? `the ledger says that it was closed by ${iso(seen.at)} at the latest` : 'the ledger does not say that it was reviewed'),
    reviewedBy: notRecorded('the ledger does not say who closed the review; the issue does'),
  });
}

/** The first decision that saw it closed, else the last one that saw it at all. */
function lastSeen({ state, promotionFacts }: EvidenceRecord, override: string): { readonly at: number; readonly closed: boolean } | null {
  const seen = state.decisions.flatMap((made) => {
    const facts = promotionFacts(made);
    const task = facts?.gate === 'release' ? facts.reviewTasks.items.find(({ overrideId }) => overrideId === override) : undefined;
    // Facts say open also where the issue could not be read; then the list is not whole.
    return task === undefined || facts?.gate !== 'release' || (!task.closed && !facts.reviewTasks.complete) ? [] : [{ at: made.at, closed: task.closed }];
  });
  return seen.find(({ closed }) => closed) ?? seen.at(-1) ?? null;
}

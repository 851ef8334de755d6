import type { ReleaseFacts, StageFacts } from '@sallyport/gates';
import type { RecordedDecision, RecordedPromotion } from '../ledger-state.ts';
import type { EvidenceRecord } from './evidence-record.ts';

/** The decision that a promotion names: matched with what was decided about, or why it does not stand. */
export type PromotionDecision =
  | { readonly state: 'stands'; readonly made: RecordedDecision; readonly facts: ReleaseFacts | StageFacts }
  | { readonly state: 'unreadable'; readonly made: RecordedDecision; readonly problem: string }
  | { readonly state: 'missing'; readonly problem: string };

/** A decision stands when it allowed exactly this build into exactly this environment, before the intent. */
export function decisionOf(record: EvidenceRecord, { decisionIndex, index, environment, build }: RecordedPromotion): PromotionDecision {
  const made = record.decisionAt(decisionIndex);
  if (made === null || decisionIndex >= index || (made.gate !== 'release' && made.gate !== 'stage')) return { state: 'missing', problem: `entry ${decisionIndex}, which it names, is no decision to promote that was made before it` };
  if (made.outcome !== 'allow') return { state: 'missing', problem: `the decision that it names, entry ${decisionIndex}, was ${made.outcome}` };
  const facts = record.promotionFacts(made);
  if (facts === null) return { state: 'unreadable', made, problem: `entry ${decisionIndex} holds facts that this version cannot read` };
  const decided = 'known' in facts.build ? facts.build.known.digest : null;
  if (facts.environment !== environment || decided !== build) return { state: 'missing', problem: `the decision that it names, entry ${decisionIndex}, is about another build or environment` };
  return { state: 'stands', made, facts };
}

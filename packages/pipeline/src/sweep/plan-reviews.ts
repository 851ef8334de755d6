import { overrideRuleOf } from '@sallyport/gates';
import { leftAlone } from '../ledger-state.ts';
import type { LedgerState, RecordedPromotion } from '../ledger-state.ts';
import type { Draft } from './draft.ts';
import type { View } from './view.ts';

/** Every override that was used gets a task to look back at it, due when the policy says. */
export function planReviews(view: View, draft: Draft): void {
  for (const promotion of overridden(view.state)) {
    const grant = promotion.override === null ? undefined : view.state.grants.get(promotion.override);
    if (grant === undefined || view.state.reviews.has(grant.id)) continue;
    const rule = overrideRuleOf(view.policy.sealed.value, promotion);
    // A rule that was since removed from the policy does not excuse the review: it is due at once.
    const dueAt = Date.parse(promotion.end?.endedAt ?? '') + (rule?.reviewWithinSeconds ?? 0) * 1000;
    draft.effect({ effect: 'open-review', override: grant.id, title: `Review the override of ${promotion.version} to ${promotion.environment}`, body: renderReview(promotion, grant, dueAt), dueAt });
  }
}

const overridden = (state: LedgerState): readonly RecordedPromotion[] =>
  [...state.promotions.values()].flat().filter(({ override, end }) => override !== null && end !== null && !leftAlone(end));

function renderReview(promotion: RecordedPromotion, grant: { readonly id: string; readonly requester: { readonly login: string }; readonly approvers: readonly { readonly login: string }[] }, dueAt: number): string {
  return [
    `Build \`${promotion.build}\` (${promotion.version}) went to **${promotion.environment}** as \`${promotion.tag}\` under override #${grant.id}, outside the ordinary rules of time.`,
    '',
    `- requested by @${grant.requester.login}, approved by ${grant.approvers.map(({ login }) => `@${login}`).join(', ')}`,
    `- ledger entry ${promotion.index}, deploy ${promotion.end?.outcome ?? 'without outcome'}`,
    `- to be reviewed and closed by ${new Date(dueAt).toISOString()}; an overdue review blocks the next ordinary release`,
    '',
    'Look back at it: was it urgent, was it the smallest change, what would have avoided it? Then close this issue.',
  ].join('\n');
}

import type { Instant } from '@sallyport/calendar';
import type { OverridePolicy, Policy } from '@sallyport/policy';
import type { OverrideFacts } from '../facts/override-facts.ts';
import type { Person } from '../facts/shared.ts';
import { overrideRuleOf } from '../release/judge-grant.ts';
import type { Sealed } from '../seal.ts';
import { byId } from '../wording.ts';
import { judgeOverrideApprovals } from './judge-override-approval.ts';
import { neededApprovals } from './needed-approvals.ts';

/** What a grant says of who gave it, when, what for and until when. */
export type GrantTerms = { readonly grantedAt: Instant; readonly expiresAt: Instant; readonly approvers: readonly Person[]; readonly waives: OverridePolicy['waives'] };

/**
 * The terms of the grant these facts support: time runs from the latest approval that counts, approvers are in the order
 * of their ids. null when approvals are missing or no override is offered. It does not replace the decision: grant only what `decideOverride` allows.
 */
export function grantTerms(policy: Sealed<Policy>, facts: Sealed<OverrideFacts>): GrantTerms | null {
  return termsOf(policy.value, facts.value);
}

export function termsOf(policy: Policy, facts: OverrideFacts): GrantTerms | null {
  const rule = overrideRuleOf(policy, facts.request);
  if (rule === null) return null;
  const counting = judgeOverrideApprovals(facts).filter(({ standing }) => standing === 'counted');
  if (counting.length < neededApprovals(rule, rule.waives)) return null;
  const grantedAt = counting.reduce((latest, { approval }) => Math.max(latest, approval.commentedAt), -Infinity);
  const holdsSeconds = Math.min(rule.expiresAfterSeconds, facts.request.holdsSeconds ?? Infinity);
  return { grantedAt, expiresAt: grantedAt + holdsSeconds * 1000, approvers: byId(counting.map(({ approval }) => approval.person)), waives: waivedBy(rule, facts.request) };
}

/** What the policy waives, as far as it was asked for. */
export const waivedBy = (rule: OverridePolicy, { waives }: OverrideFacts['request']): OverridePolicy['waives'] => rule.waives.filter((kind) => waives === undefined || waives.includes(kind));

import type { OverridePolicy } from '@sallyport/policy';

/** How many people must approve: what the policy says, and never fewer than two when a freeze is waived. */
export function neededApprovals(rule: OverridePolicy, waives: OverridePolicy['waives']): number {
  return waives.includes('freeze') ? Math.max(rule.approvers.approvals, 2) : rule.approvers.approvals;
}

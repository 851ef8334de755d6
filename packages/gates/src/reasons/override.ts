import type { Reasons } from './reason.ts';

/** Does an urgent fix have its override? */
export const overrideReasons = {
  'override-not-offered': { meaning: 'The policy offers no override for this environment.', remedy: 'Wait for the ordinary release.', needs: 'an override that the policy offers' },
  'override-used': { meaning: 'The override was used up by another promotion. Each is good for one.', remedy: 'Request another.' },
  'override-expired': { meaning: 'The override’s time is over.', remedy: 'Request another.', needs: 'an override that has not expired' },
  'override-not-yet-granted': { meaning: 'The override is dated in the future.', remedy: 'See which clock is wrong, then request another.' },
  'override-other-build': { meaning: 'The override was granted for another build. It names one, by digest.', remedy: 'Request one for this build.' },
  'override-other-environment': { meaning: 'The override was granted for another environment.', remedy: 'Request one for this environment.' },
  'override-waives-nothing': { meaning: 'What the override was granted for is no longer waived by the policy.', remedy: 'Wait for the window, or request another.' },
  'override-approvals-missing': { meaning: 'The grant names fewer approvers than the policy asks for now.', remedy: 'Request another and have it approved by as many.' },
  'override-approved-by-requester': { meaning: 'Whoever requested the override is among its approvers.', remedy: 'Request another and let somebody else approve it.' },
  'request-closed': { meaning: 'The request’s issue is closed.', remedy: 'Reopen it, or make a new request.', needs: 'an open request' },
  'requirement-missing': { meaning: 'The request lacks something the policy requires: a reason, or an advisory or incident id.', remedy: 'Make a new request that gives it.', needs: 'a request that says all that is required' },
  'already-granted': { meaning: 'The request was granted before; each is granted once.', remedy: 'Use that grant, or make a new request.', needs: 'a new request' },
  'approval-edited': { meaning: 'The approving comment was edited, so it may have said something else when others read it.', remedy: 'The approver writes a new comment.' },
  'approval-too-early': { meaning: 'The approval is older than the request.', remedy: 'The approver writes a new comment.' },
  'approval-by-requester': { meaning: 'Nobody approves their own request.', remedy: 'Another member of the team approves.' },
  'approval-repeated': { meaning: 'The same person approved before; people count once.', remedy: null },
  'approval-other-build': { meaning: 'The comment names another build.', remedy: 'The approver names this build’s digest, at least 12 digits of it.' },
  'approval-other-environment': { meaning: 'The comment names another environment.', remedy: 'The approver names this environment.' },
} as const satisfies Reasons;

import { decideOverride, grantTerms, overrideFacts, seal } from '@sallyport/gates';
import { gatherOverrideFacts } from '../gather-override-facts.ts';
import type { OverrideRequest } from '../ports.ts';
import { overrideAsRecorded } from '../release/recorded-override.ts';
import type { Draft } from './draft.ts';
import type { View } from './view.ts';

/** Judges every open override request and records a grant for those that are allowed. A request is granted once. */
export async function planOverrides(view: View, draft: Draft): Promise<void> {
  const requests = await view.outside.desk.listOverrideRequests();
  if (!requests.complete) draft.note({ code: 'request-unreadable', message: requests.missing });
  for (const asked of requests.items) {
    if (view.state.grants.has(asked.id)) continue;
    const request = overrideAsRecorded(view.state, asked);
    if (request === null) draft.note({ code: 'request-unreadable', message: `Override request #${asked.id} was written by ${asked.requester.login}, which is no person, and no command asked for it.` });
    else await planOverride(view, request, draft);
  }
}

async function planOverride(view: View, request: OverrideRequest, draft: Draft): Promise<void> {
  const sources = { ...view.outside, repository: view.repository, state: view.state };
  const facts = seal(overrideFacts, await gatherOverrideFacts(sources, request, view.policy.sealed.value));
  const decision = decideOverride(view.policy.sealed, facts, view.now);
  const terms = decision.outcome === 'allow' ? grantTerms(view.policy.sealed, facts) : null;
  const decisionIndex = draft.decide(decision, facts, { always: terms !== null });
  if (terms === null || decisionIndex === null) return;
  const { id, build, requester, reason, advisory } = request;
  draft.record({
    key: `override:${id}`,
    body: {
      type: 'override-granted',
      id,
      environment: request.environment,
      build,
      requester,
      approvers: [...terms.approvers],
      reason,
      advisory,
      waives: [...terms.waives],
      grantedAt: new Date(terms.grantedAt).toISOString(),
      expiresAt: new Date(terms.expiresAt).toISOString(),
      decisionIndex,
    },
  });
}

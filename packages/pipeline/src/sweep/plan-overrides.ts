import { decideOverride, grantTerms, overrideFacts, seal } from '@sallyport/gates';
import { gatherOverrideFacts } from '../gather-override-facts.ts';
import type { OverrideRequest } from '../ports.ts';
import { writes } from '../release/judge-command.ts';
import type { OpenRequests } from '../release/open-requests.ts';
import type { Draft } from './draft.ts';
import type { View } from './view.ts';

/** Judges every open override request and records a grant for those that are allowed. A request is granted once. */
export async function planOverrides(view: View, { requests, programs, missing }: OpenRequests, draft: Draft): Promise<void> {
  if (missing !== null) draft.note({ code: 'request-unreadable', message: missing });
  for (const { id, requester } of programs) draft.note({ code: 'request-unreadable', message: `Override request #${id} was written by ${requester.login}, which is no person, and no command asked for it.` });
  for (const request of requests) {
    if (view.state.grants.has(request.id)) continue;
    const doubt = await doubtOf(view, request);
    if (doubt === null) await planOverride(view, request, draft);
    else draft.note({ code: 'request-unreadable', message: `Override request #${request.id} of ${request.requester.login} is not judged: ${doubt}` });
  }
}

/**
 * Why a request that stands only in its issue is nobody's word: the form gives its label to whoever sends it, and text can be changed to
 * another's. What a command or a form asked for was held against the same when it was recorded.
 */
async function doubtOf({ state, outside: { desk } }: View, { id, requester }: OverrideRequest): Promise<string | null> {
  if (state.askedOverrides.has(Number(id))) return null;
  const [role, edited] = await Promise.all([desk.readRole(requester), desk.isEdited(Number(id))]);
  if ('unknown' in role) return `${role.unknown}.`;
  if (!writes(role.known)) return `the ${role.known} role asks for no override; the write role is needed.`;
  if ('unknown' in edited) return `${edited.unknown}.`;
  return edited.known ? 'its text was changed after it was opened, so nobody knows who asked for what. Make a new request.' : null;
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

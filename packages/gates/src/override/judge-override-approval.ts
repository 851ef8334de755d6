import type { Judged } from '../decision.ts';
import type { OverrideFacts } from '../facts/override-facts.ts';
import type { Person } from '../facts/shared.ts';
import { short } from '../wording.ts';

type Approval = OverrideFacts['approvals']['items'][number];

/** `maybe`: it would count if a fact that is missing turned out well. */
export type ApprovalVerdict = { readonly approval: Approval; readonly standing: 'counted' | 'maybe' | 'not-counted'; readonly judged: Judged };

type Verdict = Pick<ApprovalVerdict, 'standing'> & Pick<Judged, 'reason' | 'summary'>;

const no = (reason: Judged['reason'], summary: string): Verdict => ({ standing: 'not-counted', reason, summary });

/** Every approval, oldest first: does it count for this build and environment, and if not, why? One person counts once, by the earliest that does. */
export function judgeOverrideApprovals(facts: OverrideFacts): readonly ApprovalVerdict[] {
  const contributors = new Set(facts.contributors.items.map(({ id }) => id));
  const seen = new Set<number>();
  return [...facts.approvals.items]
    .sort((a, b) => a.commentedAt - b.commentedAt || a.commentId - b.commentId)
    .map((approval) => {
      const { person } = approval;
      const alone = judgeApproval(approval, facts, contributors);
      const verdict = alone.standing !== 'not-counted' && seen.has(person.id) ? no('approval-repeated', `${person.login} has approved already; each person counts once`) : alone;
      if (verdict.standing !== 'not-counted') seen.add(person.id);
      const { standing, reason, summary } = verdict;
      return { approval, standing, judged: { what: `approval ${approval.commentId} by ${person.login}`, counted: standing === 'counted', reason, summary, url: approval.url } };
    });
}

function judgeApproval(approval: Approval, facts: OverrideFacts, contributors: ReadonlySet<number>): Verdict {
  return notThisSubject(approval, facts) ?? notThisComment(approval, facts) ?? notThisPerson(approval.person, facts, contributors) ?? memberVerdict(approval);
}

function notThisSubject({ environment, digestPrefix }: Approval, { request }: OverrideFacts): Verdict | null {
  if (environment !== request.environment) return no('approval-other-environment', `it names ${environment}; the request is for ${request.environment}`);
  const hex = digestPrefix.replace(/^sha256:/, '');
  if (!/^[0-9a-f]{12,64}$/.test(hex)) return no('approval-other-build', 'it does not name the build by at least 12 hex digits of its digest');
  return request.build.startsWith(`sha256:${hex}`) ? null : no('approval-other-build', `it names build ${hex.slice(0, 12)}; the request is for ${short(request.build)}`);
}

function notThisComment({ edited, commentedAt }: Approval, { request }: OverrideFacts): Verdict | null {
  if (edited) return no('approval-edited', 'the comment was edited; write a new one');
  return commentedAt > request.requestedAt ? null : no('approval-too-early', 'it is not later than the request; approve the request as it now stands');
}

function notThisPerson(person: Person, { request }: OverrideFacts, contributors: ReadonlySet<number>): Verdict | null {
  if (person.kind !== 'user') return no('reviewer-not-a-person', `${person.login} is not a person; only people approve`);
  if (person.id === request.requester.id) return no('approval-by-requester', `${person.login} requested it; someone else must approve`);
  return contributors.has(person.id) ? no('reviewer-contributed', `${person.login} contributed to the build; someone who did not must approve`) : null;
}

function memberVerdict({ person, membership }: Approval): Verdict {
  if ('unknown' in membership) return { standing: 'maybe', reason: 'membership-unknown', summary: `whether ${person.login} is in the team is not known: ${membership.unknown}` };
  if (membership.known !== 'active') return no('not-in-team', `${person.login} is not in the team (${membership.known})`);
  return { standing: 'counted', reason: 'ok', summary: `${person.login} is in the team, had no part in the change and named this build` };
}

import type { Instant } from '@sallyport/calendar';
import type { OverridePolicy, Policy } from '@sallyport/policy';
import type { Judged } from '../decision.ts';
import type { ReleaseFacts } from '../facts/release-facts.ts';
import type { GrantFact } from '../facts/shared.ts';
import { neededApprovals } from '../override/needed-approvals.ts';
import { environmentOf, valueOf } from '../promotion/promotion-facts.ts';
import type { Waiver } from '../promotion/waiver.ts';
import { byText, counted, listed, short } from '../wording.ts';

/** A valid grant, and what it waives. */
export type OverrideWaiver = Waiver & { readonly grant: GrantFact };

export type GrantVerdict = { readonly judged: Judged; readonly waiver: OverrideWaiver | null };

/** The policy's override rule for the environment, null when it offers none. */
export function overrideRuleOf(policy: Policy, facts: { readonly environment: string }): OverridePolicy | null {
  const name = environmentOf(policy, facts)?.override ?? null;
  return name === null ? null : (policy.overrides.find((rule) => rule.name === name) ?? null);
}

/** Every grant in the order of its id: is it valid for exactly this promotion, now, and if not, why? */
export function judgeGrants(policy: Policy, facts: ReleaseFacts, at: Instant | null): readonly GrantVerdict[] {
  const rule = overrideRuleOf(policy, facts);
  return [...facts.grants.items]
    .sort((a, b) => byText(a.id, b.id) || a.ledgerIndex - b.ledgerIndex)
    .map((grant) => {
      const waives = grant.waives.filter((kind) => rule?.waives.includes(kind) === true);
      const why = invalid(grant, { facts, rule, waives, at });
      const what = `override ${grant.id}`;
      if (why !== null) return { judged: { what, counted: false, ...why }, waiver: null };
      return { judged: { what, counted: true, reason: 'ok', summary: `it waives ${listed(waives)} for this build until ${text(grant.expiresAt)}` }, waiver: waiverBy(grant, waives) };
    });
}

const waiverBy = (grant: GrantFact, waives: OverrideWaiver['waives']): OverrideWaiver => ({ reason: 'overridden', name: `Override ${grant.id}`, evidence: `override ${grant.id}, ledger entry ${grant.ledgerIndex}`, waives, grant });

type Context = { readonly facts: ReleaseFacts; readonly rule: OverridePolicy | null; readonly waives: GrantFact['waives']; readonly at: Instant | null };
type Invalid = Pick<Judged, 'reason' | 'summary'>;

function invalid(grant: GrantFact, { facts, rule, waives, at }: Context): Invalid | null {
  if (rule === null) return { reason: 'override-not-offered', summary: `the policy offers no override for ${facts.environment}` };
  return otherSubject(grant, facts) ?? alreadyUsed(grant, facts) ?? outOfTime(grant, at) ?? badlyApproved(grant, rule, waives);
}

function otherSubject(grant: GrantFact, facts: ReleaseFacts): Invalid | null {
  if (grant.environment !== facts.environment) return { reason: 'override-other-environment', summary: `it is for ${grant.environment}, not for ${facts.environment}` };
  const build = valueOf(facts.build);
  if (build === null) return { reason: 'fact-missing', summary: 'the build is not known' };
  return grant.build === build.digest ? null : { reason: 'override-other-build', summary: `it is for build ${short(grant.build)}, not for ${short(build.digest)}` };
}

/** A promotion takes an unused grant; a job at its start only the grant its own number used up. */
function alreadyUsed({ consumedBy }: GrantFact, { asking }: ReleaseFacts): Invalid | null {
  const expected = asking.for === 'start' ? asking.number : null;
  if (consumedBy === expected) return null;
  const summary = consumedBy === null ? 'this promotion was not made under it' : `promotion ${consumedBy} has used it; an override is used once`;
  return { reason: 'override-used', summary };
}

function outOfTime({ grantedAt, expiresAt }: GrantFact, at: Instant | null): Invalid | null {
  if (at === null) return { reason: 'clock-untrusted', summary: 'whether it has expired is not known, because the time is not trusted' };
  if (at >= expiresAt) return { reason: 'override-expired', summary: `it expired ${text(expiresAt)}; request another` };
  return at < grantedAt ? { reason: 'override-not-yet-granted', summary: `it is dated ${text(grantedAt)}, which is still to come` } : null;
}

function badlyApproved({ approvers, requester }: GrantFact, rule: OverridePolicy, waives: GrantFact['waives']): Invalid | null {
  if (waives.length === 0) return { reason: 'override-waives-nothing', summary: `override rule ${rule.name} waives nothing that it grants` };
  if (approvers.some(({ id }) => id === requester.id)) return { reason: 'override-approved-by-requester', summary: `${requester.login} requested it and is among its approvers` };
  const people = new Set(approvers.filter(({ kind }) => kind === 'user').map(({ id }) => id)).size;
  const needed = neededApprovals(rule, waives);
  return people >= needed ? null : { reason: 'override-approvals-missing', summary: `${counted(people, 'person', 'people')} approved it; ${needed} must` };
}

const text = (at: Instant): string => new Date(at).toISOString();

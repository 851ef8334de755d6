import type { Instant } from '@sallyport/calendar';
import type { Policy } from '@sallyport/policy';
import type { Question } from '../create-gate.ts';
import type { RollbackFact } from '../facts/rollback-facts.ts';
import { missingFact } from '../ruling.ts';
import type { Finding } from '../ruling.ts';
import { timeText } from '../time-text.ts';
import { short } from '../wording.ts';
import { environmentOf, valueOf } from './promotion-facts.ts';
import type { PromotionFacts } from './promotion-facts.ts';
import { untrustedTime } from './untrusted-time.ts';
import type { Waiver } from './waiver.ts';

/** A word given hours ago may be about another incident. */
export const rollbackHoldsSeconds = 4 * 3600;

export type RollbackVerdict =
  | { readonly state: 'none' }
  | { readonly state: 'valid'; readonly rollback: RollbackFact; readonly ranAs: { readonly number: number; readonly version: string } }
  | { readonly state: 'invalid'; readonly findings: readonly Finding[] };

/** Whether somebody who may has asked for exactly this: back to a build that was healthy here (P13). */
export function judgeRollback({ facts, at }: Question<PromotionFacts>): RollbackVerdict {
  const { rollback } = facts;
  if (rollback === undefined) return { state: 'none' };
  const findings = [...misdirected(rollback, facts), ...notPermitted(rollback), ...used(rollback, facts), ...outOfTime(rollback, at), ...neverRan(rollback)];
  const ranAs = valueOf(rollback.ranAs);
  return findings.length > 0 || ranAs === null ? { state: 'invalid', findings } : { state: 'valid', rollback, ranAs };
}

/** What a valid rollback need not wait for: an incident has no opening hours, where the policy says so. Holds stay. */
export function rollbackWaiver(question: Question<PromotionFacts>): Waiver | null {
  const verdict = judgeRollback(question);
  if (verdict.state !== 'valid') return null;
  const { id, requester } = verdict.rollback;
  return { reason: 'rollback', name: `Rollback ${id} by ${requester.login}`, evidence: `rollback ${id}`, waives: isAnytime(question.policy, question.facts) ? ['soak', 'window', 'freeze'] : ['soak'] };
}

const isAnytime = (policy: Policy, facts: PromotionFacts): boolean => environmentOf(policy, facts)?.rollback === 'anytime';

const again = 'ask for the rollback again';
const denied = (reason: Finding['reason'], summary: string, what: string): Finding => ({ outcome: 'deny', reason, summary, next: [{ who: 'someone with the maintain role', what, effort: 'click' }] });

function misdirected({ id, environment, build }: RollbackFact, facts: PromotionFacts): readonly Finding[] {
  const asked = valueOf(facts.build)?.digest;
  if (environment === facts.environment && build === asked) return [];
  return [denied('rollback-other-build', `Rollback ${id} is for ${short(build)} in ${environment}, not for this build in ${facts.environment}.`, `${again}, and name this build`)];
}

function notPermitted({ id, requester, role, edited }: RollbackFact): readonly Finding[] {
  if (edited) return [denied('rollback-edited', `Rollback ${id} was changed after ${requester.login} wrote it, so nobody knows who meant what.`, `${again}, in a new comment`)];
  const may = `may not ask for rollback ${id}; the maintain or admin role is needed`;
  if (requester.kind !== 'user') return [denied('rollback-not-permitted', `${requester.login} is not a person and ${may}.`, again)];
  if ('unknown' in role) return [{ ...missingFact(`The role of ${requester.login}`, role.unknown), reason: 'role-unknown' }];
  return role.known === 'maintain' || role.known === 'admin' ? [] : [denied('rollback-not-permitted', `${requester.login} has the ${role.known} role and ${may}.`, again)];
}

/** A promotion takes a rollback that none has carried out; a job at its start only that of its own number. */
function used({ id, consumedBy }: RollbackFact, { asking }: PromotionFacts): readonly Finding[] {
  const expected = asking.for === 'start' ? asking.number : null;
  if (consumedBy === expected) return [];
  return [denied('rollback-used', consumedBy === null ? `This promotion was not made by rollback ${id}.` : `Promotion ${consumedBy} has carried out rollback ${id}; it is carried out once.`, again)];
}

function outOfTime({ id, requestedAt }: RollbackFact, at: Instant | null): readonly Finding[] {
  if (at === null) return [untrustedTime(`Whether rollback ${id} still holds`)];
  if (at >= requestedAt + rollbackHoldsSeconds * 1000) return [denied('rollback-expired', `Rollback ${id} was asked for ${timeText(requestedAt)} and held for ${rollbackHoldsSeconds / 3600} hours.`, again)];
  return at < requestedAt ? [denied('rollback-expired', `Rollback ${id} is dated ${timeText(requestedAt)}, which is still to come.`, again)] : [];
}

function neverRan({ id, build, environment, ranAs }: RollbackFact): readonly Finding[] {
  if ('unknown' in ranAs) return [missingFact(`Whether ${short(build)} ever ran in ${environment}`, ranAs.unknown)];
  return ranAs.known === null ? [denied('rollback-never-ran', `Rollback ${id} names ${short(build)}, which never ran healthy in ${environment}.`, `${again}, and name a build that did`)] : [];
}

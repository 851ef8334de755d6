import type { OverridePolicy } from '@sallyport/policy';
import type { Question } from '../create-gate.ts';
import type { OverrideFacts } from '../facts/override-facts.ts';
import { environmentOf } from '../promotion/promotion-facts.ts';
import { overrideRuleOf } from '../release/judge-grant.ts';
import { missingFact, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { short } from '../wording.ts';
import { waivedBy } from './grant-terms.ts';

/** Does the policy offer an override for this environment? */
export function offeredRule({ policy, facts }: Question<OverrideFacts>): Ruling {
  const { environment } = facts.request;
  const rule = overrideRuleOf(policy, facts.request);
  const findings: Finding[] = [];
  if (environmentOf(policy, facts.request) === null) {
    findings.push({ outcome: 'deny', reason: 'environment-unknown', summary: `The policy has no environment ${environment}.`, next: [{ who: 'the requester', what: 'request it for an environment of the policy' }] });
  } else if (rule === null) {
    findings.push({ outcome: 'deny', reason: 'override-not-offered', summary: `The policy offers no override for ${environment}.`, next: [{ who: 'the requester', what: `wait for the ordinary release to ${environment}` }] });
  }
  return ruling('offered', findings, { summary: `Override rule ${rule?.name ?? ''} is offered for ${environment}.`, evidence: rule === null ? [] : [`waives ${waivedBy(rule, facts.request).join(', ')}`] });
}

/** Is the request open, for a registered build, and does it say what the policy wants said? */
export function requestRule({ policy, facts }: Question<OverrideFacts>): Ruling {
  const { request } = facts;
  const rule = overrideRuleOf(policy, request);
  const closed: Finding = { outcome: 'deny', reason: 'request-closed', summary: `Request #${request.id} is closed.`, next: [{ who: request.requester.login, what: `reopen #${request.id}, or make a new request` }] };
  const findings = [...(request.open ? [] : [closed]), ...buildFindings(facts), ...(rule === null ? [] : rule.requires.flatMap((field) => fieldFindings(field, facts)))];
  return ruling('request', findings, { summary: `#${request.id} requests ${short(request.build)} for ${request.environment}.`, evidence: [request.url, `build ${request.build}`] });
}

function buildFindings({ build, request }: OverrideFacts): readonly Finding[] {
  if ('unknown' in build) return [missingFact('The build', build.unknown)];
  if (build.known.digest === request.build) return [];
  return [missingFact('The requested build', `what was read is about ${short(build.known.digest)}, not ${short(request.build)}`)];
}

function fieldFindings(field: OverridePolicy['requires'][number], { request }: OverrideFacts): readonly Finding[] {
  const next = (what: string) => [{ who: request.requester.login, what }];
  switch (field) {
    case 'reason':
      return request.reason.trim() === '' ? [{ outcome: 'deny', reason: 'requirement-missing', summary: 'The request gives no reason.', next: next(`make a new request that gives a reason`) }] : [];
    case 'advisory': {
      if (request.advisory !== null && isAdvisory(request.advisory)) return [];
      const summary = request.advisory === null ? 'The request names no advisory.' : `${request.advisory} is no CVE, GHSA or incident id.`;
      return [{ outcome: 'deny', reason: 'requirement-missing', summary, next: next('make a new request that names one, such as CVE-2026-1234, GHSA-2345-6789-cfgh or INC-123') }];
    }
    default:
      return field satisfies never;
  }
}

/** A CVE id (cve.org), a GHSA id (GitHub advisory database) or one word that names an incident. */
export function isAdvisory(text: string): boolean {
  if (/^CVE-/i.test(text)) return /^CVE-\d{4}-\d{4,}$/.test(text);
  if (/^GHSA-/i.test(text)) return /^GHSA-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}$/.test(text);
  return /^[A-Za-z0-9][A-Za-z0-9._#-]{0,99}$/.test(text);
}

import type { OverridePolicy } from '@sallyport/policy';
import type { Question } from '../create-gate.ts';
import type { OverrideFacts } from '../facts/override-facts.ts';
import { overrideRuleOf } from '../release/judge-grant.ts';
import { cutShort, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { counted, named, short } from '../wording.ts';
import { judgeOverrideApprovals } from './judge-override-approval.ts';
import type { ApprovalVerdict } from './judge-override-approval.ts';
import { neededApprovals } from './needed-approvals.ts';

/** Have enough members of the approving team, neither requester nor contributors, approved exactly this build? */
export function approvalsRule({ policy, facts }: Question<OverrideFacts>): Ruling {
  const rule = overrideRuleOf(policy, facts.request);
  if (rule === null) return ruling('approvals', [], { reason: 'not-applicable', summary: 'No override is offered, so nobody can approve one.' });
  const verdicts = judgeOverrideApprovals(facts);
  const counting = verdicts.filter(({ standing }) => standing === 'counted').map(({ approval }) => approval.person);
  const incomplete = [
    ...(facts.approvals.complete ? [] : [cutShort('approvals', facts.approvals.missing)]),
    ...(facts.contributors.complete ? [] : [cutShort('contributors to the build', facts.contributors.missing)]),
  ];
  const evidence = [`${counting.length} of ${neededApprovals(rule, rule.waives)} needed, from ${rule.approvers.team}`];
  return ruling('approvals', [...tooFew(rule, verdicts, facts), ...incomplete], { summary: `Approved by ${named(counting)}.`, evidence, judged: verdicts.map(({ judged }) => judged) });
}

function tooFew(rule: OverridePolicy, verdicts: readonly ApprovalVerdict[], { request }: OverrideFacts): readonly Finding[] {
  const needed = neededApprovals(rule, rule.waives);
  const sure = verdicts.filter(({ standing }) => standing === 'counted').length;
  const maybe = verdicts.filter(({ standing }) => standing === 'maybe').length;
  if (sure >= needed) return [];
  const lacking = counted(needed - sure, 'more approval');
  const step = {
    who: `members of ${rule.approvers.team} who neither requested it nor contributed to the build`,
    what: `comment on #${request.id} (${lacking})`,
    command: `/approve ${request.environment} ${short(request.build)}`,
  };
  if (sure + maybe >= needed) return [{ outcome: 'unknown', reason: 'fact-missing', summary: `${lacking} of ${rule.approvers.team} needed, and whether some that were given count is not known.`, next: [step] }];
  return [{ outcome: 'wait', reason: 'approvals-missing', summary: `${lacking} of ${rule.approvers.team} needed (${sure} of ${needed}).`, next: [step] }];
}

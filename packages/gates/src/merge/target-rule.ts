import type { Question } from '../create-gate.ts';
import type { MergeFacts } from '../facts/merge-facts.ts';
import { cutShort, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { listed } from '../wording.ts';

/** Is this an open pull request into a branch the gate admits to? */
export function targetRule({ policy, facts }: Question<MergeFacts>): Ruling {
  const { pullRequest } = facts;
  const summary = `#${pullRequest.number} is open and goes into ${pullRequest.base.ref}.`;
  return ruling('target', [...baseFindings(policy.merge.into, facts), ...moveFindings(facts), ...stateFindings(facts)], { summary, evidence: [pullRequest.url] });
}

function baseFindings(into: readonly string[], { pullRequest }: MergeFacts): readonly Finding[] {
  const { ref } = pullRequest.base;
  if (into.includes(ref)) return [];
  const summary = `#${pullRequest.number} goes into ${ref}, but the policy admits only to ${listed(into)}.`;
  return [{ outcome: 'deny', reason: 'base-not-gated', summary, next: [{ who: 'the author', what: `change the base branch to ${listed(into)}`, effort: 'click' }] }];
}

/** Tests and approvals from before a move of the base count for nothing, so every move has to be known. */
const moveFindings = ({ baseMoves }: MergeFacts): readonly Finding[] => (baseMoves.complete ? [] : [cutShort('moves of the base branch', baseMoves.missing)]);

function stateFindings({ pullRequest }: MergeFacts): readonly Finding[] {
  const { number, state } = pullRequest;
  switch (state) {
    case 'merged':
      return [{ outcome: 'deny', reason: 'already-merged', summary: `#${number} is already merged; there is nothing left to decide.` }];
    case 'closed':
      return [{ outcome: 'deny', reason: 'pull-request-closed', summary: `#${number} is closed.`, next: [{ who: 'the author', what: `reopen #${number} to have it judged`, effort: 'click' }] }];
    case 'open':
      return pullRequest.draft ? [{ outcome: 'wait', reason: 'draft', summary: `#${number} is a draft.`, next: [{ who: 'the author', what: `mark #${number} as ready for review`, effort: 'click' }] }] : [];
    default:
      return state satisfies never;
  }
}

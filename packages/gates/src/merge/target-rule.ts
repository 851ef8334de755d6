import type { Question } from '../evaluate.ts';
import type { MergeFacts } from '../facts/merge-facts.ts';
import { missingFact, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { listed } from '../wording.ts';

/** Is this an open pull request into a branch the gate admits to? */
export function targetRule({ policy, facts }: Question<MergeFacts>): Ruling {
  const { pullRequest } = facts;
  const summary = `#${pullRequest.number} is open and goes into ${pullRequest.base.ref}.`;
  return ruling('target', [...baseFindings(policy.merge.into, facts), ...retargetFindings(facts), ...stateFindings(facts)], { summary, evidence: [pullRequest.url] });
}

function baseFindings(into: readonly string[], { pullRequest }: MergeFacts): readonly Finding[] {
  const { ref } = pullRequest.base;
  if (into.includes(ref)) return [];
  const summary = `#${pullRequest.number} goes into ${ref}, but the policy admits only to ${listed(into)}.`;
  return [{ outcome: 'deny', reason: 'base-not-gated', summary, next: [{ who: 'the author', what: `change the base branch to ${listed(into)}` }] }];
}

/** What was tested and approved against another base proves nothing about this one, and GitHub keeps both. */
function retargetFindings({ pullRequest: { number, base, baseChanges } }: MergeFacts): readonly Finding[] {
  if ('unknown' in baseChanges) return [missingFact(`Whether #${number} was pointed at another base`, baseChanges.unknown)];
  if (baseChanges.known === 0) return [];
  const summary = `#${number} was pointed at ${base.ref} after it had been opened for another branch; its tests and reviews may be about something else.`;
  return [{ outcome: 'deny', reason: 'base-changed', summary, next: [{ who: 'the author', what: `open a new pull request into ${base.ref}` }] }];
}

function stateFindings({ pullRequest }: MergeFacts): readonly Finding[] {
  const { number, state } = pullRequest;
  switch (state) {
    case 'merged':
      return [{ outcome: 'deny', reason: 'already-merged', summary: `#${number} is already merged; there is nothing left to decide.` }];
    case 'closed':
      return [{ outcome: 'deny', reason: 'pull-request-closed', summary: `#${number} is closed.`, next: [{ who: 'the author', what: `reopen #${number} to have it judged` }] }];
    case 'open':
      return pullRequest.draft ? [{ outcome: 'wait', reason: 'draft', summary: `#${number} is a draft.`, next: [{ who: 'the author', what: `mark #${number} as ready for review` }] }] : [];
    default:
      return state satisfies never;
  }
}

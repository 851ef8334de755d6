import type { NextStep } from '../decision.ts';
import type { Question } from '../evaluate.ts';
import type { MergeFacts } from '../facts/merge-facts.ts';
import type { Person } from '../facts/shared.ts';
import { cutShort, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { byId, counted, named } from '../wording.ts';
import { contributorsOf } from './contributors.ts';
import { judgeApprovals } from './judge-approval.ts';
import type { JudgedReview } from './judge-approval.ts';

/** Have enough people who contributed nothing approved exactly this head? */
export function reviewRule({ policy, facts }: Question<MergeFacts>): Ruling {
  const { review } = policy.merge;
  const reviews = judgeApprovals(review, facts);
  const counting = peopleOf(reviews, 'counted');
  const incomplete = facts.reviews.complete ? [] : [cutShort('reviews', facts.reviews.missing)];
  const summary = `Approved by ${named(counting)}, who contributed nothing to it.`;
  const evidence = [`${counting.length} of ${review.approvals} needed, from people with ${review.permission} permission`];
  return ruling('review', [...approvalFindings(review.approvals, reviews, facts), ...incomplete], { summary, evidence, judged: reviews.map(({ judged }) => judged) });
}

/** The different people whose review has this standing. */
export function peopleOf(reviews: readonly JudgedReview[], standing: JudgedReview['standing']): readonly Person[] {
  return byId([...new Map(reviews.flatMap(({ person, standing: its }) => (person !== null && its === standing ? [[person.id, person] as const] : []))).values()]);
}

function approvalFindings(needed: number, reviews: readonly JudgedReview[], facts: MergeFacts): readonly Finding[] {
  const counting = peopleOf(reviews, 'counted').length;
  if (counting >= needed) return [];
  const maybe = reviews.filter(({ standing }) => standing === 'maybe');
  if (counting + maybe.length >= needed) {
    const summary = `It depends on what is not known: ${maybe.map(({ judged }) => judged.summary).join('; ')}.`;
    return [{ outcome: 'unknown', reason: 'fact-missing', summary, next: [approveStep(needed - counting, facts)] }];
  }
  return [tooFew(needed, counting, facts)];
}

function tooFew(needed: number, counting: number, facts: MergeFacts): Finding {
  const lacking = needed - counting;
  const summary = `${counted(lacking, 'more approval')} of the head ${lacking === 1 ? 'is' : 'are'} needed (${counting} of ${needed}), from people who contributed nothing.`;
  if (facts.candidates.complete && eligible(facts).length < needed) {
    const people = eligible(facts);
    const nobody = `${people.length === 0 ? 'Nobody' : `Only ${named(people)}`} can give one, and ${needed} ${needed === 1 ? 'is' : 'are'} needed: everyone else with permission contributed to the change.`;
    return { outcome: 'wait', reason: 'nobody-can-approve', summary: `${summary} ${nobody}`, next: [{ who: 'an administrator of the repository', what: 'give a person who contributed nothing the permission to review' }] };
  }
  return { outcome: 'wait', reason: 'approvals-missing', summary, next: [approveStep(lacking, facts)] };
}

function approveStep(lacking: number, facts: MergeFacts): NextStep {
  const people = eligible(facts);
  const who = people.length === 0 ? 'someone with permission who contributed nothing' : people.length === 1 ? named(people) : `${counted(lacking, 'person', 'people')} of ${named(people)}`;
  return { who, what: `review #${facts.pullRequest.number} and approve its head` };
}

/** People who could review, as far as was learnt: for words only, never for a verdict. */
function eligible(facts: MergeFacts): readonly Person[] {
  const contributors = new Set(contributorsOf(facts).items.map(({ id }) => id));
  return byId(facts.candidates.items.filter(({ id, kind }) => kind === 'user' && !contributors.has(id)));
}

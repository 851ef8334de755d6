import type { NextStep } from '../decision.ts';
import type { Person } from '../facts/shared.ts';
import { cutShort, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { administrator, byId, counted, named, someoneElse } from '../wording.ts';
import type { Standing } from './approval-verdict.ts';
import type { JudgedReview } from './judge-approval.ts';
import type { MergeQuestion } from './merge-question.ts';

/** Have enough people who had no part in the change approved exactly what the head holds? */
export function reviewRule(question: MergeQuestion): Ruling {
  const { policy, facts, reviews } = question;
  const { review } = policy.merge;
  const counting = approversIn(reviews, 'counted', question);
  const incomplete = facts.reviews.complete ? [] : [cutShort('reviews', facts.reviews.missing)];
  const summary = `Approved by ${named(counting)}, who had no part in the change.`;
  const evidence = [`${counting.length} of ${review.approvals} needed, from people with ${review.permission} permission`];
  return ruling('review', [...approvalFindings(review.approvals, counting.length, question), ...incomplete], { summary, evidence, judged: reviews.map(({ judged }) => judged) });
}

/** The different persons whose review has this standing, each by one account. */
export function approversIn(reviews: readonly JudgedReview[], wanted: Standing, { readings }: Pick<MergeQuestion, 'readings'>): readonly Person[] {
  const people = new Map<number, Person>();
  for (const { person, standing } of reviews) {
    if (person === null || standing !== wanted) continue;
    const key = readings.personOf(person.id);
    const other = people.get(key);
    if (other === undefined || person.id < other.id || (person.id === other.id && person.login < other.login)) people.set(key, person);
  }
  return byId([...people.values()]);
}

/** Persons whose approval may count, and who have none that does. */
export function undecidedIn(question: Pick<MergeQuestion, 'readings' | 'reviews'>): readonly Person[] {
  const counting = new Set(approversIn(question.reviews, 'counted', question).map(({ id }) => question.readings.personOf(id)));
  return approversIn(question.reviews, 'maybe', question).filter(({ id }) => !counting.has(question.readings.personOf(id)));
}

function approvalFindings(needed: number, counting: number, question: MergeQuestion): readonly Finding[] {
  if (counting >= needed) return [];
  const lacking = needed - counting;
  if (counting + undecidedIn(question).length >= needed) {
    const maybe = question.reviews.filter(({ standing }) => standing === 'maybe');
    const summary = `It depends on what is not known: ${maybe.map(({ judged }) => judged.summary).join('; ')}.`;
    return [{ outcome: 'unknown', reason: 'fact-missing', summary, next: [approveStep(lacking, question)], needs: approvals(lacking) }];
  }
  return [tooFew(needed, counting, question)];
}

const approvals = (lacking: number): string => (lacking === 1 ? 'one more approval' : `${lacking} more approvals`);

function tooFew(needed: number, counting: number, question: MergeQuestion): Finding {
  const { facts } = question;
  const lacking = needed - counting;
  const summary = `${counted(lacking, 'more approval')} of the head ${lacking === 1 ? 'is' : 'are'} needed (${counting} of ${needed}), from people who had no part in the change.`;
  const eligible = eligibleIn(question);
  if (facts.candidates.complete && eligible.length < lacking) {
    const nobody = eligible.length === 0 ? 'Nobody else' : `Only ${named(eligible)}`;
    const why = 'everyone else with permission contributed to the change or has approved it already';
    const next: NextStep = { who: administrator, what: 'give a person who had no part in the change the permission to review', effort: 'administer' };
    return { outcome: 'wait', reason: 'nobody-can-approve', summary: `${summary} ${nobody} can give one: ${why}.`, next: [...(eligible.length === 0 ? [] : [approveStep(lacking, question)]), next], needs: 'a reviewer who had no part in the change' };
  }
  return { outcome: 'wait', reason: 'approvals-missing', summary, next: [approveStep(lacking, question)], needs: approvals(lacking) };
}

function approveStep(lacking: number, question: MergeQuestion): NextStep {
  const people = eligibleIn(question);
  const { number } = question.facts.pullRequest;
  return { who: reviewersNamed(lacking, people), what: `review #${number} and approve its head`, effort: 'review' };
}

const mostNamed = 5;

/** `ben`, `1 of ben and cho`, `2 of 40 people such as ben, cho, …`. */
function reviewersNamed(lacking: number, people: readonly Person[]): string {
  if (people.length === 0) return someoneElse;
  if (people.length <= lacking) return named(people);
  if (people.length <= mostNamed) return `${lacking} of ${named(people)}`;
  return `${lacking} of ${people.length} people such as ${named(people.slice(0, mostNamed))}`;
}

/** People whose approval would count, as far as was learnt: for words only, never for a verdict. */
export function eligibleIn({ facts, readings, reviews }: MergeQuestion): readonly Person[] {
  const approved = new Set(reviews.flatMap(({ person, standing }) => (person !== null && standing === 'counted' ? [readings.personOf(person.id)] : [])));
  return byId(facts.candidates.items.filter(({ id, kind }) => kind === 'user' && !readings.contributingPersons.has(readings.personOf(id)) && !approved.has(readings.personOf(id))));
}

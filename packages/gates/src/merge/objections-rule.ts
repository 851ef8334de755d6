import { ascending } from '../ascending.ts';
import { collect } from '../collect.ts';
import type { Judged } from '../decision.ts';
import type { Fact } from '../facts/fact.ts';
import type { ReviewFact } from '../facts/merge-facts.ts';
import type { Person, Role } from '../facts/shared.ts';
import { cutShort, missingFact, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { timeText } from '../time-text.ts';
import { byId, someoneElse } from '../wording.ts';
import type { MergeQuestion } from './merge-question.ts';
import type { Opinion } from './opinions.ts';
import { permits, roleOf } from './reviewer-standing.ts';

/** Does anyone's latest opinion ask for changes? It stands until that person withdraws it, or someone who had no part in the change dismisses it. */
export function objectionsRule(question: MergeQuestion): Ruling {
  const { facts, readings } = question;
  const verdicts = objecting(readings.opinions).map((opinion) => judgeOpinion(opinion, question));
  const strangers = collect(byId(facts.reviews.items.filter(({ reviewer }) => 'unknown' in reviewer)), (review) => byStranger(review, question));
  const incomplete = facts.reviews.complete ? [] : [cutShort('reviews', facts.reviews.missing)];
  const findings = [...collect(verdicts, (verdict) => verdict.findings), ...strangers, ...incomplete];
  return ruling('objections', findings, { summary: 'Nobody objects.', judged: collect(verdicts, ({ judged }) => judged) });
}

type Verdict = { readonly findings: readonly Finding[]; readonly judged: readonly Judged[] };

/** Whoever objected and is not known, an account that is gone perhaps, still objects until someone who may dismisses it. */
function byStranger(review: ReviewFact, question: MergeQuestion): readonly Finding[] {
  const { id, state, reviewer, dismissedBy, dismissedState } = review;
  if ('known' in reviewer || review.pullRequest !== question.facts.pullRequest.number) return [];
  if (state !== 'changes-requested' && !(state === 'dismissed' && dismissedState !== 'approved' && dismissedState !== 'commented')) return [];
  if (dismissedBy !== null && 'known' in dismissedBy && barsDismissal(dismissedBy.known, question) === null) return [];
  const finding = missingFact(`Who gave review ${id}, which may be an objection,`, reviewer.unknown);
  return [{ ...finding, next: [{ who: someoneElse, what: `look at review ${id} and dismiss it with a reason, if it is settled`, effort: 'review' }], needs: `review ${id} to be settled` }];
}

/** Opinions that are, or were, against the change, in the order of the people's ids. */
function objecting(opinions: ReadonlyMap<number, Opinion>): readonly Opinion[] {
  const against: Opinion[] = [];
  for (const opinion of opinions.values()) if (opinion.review.state !== 'approved') against.push(opinion);
  return ascending(against, ({ person }) => person.id);
}

function judgeOpinion(opinion: Opinion, question: MergeQuestion): Verdict {
  const { person, review } = opinion;
  if (review.state === 'dismissed') return judgeDismissal(opinion, question);
  return objection(opinion, roleOf(question.facts, person), { reason: 'changes-requested', summary: `${person.login} requests changes` });
}

function objection(opinion: Opinion, role: Fact<Role>, { reason, summary }: Pick<Judged, 'reason' | 'summary'>): Verdict {
  const { person } = opinion;
  if (person.kind === 'bot') return ignored(opinion, 'reviewer-not-a-person', `${person.login} is a bot; only people object`);
  if ('unknown' in role) return { findings: [missingFact(`The role of ${person.login}, who objects,`, role.unknown)], judged: [judgedAs(opinion, true, 'role-unknown', summary)] };
  if (role.known === 'none' || role.known === 'read') return ignored(opinion, 'reviewer-not-permitted', `${person.login} has the role ${role.known}, which cannot block`);
  const next = [
    { who: person.login, what: 'review again: approve, or keep the objection', effort: 'review' as const },
    { who: someoneElse, what: `or dismiss the review of ${person.login} with a reason`, effort: 'review' as const },
  ];
  const remedy = `${person.login} reviews again, or ${someoneElse} dismisses it`;
  return { findings: [{ outcome: 'deny', reason, summary: `${summary}.`, next, needs: `the objection of ${person.login} to be settled` }], judged: [{ ...judgedAs(opinion, true, reason, summary), remedy }] };
}

function judgeDismissal(opinion: Opinion, question: MergeQuestion): Verdict {
  const { person, review: { dismissedBy, dismissedState } } = opinion;
  if (dismissedState === 'approved' || dismissedState === 'commented') return ignored(opinion, 'not-an-objection', `it was ${dismissedState} before it was dismissed`);
  if (dismissedBy === null || 'unknown' in dismissedBy) {
    const why = dismissedBy === null ? 'GitHub does not say' : dismissedBy.unknown;
    return { findings: [missingFact(`Who dismissed the review of ${person.login}`, why)], judged: [judgedAs(opinion, true, 'fact-missing', 'who dismissed it is not known')] };
  }
  const by = dismissedBy.known;
  if (by.id === person.id) return ignored(opinion, 'objection-withdrawn', `${person.login} withdrew it`);
  const bar = barsDismissal(by, question);
  if (bar === null) return ignored(opinion, 'objection-dismissed', `${by.login} dismissed it`);
  if (bar.is === 'unknown') return { findings: [missingFact(`The role of ${by.login}, who dismissed the review of ${person.login},`, bar.why)], judged: [judgedAs(opinion, true, 'role-unknown', `whether ${by.login} may dismiss it is not known`)] };
  return objection(opinion, roleOf(question.facts, person), { reason: 'objection-dismissed-by-contributor', summary: `The review of ${person.login} still stands: ${by.login}, who dismissed it, ${bar.why}` });
}

type Bar = { readonly is: 'barred' | 'unknown'; readonly why: string };

/** null: this person may settle the objections of others. */
function barsDismissal(by: Person, { facts, readings }: MergeQuestion): Bar | null {
  if (by.kind !== 'user') return { is: 'barred', why: 'is not a person' };
  if (readings.contributingPersons.has(readings.personOf(by.id))) return { is: 'barred', why: 'contributed to the change' };
  const role = roleOf(facts, by);
  if ('unknown' in role) return { is: 'unknown', why: role.unknown };
  // A custom role may hold the right to dismiss, and only who holds it could.
  return permits(role.known, 'write') || role.known === 'other' ? null : { is: 'barred', why: `has the role ${role.known}` };
}

const ignored = (opinion: Opinion, reason: Judged['reason'], summary: string): Verdict => ({ findings: [], judged: [judgedAs(opinion, false, reason, summary)] });

const judgedAs = ({ review, person }: Opinion, counted: boolean, reason: Judged['reason'], summary: string): Judged => ({
  what: `review by ${person.login}`,
  counted,
  reason,
  summary,
  evidence: [`review ${review.id}`, `given ${timeText(review.submittedAt)}`],
  url: review.url,
});

import type { ReviewPolicy } from '@sallyport/policy';
import type { Judged } from '../decision.ts';
import type { MergeFacts, ReviewFact } from '../facts/merge-facts.ts';
import type { Person, Role } from '../facts/shared.ts';
import { timeText } from '../time-text.ts';
import { byId, byText, shortSha, someoneElse } from '../wording.ts';
import { notCounted } from './approval-verdict.ts';
import type { Standing, Verdict } from './approval-verdict.ts';
import { bindApproval } from './bind-approval.ts';
import type { Binding, BoundApproval } from './bind-approval.ts';
import { contributionsTo, partText } from './contributions.ts';
import type { Readings } from './readings.ts';
import { permits, roleOf } from './reviewer-standing.ts';

export type JudgedReview = { readonly review: ReviewFact; readonly person: Person | null; readonly standing: Standing; readonly judged: Judged };

/** Every review in the order of its id: does it count as a second person's approval of exactly this content, and if not, why? */
export function judgeApprovals(policy: ReviewPolicy, facts: MergeFacts, readings: Readings): readonly JudgedReview[] {
  const context = { policy, facts, readings };
  const counted = new Set<number>();
  return byId(facts.reviews.items).map((review) => {
    const person = 'known' in review.reviewer ? review.reviewer.known : null;
    const verdict = oncePerPerson(person, judgeReview(review, context), readings, counted);
    return { review, person, standing: verdict.standing, judged: judgedAs(review, person, verdict) };
  });
}

/** Several accounts of one person approve once. */
function oncePerPerson(person: Person | null, verdict: Shown, readings: Readings, counted: Set<number>): Shown {
  if (person === null || verdict.standing !== 'counted') return verdict;
  const standsFor = readings.personOf(person.id);
  if (counted.has(standsFor)) return notCounted('reviewer-same-person', `${person.login} is an account of someone who has approved already`, 'another person approves');
  counted.add(standsFor);
  return verdict;
}

function judgedAs({ id, submittedAt, url, state }: ReviewFact, person: Person | null, { standing, reason, summary, remedy, evidence: more }: Shown): Judged {
  const what = `${state === 'approved' ? 'approval' : 'review'} by ${person?.login ?? 'someone not known'}`;
  const counted = standing === 'counted';
  const own = [`review ${id}`, `given ${timeText(submittedAt)}`];
  const evidence = more === undefined ? own : [...own, ...more];
  return { what, counted, reason, summary, evidence, remedy, url };
}

type Context = { readonly policy: ReviewPolicy; readonly facts: MergeFacts; readonly readings: Readings };
type Shown = Verdict & { readonly evidence?: readonly string[] };

function judgeReview(review: ReviewFact, context: Context): Shown {
  const opinion = notAnApproval(review);
  if (opinion !== null) return opinion;
  const { number } = context.facts.pullRequest;
  if (review.pullRequest !== number) return notCounted('approval-other-pull-request', `it was given on #${review.pullRequest}`, `approve #${number}`);
  // Whoever it was, perhaps an account that is gone: nobody stands behind it.
  if ('unknown' in review.reviewer) return notCounted('reviewer-unknown', `who gave it is not known: ${review.reviewer.unknown}`, 'someone else approves');
  const person = review.reviewer.known;
  const bar = barTo(review, person, context);
  if (bar !== null) return bar;
  const binding = bindApproval(review, context.facts, context.readings);
  if (binding.holds === 'no') return binding.verdict;
  return judgeRole(person, binding, context);
}

const comment = notCounted('comment-only', 'a comment is no approval', 'approve with the review form');
const objection = notCounted('not-an-approval', 'it requests changes');
const dismissed = notCounted('not-an-approval', 'it was dismissed', 'review again');

function notAnApproval({ state }: ReviewFact): Verdict | null {
  switch (state) {
    case 'approved':
      return null;
    case 'commented':
      return comment;
    case 'changes-requested':
      return objection;
    case 'dismissed':
      return dismissed;
    default:
      return state satisfies never;
  }
}

const another = `${someoneElse} approves`;

/** What bars a person, whatever was approved. */
function barTo(review: ReviewFact, person: Person, { policy, facts, readings }: Context): Verdict | null {
  const { login, id, kind } = person;
  if (readings.opinions.get(id)?.review.id !== review.id) return notCounted('opinion-replaced', `${login} gave a later opinion`);
  if (kind !== 'user') return notCounted('reviewer-not-a-person', `${login} is a ${kind === 'bot' ? 'bot' : 'machine account'}; only people review`, 'a person approves');
  if (readings.contributorIds.has(id)) return notCounted('reviewer-contributed', `${login} contributed to the change as ${partOf(id, policy, facts)}`, another);
  if (readings.contributingPersons.has(readings.personOf(id))) return notCounted('reviewer-same-person', `${login} is an account of someone who contributed to the change`, another);
  if (facts.pullRequest.requestedReviewers.some((asked) => asked.id === id)) return notCounted('review-requested-again', `${login} was asked to review again after that`, `${login} reviews again, or the request is withdrawn`);
  return null;
}

/** The part that says most: one that is proven rather than claimed, and of those the first in text order. */
function partOf(id: number, policy: ReviewPolicy, facts: MergeFacts): string {
  const own = contributionsTo(policy, facts).filter(({ person, worth }) => worth !== 'void' && 'known' in person && person.known.id === id).map((part) => ({ text: partText(part), claimed: part.worth === 'claimed' }));
  const [first] = own.sort((a, b) => Number(a.claimed) - Number(b.claimed) || byText(a.text, b.text));
  if (first === undefined) return 'a contributor';
  const claim = first.claimed ? ', as the commit claims without a signature' : '';
  return `${first.text}${claim}${own.length > 1 ? ` and ${own.length - 1} more` : ''}`;
}

function judgeRole(person: Person, binding: Exclude<Binding, { holds: 'no' }>, { policy, facts, readings }: Context): Shown {
  const role = roleOf(facts, person);
  if ('unknown' in role) return { standing: 'maybe', reason: 'role-unknown', summary: `the role of ${person.login} is not known: ${role.unknown}`, remedy: 'ask again in a minute' };
  if (!permits(role.known, policy.permission)) return notCounted('reviewer-not-permitted', `${person.login} has the role ${role.known}; ${policy.permission} is needed`, `someone with ${policy.permission} permission approves`);
  if (binding.holds === 'maybe') return binding.verdict;
  return countedAs(person, role.known, binding, readings);
}

function countedAs({ login }: Person, role: Role, { bound, proof }: BoundApproval, { lastHead }: Readings): Shown {
  const evidence = [`head since ${timeText(bound.since)}`];
  if (proof === null) return { standing: 'counted', reason: 'ok', summary: `${login} (${role}) had no part in the change and approved ${shortSha(bound.sha)}`, evidence };
  const again = `${login} (${role}) had no part in the change and approved ${shortSha(bound.sha)}; merging that onto ${shortSha(proof.onto)} again gives exactly what ${shortSha(lastHead?.sha ?? '')} holds`;
  return { standing: 'counted', reason: 'approval-carried', summary: again, evidence: [...evidence, `approved since ${shortSha(proof.fromBase)}`, `merged again onto ${shortSha(proof.onto)}`, `tree ${'known' in proof.tree ? (proof.tree.known ?? 'none') : 'none'}`] };
}

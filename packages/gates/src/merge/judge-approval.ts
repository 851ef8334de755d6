import type { ReviewPolicy } from '@sallyport/policy';
import type { Judged } from '../decision.ts';
import type { MergeFacts, ReviewFact } from '../facts/merge-facts.ts';
import type { Person } from '../facts/shared.ts';
import { byId, shortSha } from '../wording.ts';
import { contributorsOf } from './contributors.ts';
import { headSince } from './head-since.ts';
import { latestOpinions } from './opinions.ts';
import type { KnownReview } from './opinions.ts';
import { permits, roleOf } from './reviewer-standing.ts';

/** `maybe`: it would count if a fact that is missing turned out well. */
export type Standing = 'counted' | 'maybe' | 'not-counted';
export type JudgedReview = { readonly review: ReviewFact; readonly person: Person | null; readonly standing: Standing; readonly judged: Judged };

type Verdict = { readonly standing: Standing; readonly reason: Judged['reason']; readonly summary: string };

const no = (reason: Judged['reason'], summary: string): Verdict => ({ standing: 'not-counted', reason, summary });

/** Every review in the order of its id: does it count as a second person's approval of exactly this head, and if not, why? */
export function judgeApprovals(policy: ReviewPolicy, facts: MergeFacts): readonly JudgedReview[] {
  const latest = new Map(latestOpinions(facts).map((review) => [review.person.id, review]));
  const contributors = new Set(contributorsOf(facts).items.map(({ id }) => id));
  const since = headSince(facts);
  return byId(facts.reviews.items).map((review) => {
    const person = 'known' in review.reviewer ? review.reviewer.known : null;
    const verdict = judgeApproval(review, { policy, facts, latest, contributors, since });
    const { reason, summary } = verdict;
    const judged = { what: `review ${review.id} by ${person?.login ?? 'someone not known'}`, counted: verdict.standing === 'counted', reason, summary, url: review.url };
    return { review, person, standing: verdict.standing, judged };
  });
}

type Context = {
  readonly policy: ReviewPolicy;
  readonly facts: MergeFacts;
  readonly latest: ReadonlyMap<number, KnownReview>;
  readonly contributors: ReadonlySet<number>;
  readonly since: number | null;
};

function judgeApproval(review: ReviewFact, context: Context): Verdict {
  const opinion = notAnApproval(review);
  if (opinion !== null) return opinion;
  const head = context.facts.pullRequest.head.sha;
  const otherHead = notForHead(review, head, context.since);
  if (otherHead !== null) return otherHead;
  if ('unknown' in review.reviewer) return { standing: 'maybe', reason: 'reviewer-unknown', summary: `who gave it is not known: ${review.reviewer.unknown}` };
  return judgeApprover(review, review.reviewer.known, context);
}

function notAnApproval({ state }: ReviewFact): Verdict | null {
  switch (state) {
    case 'approved':
      return null;
    case 'commented':
      return no('comment-only', 'a comment is no approval; approve with the review form');
    case 'changes-requested':
      return no('not-an-approval', 'it requests changes');
    case 'dismissed':
      return no('not-an-approval', 'it was dismissed; a new review is needed');
    default:
      return state satisfies never;
  }
}

/** `commitId` may move with a force-push, so it can only disqualify; the push history is what binds an approval to content. */
function notForHead({ submittedAt, commitId }: ReviewFact, head: string, since: number | null): Verdict | null {
  if (since === null) return no('approval-not-for-head', 'the push history does not show since when the head is the head');
  if (submittedAt <= since) return no('approval-not-for-head', `it was given before the last push made ${shortSha(head)} the head; approve again`);
  if (commitId === head) return null;
  return no('approval-not-for-head', `GitHub ties it to ${commitId === null ? 'no commit' : shortSha(commitId)}, not to the head ${shortSha(head)}; approve again`);
}

function judgeApprover(review: ReviewFact, person: Person, { policy, facts, latest, contributors }: Context): Verdict {
  if (latest.get(person.id)?.id !== review.id) return no('opinion-replaced', `${person.login} gave a later opinion`);
  if (person.kind !== 'user') return no('reviewer-not-a-person', `${person.login} is a ${person.kind === 'bot' ? 'bot' : 'machine account'}; only people review`);
  if (contributors.has(person.id)) return no('reviewer-contributed', `${person.login} contributed to the change; someone who did not must approve`);
  const role = roleOf(facts, person);
  if ('unknown' in role) return { standing: 'maybe', reason: 'role-unknown', summary: `the role of ${person.login} is not known: ${role.unknown}` };
  if (!permits(role.known, policy.permission)) return no('reviewer-not-permitted', `${person.login} has the role ${role.known}; ${policy.permission} is needed`);
  return { standing: 'counted', reason: 'ok', summary: `${person.login} (${role.known}) contributed nothing and approved ${shortSha(facts.pullRequest.head.sha)}` };
}

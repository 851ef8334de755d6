import type { ActingUser } from '../auth/viewer.ts';
import type { SimulatorContext } from '../context.ts';
import { addEvent } from '../git/follow-heads.ts';
import type { Pull, Remark, Repository, Review, User } from '../world/world.ts';

export type NewReview = { readonly user: User; readonly state: Exclude<Review['state'], 'PENDING'>; readonly body?: string; readonly commitId?: string | null; readonly at?: number };

/** What happens to one pull request. */
export type ChangeAdmin = {
  /** Records reviews without asking whether they may be given. Default: of the head, now, without a text. */
  addReviews(repository: Repository, number: number, reviews: readonly NewReview[]): readonly Review[];
  /** Moves a review to another commit, by default the head as it is now, as GitHub does after some force-pushes. */
  reanchorReview(repository: Repository, number: number, review: number, commitId?: string | null): void;
  /** Adds a comment on a line. */
  addRemark(repository: Repository, number: number, remark: { readonly user: User; readonly body: string; readonly path: string }): Remark;
  /** A coding agent's session begins on the word of `user`: `copilot_work_started` on the timeline. */
  startCopilotWork(repository: Repository, number: number, user: User): void;
  /** Adds any event to the timeline. Accounts in `data` (assignee, requested_reviewer, review_requester) are users. */
  addTimelineEvent(repository: Repository, number: number, event: string, user: User, data?: Readonly<Record<string, unknown>>): void;
};

export function createChangeAdmin(context: SimulatorContext): ChangeAdmin {
  const addTimelineEvent: ChangeAdmin['addTimelineEvent'] = (repository, number, event, user, data = {}) => {
    addEvent(context, pullNumbered(repository, number), event, asPerson(user), data);
  };
  return {
    addTimelineEvent,
    startCopilotWork: (repository, number, user) => {
      addTimelineEvent(repository, number, 'copilot_work_started', user);
    },
    addReviews: (repository, number, reviews) => {
      const pull = pullNumbered(repository, number);
      const made = reviews.map(({ user, state, body = '', commitId = pull.head.sha, at = context.clock.now() }): Review => ({ id: context.nextId(), user, state, body, commitId, submittedAt: at }));
      pull.reviews.push(...made);
      const reviewed = new Set(reviews.map(({ user }) => user));
      pull.requestedReviewers.splice(0, pull.requestedReviewers.length, ...pull.requestedReviewers.filter((user) => !reviewed.has(user)));
      return made;
    },
    reanchorReview: (repository, number, id, commitId) => {
      const pull = pullNumbered(repository, number);
      const review = pull.reviews.find((one) => one.id === id);
      if (review === undefined) throw new Error(`#${String(number)} has no review ${String(id)}.`);
      review.commitId = commitId === undefined ? pull.head.sha : commitId;
    },
    addRemark: (repository, number, { user, body, path }) => {
      const pull = pullNumbered(repository, number);
      const remark: Remark = { id: context.nextId(), user, body, path, commitId: pull.head.sha, createdAt: context.clock.now() };
      pull.remarks.push(remark);
      return remark;
    },
  };
}

export const asPerson = (user: User): ActingUser => ({ user, app: null, builtIn: false });

export function pullNumbered(repository: Repository, number: number): Pull {
  const pull = repository.pulls.get(number);
  if (pull === undefined) throw new Error(`${repository.owner}/${repository.name} has no pull request #${String(number)}.`);
  return pull;
}

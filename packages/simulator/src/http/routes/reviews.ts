import type { Hono } from 'hono';
import * as z from 'zod';
import type { ActingUser } from '../../auth/viewer.ts';
import type { SimulatorContext } from '../../context.ts';
import { addEvent } from '../../git/follow-heads.ts';
import { collaboratorRole } from '../../auth/authorize.ts';
import { noteMentions } from '../../pulls/mentions.ts';
import { listPullCommits } from '../../pulls/pull-git.ts';
import type { Pull, Repository, Review } from '../../world/world.ts';
import { GitHubError, notFound } from '../github-error.ts';
import { pageOf } from '../pagination.ts';
import { presentSimplePull } from '../present/pull.ts';
import { presentReview } from '../present/review.ts';
import { presentUser } from '../present/user.ts';
import { actingUser, bodyOf, numberOf, type Request, type SimulatorEnv } from '../request.ts';
import { findUser } from './accounts.ts';
import { pullOf, type OpenedPull } from './pulls.ts';

const newReview = z.object({
  commit_id: z.string().optional(),
  body: z.string().default(''),
  event: z.enum(['APPROVE', 'REQUEST_CHANGES', 'COMMENT']).optional(),
});
const dismissal = z.object({ message: z.string().min(1), event: z.literal('DISMISS').optional() });
const reviewers = z.object({ reviewers: z.array(z.string()).default([]) });

const states = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' } as const;

const base = '/repos/:owner/:repo/pulls/:number';

/** Reviews, and who was asked for one. */
export function registerReviews(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  const url = (): string => context.url();

  app.get(`${base}/reviews`, (c) => {
    const { repository, pull } = pullOf(c, context);
    const visible = pull.reviews.filter((review) => review.state !== 'PENDING');
    return c.json(pageOf(c, visible, url()).map((review) => presentReview(url(), repository, pull, review)));
  });

  app.post(`${base}/reviews`, async (c) => {
    const { repository, pull } = pullOf(c, context);
    const review = await addReview(c, context, pullOf(c, context));
    return c.json(presentReview(url(), repository, pull, review));
  });

  app.put(`${base}/reviews/:review/dismissals`, (c) => {
    const { repository, pull } = pullOf(c, context);
    const review = reviewOf(c, pull);
    const { message } = bodyOf(c, dismissal);
    if (review.state !== 'APPROVED' && review.state !== 'CHANGES_REQUESTED') {
      throw new GitHubError(422, 'Unprocessable Entity', { errors: ['Can not dismiss a commented pull request review'] });
    }
    const actor = actingUser(c);
    addEvent(context, pull, 'review_dismissed', actor, { dismissed_review: { state: review.state.toLowerCase(), review_id: review.id, dismissal_message: message } });
    review.state = 'DISMISSED';
    pull.updatedAt = context.clock.now();
    context.announce(repository, { kind: 'pull_request_review', action: 'dismissed', number: pull.number, review: review.id }, actor);
    return c.json(presentReview(url(), repository, pull, review));
  });

  app.get(`${base}/requested_reviewers`, (c) => {
    const { pull } = pullOf(c, context);
    return c.json({ users: pull.requestedReviewers.map((user) => presentUser(url(), user)), teams: [] });
  });

  app.post(`${base}/requested_reviewers`, (c) => {
    const opened = pullOf(c, context);
    requestReviews(c, context, opened);
    return c.json(presentSimplePull(context.world, url(), opened.repository, opened.pull, opened.issue), 201);
  });

  app.delete(`${base}/requested_reviewers`, (c) => {
    const { repository, pull, issue } = pullOf(c, context);
    const actor = actingUser(c);
    for (const user of bodyOf(c, reviewers).reviewers.map((login) => findUser(context, login))) {
      if (forget(pull, user.id)) addEvent(context, pull, 'review_request_removed', actor, { requested_reviewer: user, review_requester: actor.user });
    }
    return c.json(presentSimplePull(context.world, url(), repository, pull, issue));
  });
}

function reviewOf(c: Request, pull: Pull): Review {
  const review = pull.reviews.find((candidate) => candidate.id === numberOf(c, 'review'));
  if (review === undefined) throw notFound();
  return review;
}

async function addReview(c: Request, context: SimulatorContext, { repository, pull }: OpenedPull): Promise<Review> {
  const body = bodyOf(c, newReview);
  const actor = actingUser(c);
  refuseOwn(repository, pull, actor, body.event);
  if ((body.event === 'REQUEST_CHANGES' || body.event === 'COMMENT') && body.body === '') {
    throw new GitHubError(422, 'Unprocessable Entity', { errors: ['Review body can not be blank'] });
  }
  const commitId = body.commit_id ?? pull.head.sha;
  if (commitId !== pull.head.sha && !(await listPullCommits(repository, pull)).includes(commitId)) {
    throw new GitHubError(422, 'Unprocessable Entity', { errors: ['The commit_id is not part of the pull request'] });
  }
  const review: Review = { id: context.nextId(), user: actor.user, state: body.event === undefined ? 'PENDING' : states[body.event], body: body.body, commitId, submittedAt: context.clock.now() };
  pull.reviews.push(review);
  if (review.state === 'PENDING') return review;
  forget(pull, actor.user.id);
  pull.updatedAt = review.submittedAt;
  noteMentions(context, pull, body.body);
  context.announce(repository, { kind: 'pull_request_review', action: 'submitted', number: pull.number, review: review.id }, actor);
  return review;
}

/** GitHub takes neither approval nor objection from the author, and an approval from the built-in token only where the repository's settings allow it. */
function refuseOwn(repository: Repository, pull: Pull, actor: ActingUser, event: 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT' | undefined): void {
  const refuse = (message: string): never => {
    throw new GitHubError(422, 'Unprocessable Entity', { errors: [message] });
  };
  if (actor.builtIn && event === 'APPROVE' && !repository.actions.mayApprove) refuse('GitHub Actions is not permitted to approve pull requests.');
  if (actor.user.id !== pull.author.id) return;
  if (event === 'APPROVE') refuse('Can not approve your own pull request');
  if (event === 'REQUEST_CHANGES') refuse('Can not request changes on your own pull request');
}

function requestReviews(c: Request, context: SimulatorContext, { repository, pull }: OpenedPull): void {
  const actor = actingUser(c);
  const users = bodyOf(c, reviewers).reviewers.map((login) => findUser(context, login));
  for (const user of users) {
    if (user.id === pull.author.id) throw new GitHubError(422, 'Review cannot be requested from pull request author.');
    if (collaboratorRole(repository, user) === undefined) throw new GitHubError(422, 'Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the repository.');
  }
  for (const user of users) {
    if (pull.requestedReviewers.some((known) => known.id === user.id)) continue;
    pull.requestedReviewers.push(user);
    addEvent(context, pull, 'review_requested', actor, { requested_reviewer: user, review_requester: actor.user });
  }
}

function forget(pull: Pull, user: number): boolean {
  const at = pull.requestedReviewers.findIndex((known) => known.id === user);
  if (at === -1) return false;
  pull.requestedReviewers.splice(at, 1);
  return true;
}

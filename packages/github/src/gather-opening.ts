import type { Person } from '@sallyport/gates';
import * as z from 'zod';
import { commitAnswer } from './answers/commit.ts';
import type { CommitAnswer } from './answers/commit.ts';
import { pullAnswer, review } from './answers/pull.ts';
import type { PullAnswer, ReviewAnswer } from './answers/pull.ts';
import { timelineEvent } from './answers/timeline.ts';
import type { TimelineEvent } from './answers/timeline.ts';
import { readCollaborators } from './find-people.ts';
import type { Collaborators } from './find-people.ts';
import { readPages, startPages } from './paginate.ts';
import type { StartedPages } from './paginate.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

/** GitHub lists no more of a pull request's commits (REST, “List commits on a pull request”, November 2026). */
export const mostListedCommits = 250;

export type Listed<T> = { readonly items: readonly T[]; /** false: there were more than are read. */ readonly ended: boolean };

/**
 * What can be asked when nothing but the pull request's number is known: all of it goes out at once. Of long lists only the first
 * page is there then; their other pages are under way beside whatever is asked next.
 */
export type Opening = {
  readonly pull: PullAnswer;
  /** Of the commits as far as their first page goes. */
  readonly firstCommits: readonly CommitAnswer[];
  readonly commits: Promise<Listed<CommitAnswer>>;
  readonly reviews: Promise<Listed<ReviewAnswer>>;
  /** People who reviewed, as far as the first page goes. */
  readonly firstReviewers: readonly Person[];
  readonly timeline: Promise<Listed<TimelineEvent>>;
  readonly collaborators: Collaborators;
};

/** null: no such pull request. */
export async function gatherOpening(place: Place, number: number): Promise<Opening | null> {
  const { client } = place;
  const parameters = { ...of(place), pull_number: number };
  const pull = client.askOr([404], { route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}', parameters, shape: pullAnswer, why: 'to judge it' });
  const starts = Promise.all([
    startPages(client, { route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/commits', parameters, shape: z.array(commitAnswer), why: 'to read its commits' }),
    startPages(client, { route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', parameters, shape: z.array(review), why: 'to read its reviews' }),
    readCollaborators(place),
  ]);
  // Without such a pull request the others fail as well, and nobody waits for them.
  starts.catch(() => undefined);
  const answer = await pull;
  if (!answer.ok) return null;
  const [commits, reviews, collaborators] = await starts;
  const opened = { pull: answer.data, firstCommits: commits.first, firstReviewers: reviews.first.flatMap(({ user }) => (user === null ? [] : [user])), collaborators };
  return {
    ...opened,
    commits: restOf(commits, answer.data.commits <= mostListedCommits),
    reviews: restOf(reviews, true),
    timeline: readTimeline(place, number),
  };
}

/** Asked only now: a move of the base after the pull request was answered must not be missing, or what was said of another base would count. */
function readTimeline(place: Place, number: number): Promise<Listed<TimelineEvent>> {
  const pages = readPages(place.client, { route: 'GET /repos/{owner}/{repo}/issues/{issue_number}/timeline', parameters: { ...of(place), issue_number: number }, shape: z.array(timelineEvent), why: 'to read what happened to it' });
  return metLater(pages.then(({ pages: read, ended }) => ({ items: read.flat().filter((event) => event !== null), ended })));
}

/** A list that GitHub cuts off is read in another way, so its further pages are not asked for. */
function restOf<T>(started: StartedPages<readonly T[]>, wanted: boolean): Promise<Listed<T>> {
  return metLater(wanted ? started.rest().then(({ pages, ended }) => ({ items: pages.flat(), ended })) : Promise.resolve({ items: started.first, ended: false }));
}

/** Its failure is met where the list is awaited; before, it would end the process when something else fails first. */
function metLater<T>(coming: Promise<T>): Promise<T> {
  coming.catch(() => undefined);
  return coming;
}

import * as z from 'zod';
import { commitAnswer } from './answers/commit.ts';
import type { CommitAnswer } from './answers/commit.ts';
import { changedFile, pullAnswer, review } from './answers/pull.ts';
import type { ChangedFileAnswer, PullAnswer, ReviewAnswer } from './answers/pull.ts';
import { timelineEvent } from './answers/timeline.ts';
import type { TimelineEvent } from './answers/timeline.ts';
import { readCollaborators } from './find-people.ts';
import type { Collaborators } from './find-people.ts';
import { readPages } from './paginate.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

export type Listed<T> = { readonly items: readonly T[]; /** false: there were more than are read. */ readonly ended: boolean };

/** What can be asked when nothing but the pull request's number is known: all of it goes out at once. */
export type Opening = {
  readonly pull: PullAnswer;
  readonly commits: Listed<CommitAnswer>;
  readonly files: Listed<ChangedFileAnswer>;
  readonly reviews: Listed<ReviewAnswer>;
  readonly timeline: Listed<TimelineEvent>;
  readonly collaborators: Collaborators;
};

/** null: no such pull request. */
export async function gatherOpening(place: Place, number: number): Promise<Opening | null> {
  const parameters = { ...of(place), pull_number: number };
  const pull = place.client.askOr([404], { route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}', parameters, shape: pullAnswer, why: 'to judge it' });
  const rest = Promise.all([
    readPages(place.client, { route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/commits', parameters, shape: z.array(commitAnswer), why: 'to read its commits' }),
    readPages(place.client, { route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files', parameters, shape: z.array(changedFile), why: 'to read which files it changes' }),
    readPages(place.client, { route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', parameters, shape: z.array(review), why: 'to read its reviews' }),
    readPages(place.client, { route: 'GET /repos/{owner}/{repo}/issues/{issue_number}/timeline', parameters: { ...of(place), issue_number: number }, shape: z.array(timelineEvent), why: 'to read what happened to it' }),
    readCollaborators(place),
  ]);
  // Without such a pull request the others fail as well, and nobody waits for them.
  rest.catch(() => undefined);
  const answer = await pull;
  if (!answer.ok) return null;
  const [commits, files, reviews, timeline, collaborators] = await rest;
  return {
    pull: answer.data,
    commits: { items: commits.pages.flat(), ended: commits.ended },
    files: { items: files.pages.flat(), ended: files.ended },
    reviews: { items: reviews.pages.flat(), ended: reviews.ended },
    timeline: { items: timeline.pages.flat().filter((event) => event !== null), ended: timeline.ended },
    collaborators,
  };
}

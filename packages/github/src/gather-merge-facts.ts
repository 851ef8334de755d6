import { known, unknown } from '@sallyport/gates';
import type { MergeFacts } from '@sallyport/gates';
import type { Policy } from '@sallyport/policy';
import * as z from 'zod';
import { gitCommit } from './answers/commit.ts';
import { changedFile, pullAnswer } from './answers/pull.ts';
import type { PullAnswer } from './answers/pull.ts';
import { personFact } from './answers/shared.ts';
import { gatherChecks } from './gather-checks.ts';
import { gatherCommits } from './gather-commits.ts';
import { gatherPushes } from './gather-pushes.ts';
import { gatherCandidates, gatherReviewers } from './gather-reviewers.ts';
import { gatherReviews } from './gather-reviews.ts';
import { listFact, readPages } from './paginate.ts';
import { of, readRepository } from './repository.ts';
import type { Place } from './repository.ts';

/** Everything the merge gate looks at, read now. null: no such pull request. Throws OutsideError when GitHub is broken. */
export async function gatherMergeFacts(place: Place, number: number, policy: Policy): Promise<MergeFacts | null> {
  const [repository, answer] = await Promise.all([
    readRepository(place),
    place.client.askOr([404], { route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}', parameters: { ...of(place), pull_number: number }, shape: pullAnswer, why: 'to judge it' }),
  ]);
  if (!answer.ok) return null;
  const pull = answer.data;
  const [treeSha, baseChanges, commits, pushes, reviewed, checks, files, candidates] = await Promise.all([
    readTree(place, pull.head.sha),
    countBaseChanges(place, number),
    gatherCommits(place, pull),
    gatherPushes(place, pull),
    gatherReviewed(place, number, policy),
    gatherChecks(place, pull),
    gatherFiles(place, pull),
    gatherCandidates(place),
  ]);
  return { schema: 1, gate: 'merge', repository, pullRequest: pullFact(pull, { treeSha, baseChanges, repositoryId: repository.id }), commits, pushes, ...reviewed, checks, files, candidates };
}

async function gatherReviewed(place: Place, number: number, policy: Policy): Promise<Pick<MergeFacts, 'reviews' | 'reviewers'>> {
  const reviews = await gatherReviews(place, number);
  return { reviews, reviewers: await gatherReviewers(place, reviews.items, policy) };
}

const timelineName = z.looseObject({ event: z.string().optional() });

/** From the timeline; unknown when it is longer than is read. */
async function countBaseChanges(place: Place, number: number): Promise<MergeFacts['pullRequest']['baseChanges']> {
  const { pages, ended } = await readPages(place.client, { route: 'GET /repos/{owner}/{repo}/issues/{issue_number}/timeline', parameters: { ...of(place), issue_number: number }, shape: z.array(timelineName), why: 'to read whether its base was changed' });
  const changes = pages.flat().filter(({ event }) => event === 'base_ref_changed').length;
  return ended ? known(changes) : unknown('its timeline is longer than is read');
}

type PullParts = { readonly treeSha: string; readonly baseChanges: MergeFacts['pullRequest']['baseChanges']; readonly repositoryId: number };

function pullFact(pull: PullAnswer, { treeSha, baseChanges, repositoryId }: PullParts): MergeFacts['pullRequest'] {
  return {
    number: pull.number,
    state: pull.merged ? 'merged' : pull.state,
    draft: pull.draft,
    author: personFact(pull.user, 'the account that opened it no longer exists'),
    base: { ref: pull.base.ref, sha: pull.base.sha },
    baseChanges,
    head: { ref: pull.head.ref, sha: pull.head.sha, treeSha, sameRepository: pull.head.repo?.id === repositoryId },
    url: pull.html_url,
  };
}

/** The tree of a commit: what it contains, whoever made it and whenever. */
export async function readTree(place: Place, commit: string): Promise<string> {
  const { data } = await place.client.ask({ route: 'GET /repos/{owner}/{repo}/git/commits/{commit_sha}', parameters: { ...of(place), commit_sha: commit }, shape: gitCommit, why: 'to read what it contains' });
  return data.tree.sha;
}

/** GitHub lists at most 3,000 files; with more the list is incomplete. */
async function gatherFiles(place: Place, pull: PullAnswer): Promise<MergeFacts['files']> {
  const { pages, ended } = await readPages(place.client, { route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files', parameters: { ...of(place), pull_number: pull.number }, shape: z.array(changedFile), why: 'to read which files it changes' });
  const items = pages.flat().map(({ filename, previous_filename: previous, status }) => ({ path: filename, previousPath: previous ?? null, status }));
  return listFact('changed files', items, { ended, total: pull.changed_files });
}

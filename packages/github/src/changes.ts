import { completeList, partialList } from '@sallyport/gates';
import type { FactList } from '@sallyport/gates';
import type { Changes } from '@sallyport/pipeline';
import { OutsideError, parseQueueRef } from '@sallyport/pipeline';
import * as z from 'zod';
import { comparison, gitRef } from './answers/commit.ts';
import { simplePull } from './answers/pull.ts';
import { findLanding } from './find-landing.ts';
import { gatherMergeFacts } from './gather-merge-facts.ts';
import type { MergeAgain } from './merge-again.ts';
import { listFact, readPages, readPagesOr } from './paginate.ts';
import { of, readRepository } from './repository.ts';
import type { Place } from './repository.ts';

/** Pull requests and commits of one repository. */
export function createChanges(place: Place, mergeAgain: MergeAgain): Changes {
  return {
    repository: () => readRepository(place),
    gatherMergeFacts: (target, policy) => gatherMergeFacts(place, { target, policy, mergeAgain }),
    findLanding: (commit, branch) => findLanding(place, commit, branch),
    listOpen: async (into) => (await Promise.all(into.map((branch) => listOpen(place, branch)))).flat(),
    listQueueGroups: () => listQueueGroups(place),
    listCommits: (from, to) => (from === null ? Promise.resolve(completeList([to])) : listCommits(place, from, to)),
  };
}

async function listOpen(place: Place, base: string): Promise<readonly { readonly number: number; readonly headSha: string }[]> {
  const { pages, ended } = await readPages(place.client, { route: 'GET /repos/{owner}/{repo}/pulls', parameters: { ...of(place), state: 'open', base }, shape: z.array(simplePull), why: 'to list what is open' });
  if (!ended) throw new OutsideError('refused', `More pull requests into ${base} are open than can be read. Close what is no longer wanted, then try again.`, { retryable: false });
  return pages.flat().map(({ number, head }) => ({ number, headSha: head.sha }));
}

async function listQueueGroups(place: Place): ReturnType<Changes['listQueueGroups']> {
  const { data } = await place.client.ask({ route: 'GET /repos/{owner}/{repo}/git/matching-refs/{ref}', parameters: { ...of(place), ref: 'heads/gh-readonly-queue/' }, shape: z.array(gitRef), why: 'to list the groups of the merge queue' });
  return data.flatMap(({ ref, object }) => parseQueueRef(ref, object.sha) ?? []);
}

async function listCommits(place: Place, from: string, to: string): Promise<FactList<string>> {
  const answer = await readPagesOr(place.client, [404], { route: 'GET /repos/{owner}/{repo}/compare/{basehead}', parameters: { ...of(place), basehead: `${from}...${to}` }, shape: comparison, why: 'to list what is new' });
  if (!answer.ok) return partialList([], `what is new in ${to} since ${from} is not known: ${answer.message}`);
  const oldestFirst = answer.pages.flatMap(({ commits }) => commits.map(({ sha }) => sha));
  return listFact('commits', oldestFirst.reverse(), { ended: answer.ended, total: answer.pages[0]?.total_commits ?? 0 });
}

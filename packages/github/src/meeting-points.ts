import { known, unknown } from '@sallyport/gates';
import type { Fact } from '@sallyport/gates';
import { comparison } from './answers/commit.ts';
import type { CommitAnswer } from './answers/commit.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

/** Each costs a question. */
const mostMeetings = 20;

/**
 * Does a change meet its base at one commit? GitHub lists files against one merge base, and a merge takes back what the branch left out
 * between it and another. So whatever the change's commits grew from or merged in has to lie at or before that merge base.
 * Only changes with merge commits can meet their base twice, so others ask nothing.
 */
export async function meetsBaseOnce(place: Place, commits: readonly CommitAnswer[], mergeBase: string): Promise<Fact<true>> {
  if (!commits.some(({ parents }) => parents.length > 1)) return known(true);
  const own = new Set(commits.map(({ sha }) => sha));
  const meetings = [...new Set(commits.flatMap(({ parents }) => parents.map(({ sha }) => sha)))].filter((sha) => !own.has(sha) && sha !== mergeBase);
  if (meetings.length > mostMeetings) return unknown(`the change takes in the base at ${meetings.length} commits, and only ${mostMeetings} are looked into; merge its newest commit or rebase`);
  const before = await Promise.all(meetings.map((sha) => liesBefore(place, sha, mergeBase)));
  const other = meetings.find((_, index) => before[index] !== true);
  return other === undefined ? known(true) : unknown(`the change meets its base at ${other} besides ${mergeBase}, and GitHub lists files against one of them; merge the newest commit of the base into it or rebase`);
}

async function liesBefore(place: Place, sha: string, mergeBase: string): Promise<boolean> {
  const compared = await place.client.askOr([404], { route: 'GET /repos/{owner}/{repo}/compare/{basehead}', parameters: { ...of(place), basehead: `${mergeBase}...${sha}`, per_page: 1 }, shape: comparison, why: 'to see whether the change meets its base at one commit' });
  return compared.ok && (compared.data.status === 'behind' || compared.data.status === 'identical');
}

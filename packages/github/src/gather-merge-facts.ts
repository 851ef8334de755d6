import { namedIn, parseCodeOwners, touchedEntries } from '@sallyport/gates';
import type { CommitFact, MergeFacts, Person, PushFact } from '@sallyport/gates';
import type { MergeTarget } from '@sallyport/pipeline';
import type { Policy } from '@sallyport/policy';
import { personFact } from './answers/shared.ts';
import { gatherChecks } from './gather-checks.ts';
import { gatherCodeOwners, readCodeOwners } from './gather-code-owners.ts';
import type { CodeOwnersFile } from './gather-code-owners.ts';
import { gatherContent } from './gather-content.ts';
import { gatherGroup } from './gather-group.ts';
import { gatherOpening } from './gather-opening.ts';
import type { Opening } from './gather-opening.ts';
import { candidatesOf, gatherReviewers } from './gather-reviewers.ts';
import { reviewsOf } from './gather-reviews.ts';
import { gatherSharedHead } from './gather-shared-head.ts';
import { gatherStatuses } from './gather-statuses.ts';
import { baseMovesIn, gatherInstigations } from './gather-timeline.ts';
import type { MergeAgain } from './merge-again.ts';
import type { Place } from './repository.ts';

export type GatherOptions = { readonly target: MergeTarget; readonly policy: Promise<Policy | null>; readonly mergeAgain: MergeAgain };

/**
 * Everything the merge gate looks at, read now. Questions go out as soon as they can be put: those that need only the number,
 * then those that need the head, then those about runs, symlinks and earlier heads. Ordinarily that is three rounds.
 * null: no such pull request, or no policy to gather for. Throws OutsideError when GitHub is broken.
 */
export async function gatherMergeFacts(place: Place, { target, policy: coming, mergeAgain }: GatherOptions): Promise<MergeFacts | null> {
  const [opening, policy] = await Promise.all([gatherOpening(place, target.pullRequest), coming]);
  return opening === null || policy === null ? null : gatherRest(place, { opening, policy, mergeAgain, group: target.group });
}

type Rest = { readonly opening: Opening; readonly policy: Policy; readonly mergeAgain: MergeAgain; readonly group: MergeTarget['group'] };

async function gatherRest(place: Place, { opening, policy, mergeAgain, group }: Rest): Promise<MergeFacts> {
  const { pull, collaborators } = opening;
  const reviewing = reviewsOf(opening);
  const accounts = [...collaborators.items.map(({ person }) => person), ...opening.firstReviewers, ...(pull.requested_reviewers ?? []), ...(pull.user === null ? [] : [pull.user])];
  const judged = group?.headSha ?? pull.head.sha;
  const { definition, content } = gatherContent(place, { opening, policy, reviews: reviewing, accounts, mergeAgain, judged, onto: group?.baseSha ?? pull.base.ref });
  const [{ treeSha, ...change }, tests, statuses, sharedHead, queueGroup, owners, reviews, timeline] = await Promise.all([
    content,
    gatherChecks(place, judged, { policy, definition, openedAt: pull.created_at }),
    gatherStatuses(place, judged, policy),
    gatherSharedHead(place, pull),
    group === null ? null : gatherGroup(place, group, pull.head.sha, mergeAgain),
    gatherOwnersAndReviewers(place, { opening, policy, reviews: reviewing, accounts, files: () => content.then(({ files }) => files) }),
    reviewing,
    opening.timeline,
  ]);
  const machines = machinesIn(pull.user, [...change.commits.items, ...change.formerCommits.items], change.pushes.items);
  return {
    schema: 1,
    gate: 'merge',
    repository: { owner: pull.base.repo.owner.login, name: pull.base.repo.name, id: pull.base.repo.id, defaultBranch: pull.base.repo.default_branch },
    pullRequest: pullFact(opening, treeSha),
    group: queueGroup,
    baseMoves: baseMovesIn(timeline),
    instigations: await gatherInstigations(place, pull.number, timeline, machines),
    reviews,
    ...change,
    ...tests,
    ...owners,
    statuses,
    sharedHead,
    candidates: candidatesOf(collaborators),
  };
}

type OwnerSources = { readonly opening: Opening; readonly policy: Policy; readonly reviews: Promise<MergeFacts['reviews']>; readonly accounts: readonly Person[]; /** Asked only where it matters: a promise that nobody awaits would end the process when it fails. */ readonly files: () => Promise<MergeFacts['files']> };

/** The code owners' teams are asked about together with the policy's, so their file comes first where it is needed. */
async function gatherOwnersAndReviewers(place: Place, { opening, policy, reviews, accounts, files }: OwnerSources): Promise<Pick<MergeFacts, 'codeOwners' | 'reviewers'>> {
  const file: CodeOwnersFile = policy.merge.review.codeOwners === 'required' ? await readCodeOwners(place, opening.pull.base.ref) : { unknown: 'the policy does not require code owners, so they were not read' };
  const ownerTeams = 'known' in file && file.known !== null ? namedIn(parseCodeOwners(file.known.text)).teams : [];
  const [codeOwners, reviewers] = await Promise.all([gatherCodeOwners(place, file, accounts), Promise.all([reviews, teamsAsked(policy, files)]).then(([{ items }, teams]) => gatherReviewers(place, items, opening.collaborators, [...teams, ...ownerTeams]))]);
  return { codeOwners, reviewers };
}

/** The teams of the sensitive paths that the change touches; of all of them while the files are not all known. */
async function teamsAsked(policy: Policy, readFiles: () => Promise<MergeFacts['files']>): Promise<readonly string[]> {
  const { sensitive } = policy.merge.review;
  if (sensitive.every(({ team }) => team === null)) return [];
  const files = await readFiles();
  const entries = files.complete ? touchedEntries(policy, files.items).map(({ entry }) => entry) : sensitive;
  return entries.flatMap(({ team }) => (team === null ? [] : [team]));
}

/** Accounts that are no people and have a part in the change. */
function machinesIn(author: Person | null, commits: readonly CommitFact[], pushes: readonly PushFact[]): readonly Person[] {
  const facts = [...commits.flatMap((commit) => [commit.author, commit.committer, ...commit.coAuthors]), ...pushes.map(({ actor }) => actor)];
  const accounts = [...(author === null ? [] : [author]), ...facts.flatMap((fact) => ('known' in fact ? [fact.known] : []))];
  return [...new Map(accounts.flatMap((account) => (account.kind === 'user' ? [] : [[account.id, account] as const]))).values()];
}

function pullFact({ pull }: Opening, treeSha: string): MergeFacts['pullRequest'] {
  return {
    number: pull.number,
    state: pull.merged ? 'merged' : pull.state,
    draft: pull.draft,
    author: personFact(pull.user, 'the account that opened it no longer exists'),
    base: { ref: pull.base.ref, sha: pull.base.sha },
    head: { ref: pull.head.ref, sha: pull.head.sha, treeSha, repository: pull.head.repo?.id ?? null },
    requestedReviewers: pull.requested_reviewers ?? [],
    url: pull.html_url,
  };
}

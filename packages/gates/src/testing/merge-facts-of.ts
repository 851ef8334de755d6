import { completeList, known } from '../facts/fact.ts';
import type { ChangedFileFact, CheckFact, CommitFact, InstigationFact, MergeFacts, MergeProofFact, PushFact, ReviewFact, RunFact, StatusFact } from '../facts/merge-facts.ts';
import type { Person, Role } from '../facts/shared.ts';
import { githubActionsApp } from '../merge/judge-check.ts';
import { ana, ben, cho, fakeSha, instantOf } from './people.ts';
import { ciWorkflow } from './policy.ts';

export const baseSha = fakeSha('ba');
export const headSha = fakeSha('1a');
export const olderSha = fakeSha('01');
export const pushedAt = instantOf('2026-11-23T10:00:00Z');
export const reviewedAt = instantOf('2026-11-23T11:00:00Z');

const repository = { owner: 'acme', name: 'shop', id: 5000, defaultBranch: 'main' };

export const headTree = fakeSha('7e');

export const commitBy = (author: Person, changes: Partial<CommitFact> = {}): CommitFact => ({
  sha: headSha,
  parents: [baseSha],
  author: known(author),
  committer: known(author),
  coAuthors: [],
  committedByGitHub: false,
  signature: known({ verified: false, reason: 'unsigned' }),
  ...changes,
});

export const pushBy = (actor: Person, changes: Partial<PushFact> = {}): PushFact => ({ before: baseSha, after: headSha, kind: 'push', actor: known(actor), pushedAt, ...changes });

export const reviewBy = (person: Person, changes: Partial<ReviewFact> = {}): ReviewFact => ({
  id: person.id * 10,
  pullRequest: 12,
  reviewer: known(person),
  state: 'approved',
  submittedAt: reviewedAt,
  commitId: headSha,
  dismissedBy: null,
  url: `https://github.example/acme/shop/pull/12#review-${person.id}`,
  ...changes,
});

export const approvedBy = (person: Person, changes: Partial<ReviewFact> = {}): ReviewFact => reviewBy(person, changes);

export const runOf = (changes: Partial<RunFact> = {}): RunFact => ({
  id: 7000,
  workflow: ciWorkflow,
  event: 'pull_request',
  headSha,
  headBranch: 'topic',
  headRepository: repository.id,
  attempt: 1,
  status: 'completed',
  conclusion: 'success',
  createdAt: pushedAt + 1000,
  pullRequests: [{ number: 12, base: 'main' }],
  definedByBase: known(true),
  url: 'https://github.example/acme/shop/actions/runs/7000',
  ...changes,
});

export const instigationBy = (person: Person, changes: Partial<InstigationFact> = {}): InstigationFact => ({ machine: null, person: known(person), how: 'assigned', at: pushedAt, url: null, ...changes });

export const statusOf = (changes: Partial<StatusFact> = {}): StatusFact => ({ id: 8500, context: 'unit', headSha, state: 'success', creator: known(cho), createdAt: pushedAt + 60_000, url: null, ...changes });

export const fileOf = (path: string, changes: Partial<ChangedFileFact> = {}): ChangedFileFact => ({ path, previousPath: null, status: 'modified', kind: known('file' as const), ...changes });

/** What the head changed since `baseSha`, made again from an earlier head: the same tree. */
export const proofFrom = (from: string, changes: Partial<MergeProofFact> = {}): MergeProofFact => ({ from, fromBase: baseSha, onto: baseSha, tree: known(headTree), ...changes });

export const checkOf = (changes: Partial<CheckFact> = {}): CheckFact => ({
  id: 8000,
  name: 'unit',
  headSha,
  app: githubActionsApp,
  status: 'completed',
  conclusion: 'success',
  startedAt: pushedAt,
  completedAt: pushedAt + 60_000,
  job: known({ run: 7000, attempt: 1 }),
  url: 'https://github.example/acme/shop/runs/8000',
  ...changes,
});

export const reviewerOf = (person: Person, role: Role = 'write', teams: readonly string[] = []): MergeFacts['reviewers'][number] => ({
  person,
  role: known(role),
  teams: teams.map((team) => ({ team, membership: known('active' as const) })),
});

/** Ana's pull request, tested, pushed by her, approved by Ben at its head: it may merge. */
export function mergeFactsOf(changes: Partial<MergeFacts> = {}): MergeFacts {
  return {
    schema: 1,
    gate: 'merge',
    repository,
    pullRequest: {
      number: 12,
      state: 'open',
      draft: false,
      author: known(ana),
      base: { ref: 'main', sha: baseSha },
      head: { ref: 'topic', sha: headSha, treeSha: headTree, repository: repository.id },
      requestedReviewers: [],
      url: 'https://github.example/acme/shop/pull/12',
    },
    group: null,
    baseMoves: completeList([]),
    sharedHead: completeList([]),
    commits: completeList([commitBy(ana)]),
    formerCommits: completeList([]),
    pushes: completeList([pushBy(ana)]),
    instigations: completeList([]),
    reviews: completeList([approvedBy(ben)]),
    reviewers: [reviewerOf(ben)],
    carryOver: completeList([]),
    runs: completeList([runOf()]),
    checks: completeList([checkOf()]),
    statuses: completeList([]),
    files: completeList([fileOf('src/cart.ts')]),
    codeOwners: known(null),
    candidates: completeList([ana, ben, cho]),
    ...changes,
  };
}

export const withPullRequest = (changes: Partial<MergeFacts['pullRequest']>): MergeFacts => mergeFactsOf({ pullRequest: { ...mergeFactsOf().pullRequest, ...changes } });

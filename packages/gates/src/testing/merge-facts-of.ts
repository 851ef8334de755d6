import { completeList, known } from '../facts/fact.ts';
import type { CheckFact, CommitFact, MergeFacts, PushFact, ReviewFact } from '../facts/merge-facts.ts';
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

export const commitBy = (author: Person, changes: Partial<CommitFact> = {}): CommitFact => ({ sha: headSha, author: known(author), committer: known(author), coAuthors: [], committedByGitHub: false, ...changes });

export const pushBy = (actor: Person, changes: Partial<PushFact> = {}): PushFact => ({ before: baseSha, after: headSha, kind: 'push', actor: known(actor), pushedAt, ...changes });

export const reviewBy = (person: Person, changes: Partial<ReviewFact> = {}): ReviewFact => ({
  id: person.id * 10,
  reviewer: known(person),
  state: 'approved',
  submittedAt: reviewedAt,
  commitId: headSha,
  dismissedBy: null,
  url: `https://github.example/acme/shop/pull/12#review-${person.id}`,
  ...changes,
});

export const approvedBy = (person: Person, changes: Partial<ReviewFact> = {}): ReviewFact => reviewBy(person, changes);

type Run = NonNullable<CheckFact['run']>;
type KnownRun = Extract<Run, { readonly known: unknown }>['known'];

export const runOf = (changes: Partial<KnownRun> = {}): Run => known({ id: 7000, workflow: ciWorkflow, event: 'pull_request', headSha, headBranch: 'topic', attempt: 1, fileUnchangedFromBase: known(true), ...changes });

export const checkOf = (changes: Partial<CheckFact> = {}): CheckFact => ({
  id: 8000,
  name: 'unit',
  headSha,
  app: githubActionsApp,
  status: 'completed',
  conclusion: 'success',
  startedAt: pushedAt,
  completedAt: pushedAt + 60_000,
  run: runOf(),
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
      baseChanges: known(0),
      head: { ref: 'topic', sha: headSha, treeSha: fakeSha('7e'), sameRepository: true },
      url: 'https://github.example/acme/shop/pull/12',
    },
    commits: completeList([commitBy(ana)]),
    pushes: completeList([pushBy(ana)]),
    reviews: completeList([approvedBy(ben)]),
    reviewers: [reviewerOf(ben)],
    checks: completeList([checkOf()]),
    files: completeList([{ path: 'src/cart.ts', previousPath: null, status: 'modified' }]),
    candidates: completeList([ana, ben, cho]),
    ...changes,
  };
}

export const withPullRequest = (changes: Partial<MergeFacts['pullRequest']>): MergeFacts => mergeFactsOf({ pullRequest: { ...mergeFactsOf().pullRequest, ...changes } });

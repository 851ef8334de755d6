type Item = Record<string, unknown>;
type List = { items: Item[]; complete: boolean; missing?: string };

/** The parts of a facts document that are destroyed. */
type Document = { pullRequest: Item & { head: Item; base: Item }; sharedHead: { items: number[] }; commits: List; pushes: List; reviews: List; reviewers: Item[]; checks: List; runs: List; files: List; baseMoves: List; formerCommits: List; group: (Item & { proof: Item }) | null };

type Destroyer = { readonly name: string; readonly destroy: (document: Document) => void };

const each = (items: readonly Item[], changes: Item): void => items.forEach((item) => Object.assign(item, changes));

const cut = (list: List): void => void Object.assign(list, { complete: false, missing: 'the rest' });

const isUnit = ({ name }: Item): boolean => name === 'unit';

const other = '5'.repeat(40);

/** Ways to take from a change what every policy that is generated needs. None of them may leave it allowed. */
export const destroyers: readonly [Destroyer, ...Destroyer[]] = [
  { name: 'no reviews', destroy: ({ reviews }) => void (reviews.items = []) },
  { name: 'all reviews comment', destroy: ({ reviews }) => each(reviews.items, { state: 'commented' }) },
  { name: 'all reviews are of another pull request', destroy: ({ reviews }) => each(reviews.items, { pullRequest: 99 }) },
  { name: 'all reviews are older than the branch', destroy: ({ reviews }) => each(reviews.items, { submittedAt: '2020-01-01T00:00:00Z' }) },
  { name: 'every reviewer is a bot', destroy: ({ reviews }) => each(reviews.items, { reviewer: { known: { id: 902, login: 'machine[bot]', kind: 'bot' } } }) },
  { name: 'every review is by the author', destroy: ({ reviews, pullRequest }) => each(reviews.items, { reviewer: pullRequest.author }) },
  { name: 'every review is by nobody known', destroy: ({ reviews }) => each(reviews.items, { reviewer: { unknown: 'it was not read' } }) },
  { name: 'everyone may only read', destroy: ({ reviewers }) => each(reviewers, { role: { known: 'read' } }) },
  { name: 'no roles are known', destroy: ({ reviewers }) => each(reviewers, { role: { unknown: 'it was not read' } }) },
  { name: 'everyone is asked again', destroy: ({ pullRequest, reviewers }) => void (pullRequest.requestedReviewers = reviewers.map(({ person }) => person)) },
  { name: 'the author is not known', destroy: ({ pullRequest }) => void (pullRequest.author = { unknown: 'it was not read' }) },
  { name: 'no pusher is known', destroy: ({ pushes }) => each(pushes.items, { actor: { unknown: 'it was not read' } }) },
  { name: 'no pushes', destroy: ({ pushes }) => void (pushes.items = []) },
  { name: 'pushes end elsewhere', destroy: ({ pushes }) => each(pushes.items, { after: other }) },
  { name: 'commits are cut short', destroy: ({ commits }) => cut(commits) },
  { name: 'commits of earlier heads are cut short', destroy: ({ formerCommits }) => cut(formerCommits) },
  { name: 'pushes are cut short', destroy: ({ pushes }) => cut(pushes) },
  { name: 'reviews are cut short', destroy: ({ reviews }) => cut(reviews) },
  { name: 'checks are cut short', destroy: ({ checks }) => cut(checks) },
  { name: 'runs are cut short', destroy: ({ runs }) => cut(runs) },
  { name: 'files are cut short', destroy: ({ files }) => cut(files) },
  { name: 'moves of the base are cut short', destroy: ({ baseMoves }) => cut(baseMoves) },
  { name: 'the base moved after everything', destroy: ({ baseMoves }) => void baseMoves.items.push({ kind: 'rewritten', movedAt: '2026-12-31T00:00:00Z' }) },
  { name: 'another pull request has the head', destroy: ({ sharedHead }) => void sharedHead.items.push(77) },
  { name: 'no checks', destroy: ({ checks }) => void (checks.items = []) },
  { name: 'no check succeeded', destroy: ({ checks }) => each(checks.items.filter(isUnit), { conclusion: 'neutral' }) },
  { name: 'every check is of another app', destroy: ({ checks }) => each(checks.items, { app: 1 }) },
  { name: 'no check is a job', destroy: ({ checks }) => each(checks.items, { job: null }) },
  { name: 'no job is known', destroy: ({ checks }) => each(checks.items, { job: { unknown: 'it was not read' } }) },
  { name: 'every check is on another commit', destroy: ({ checks }) => each(checks.items, { headSha: other }) },
  { name: 'no runs', destroy: ({ runs }) => void (runs.items = []) },
  { name: 'every run is of another workflow', destroy: ({ runs }) => each(runs.items, { workflow: '.github/workflows/other.yml' }) },
  { name: 'every run was started by hand', destroy: ({ runs }) => each(runs.items, { event: 'workflow_dispatch' }) },
  { name: 'every run is of another branch', destroy: ({ runs }) => each(runs.items, { headBranch: 'elsewhere' }) },
  { name: 'every run is of a fork', destroy: ({ runs }) => each(runs.items, { headRepository: 6 }) },
  { name: 'every run is of another pull request', destroy: ({ runs }) => each(runs.items, { pullRequests: [{ number: 99, base: 'main' }] }) },
  { name: 'every run is of another base', destroy: ({ runs }) => each(runs.items, { pullRequests: [{ number: 12, base: 'release' }] }) },
  { name: 'every workflow is changed', destroy: ({ runs }) => each(runs.items, { definedByBase: { known: false } }) },
  { name: 'no workflow could be compared', destroy: ({ runs }) => each(runs.items, { definedByBase: { unknown: 'it was not read' } }) },
  { name: 'every run is listed twice', destroy: ({ runs }) => void runs.items.push(...structuredClone(runs.items)) },
  { name: 'a new attempt is under way', destroy: ({ runs }) => each(runs.items, { attempt: 50, status: 'in-progress', conclusion: null }) },
  { name: 'a draft', destroy: ({ pullRequest }) => void (pullRequest.draft = true) },
  { name: 'closed', destroy: ({ pullRequest }) => void (pullRequest.state = 'closed') },
  { name: 'into another branch', destroy: ({ pullRequest }) => void (pullRequest.base.ref = 'release') },
  { name: 'another head', destroy: ({ pullRequest }) => void (pullRequest.head.sha = other) },
  { name: 'a group of another head', destroy: (document) => void (document.group = { ref: 'gh-readonly-queue/main/pr-12', headSha: other, treeSha: other, baseSha: other, proof: { from: other, fromBase: other, onto: other, tree: { known: other } } }) },
];

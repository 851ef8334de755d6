import type { Policy, TestPolicy } from '@sallyport/policy';
import type { Fact } from '../facts/fact.ts';
import type { MergeFacts, ReviewFact, RunFact } from '../facts/merge-facts.ts';
import type { Person } from '../facts/shared.ts';

/**
 * What has to hold of every change that the merge gate allows, as far as it can be said in a few lines. Written from the
 * documentation, apart from the rules, so that the two can be held against each other. Says what does not hold.
 */
export function brokenConditions({ merge }: Policy, facts: MergeFacts): readonly string[] {
  const conditions: readonly (readonly [string, boolean])[] = [
    ['open and no draft', facts.pullRequest.state === 'open' && !facts.pullRequest.draft],
    ['goes into a gated branch', merge.into.includes(facts.pullRequest.base.ref)],
    ['head not shared', facts.sharedHead.items.length === 0],
    ['lists are whole', [facts.baseMoves, facts.sharedHead, facts.commits, facts.formerCommits, facts.pushes, facts.reviews, facts.files].every(({ complete }) => complete)],
    ['history ends at the head', last(facts)?.after === facts.pullRequest.head.sha],
    ['contributors known', everyPartKnown(merge.review.signatures === 'required', facts)],
    ['enough second people approved', approvers(merge.review, facts).size >= merge.review.approvals],
    ['nobody with permission objects', !facts.reviews.items.some((review) => objects(review, facts))],
    ['tests passed', merge.tests.every((test) => passed(test, facts))],
    ['group holds the head alone', groupIsClean(facts)],
  ];
  return conditions.flatMap(([name, holds]) => (holds ? [] : [name]));
}

const last = ({ pushes }: MergeFacts) => [...pushes.items].sort((a, b) => a.pushedAt - b.pushedAt).at(-1);

const idOf = (fact: Fact<Person>): number | null => ('known' in fact ? fact.known.id : null);

const everyPartKnown = (signed: boolean, { pullRequest, commits, formerCommits, pushes }: MergeFacts): boolean =>
  [pullRequest.author, ...pushes.items.map(({ actor }) => actor), ...[...commits.items, ...formerCommits.items].flatMap(({ author, coAuthors }) => (signed ? [] : [author, ...coAuthors]))].every((person) => 'known' in person);

/** Whoever surely had a part: with signatures required, a name in a commit proves nothing, so only pushers and the author are sure. */
function surelyContributed({ signatures, people }: Policy['merge']['review'], { pullRequest, commits, formerCommits, pushes }: MergeFacts): ReadonlySet<number | null> {
  const written = signatures === 'required' ? [] : [...commits.items, ...formerCommits.items].flatMap(({ author, committer, committedByGitHub, coAuthors }) => [author, ...coAuthors, ...(committedByGitHub ? [] : [committer])]);
  const ids = new Set([pullRequest.author, ...pushes.items.map(({ actor }) => actor), ...written].map(idOf));
  return new Set([...ids, ...people.flatMap(({ accounts }) => (accounts.some((account) => ids.has(account)) ? accounts : []))]);
}

/** Different people whose approval may count, by the first of their accounts. */
function approvers(policy: Policy['merge']['review'], facts: MergeFacts): ReadonlySet<number> {
  const contributed = surelyContributed(policy, facts);
  const roles = { write: ['write', 'maintain', 'admin'], maintain: ['maintain', 'admin'], admin: ['admin'] }[policy.permission];
  const mayReview = (id: number): boolean => {
    const [entry, ...more] = facts.reviewers.filter(({ person }) => person.id === id);
    return entry !== undefined && more.length === 0 && 'known' in entry.role && roles.includes(entry.role.known);
  };
  const counting = facts.reviews.items.flatMap((review) => {
    const person = 'known' in review.reviewer ? review.reviewer.known : null;
    if (person === null || person.kind !== 'user' || contributed.has(person.id) || !mayReview(person.id)) return [];
    return review.state === 'approved' && isAboutHead(review, facts) && !facts.pullRequest.requestedReviewers.some(({ id }) => id === person.id) ? [person.id] : [];
  });
  return new Set(counting.map((id) => policy.people.find(({ accounts }) => accounts.includes(id))?.accounts[0] ?? id));
}

function isAboutHead({ pullRequest: number, submittedAt, commitId }: ReviewFact, { pullRequest, pushes, carryOver, baseMoves }: MergeFacts): boolean {
  if (number !== pullRequest.number) return false;
  // Only a movement that rewrites the branch may move a review's commit.
  if (commitId === null && pushes.items.every(({ kind, pushedAt }) => kind === 'push' || pushedAt < submittedAt)) return false;
  if (pushes.items.some(({ pushedAt }) => pushedAt === submittedAt) || baseMoves.items.some(({ movedAt }) => movedAt >= submittedAt)) return false;
  const given = [...pushes.items].sort((a, b) => a.pushedAt - b.pushedAt).findLast(({ pushedAt }) => pushedAt < submittedAt)?.after;
  if (given === pullRequest.head.sha) return true;
  return carryOver.items.some(({ from, tree }) => from === given && 'known' in tree && tree.known === pullRequest.head.treeSha);
}

function objects({ id, pullRequest: number, state, reviewer, submittedAt }: ReviewFact, { pullRequest, reviews, reviewers }: MergeFacts): boolean {
  if (state !== 'changes-requested' || number !== pullRequest.number) return false;
  const by = idOf(reviewer);
  const role = reviewers.find(({ person }) => person.id === by)?.role;
  const isStrong = role !== undefined && 'known' in role && ['write', 'maintain', 'admin'].includes(role.known);
  const isLast = !reviews.items.some((other) => other.id !== id && idOf(other.reviewer) === by && other.submittedAt >= submittedAt);
  return by === null || (isStrong && isLast && 'known' in reviewer && reviewer.known.kind === 'user');
}

const judged = ({ group, pullRequest }: MergeFacts) => (group === null ? { sha: pullRequest.head.sha, event: 'pull_request' } : { sha: group.headSha, event: 'merge_group' });

function passed(test: TestPolicy, facts: MergeFacts): boolean {
  if (test.paths !== null) return true;
  const { sha } = judged(facts);
  if (test.from === 'status') {
    const own = facts.statuses.items.filter(({ context, headSha, creator }) => context === test.check && headSha === sha && idOf(creator) === test.creator);
    return [...own].sort((a, b) => a.id - b.id).at(-1)?.state === 'success';
  }
  const checks = facts.checks.items.filter(({ name, headSha, app }) => name === test.check && headSha === sha && app === (test.from === 'app' ? test.app : 15_368));
  if (test.from === 'app') return facts.checks.complete && checks.length > 0 && checks.every(succeeded);
  const runs = facts.runs.items.filter((run) => isAbout(run, test, facts));
  const latest = checks.filter(({ job }) => job !== null && 'known' in job && runs.some(({ id, attempt }) => id === job.known.run && attempt === job.known.attempt));
  const any = checks.filter(({ job }) => job !== null && 'known' in job && runs.some(({ id }) => id === job.known.run));
  return facts.checks.complete && facts.runs.complete && any.some(succeeded) && latest.every(succeeded) && runs.every((run) => isDefinedByBase(run) || !any.some(({ job }) => job !== null && 'known' in job && job.known.run === run.id));
}

const isDefinedByBase = ({ definedByBase }: RunFact): boolean => 'known' in definedByBase && definedByBase.known;

const succeeded = ({ status, conclusion }: { readonly status: string; readonly conclusion: string | null }): boolean => status === 'completed' && conclusion === 'success';

function isAbout(run: RunFact, { workflow, attempts }: Extract<TestPolicy, { readonly from: 'workflow' }>, facts: MergeFacts): boolean {
  const { sha, event } = judged(facts);
  const { number, base, head } = facts.pullRequest;
  const place = facts.group === null ? { branch: head.ref, repository: head.repository } : { branch: facts.group.ref, repository: facts.repository.id };
  return (
    run.workflow === workflow && run.event === event && run.headSha === sha && run.headBranch === place.branch && run.headRepository === place.repository && run.headRepository !== null &&
    (attempts === null || run.attempt <= attempts) && facts.baseMoves.items.every(({ movedAt }) => movedAt < run.createdAt) &&
    (run.pullRequests === null || run.pullRequests.some((other) => other.number === number && other.base === base.ref))
  );
}

function groupIsClean({ group, pullRequest }: MergeFacts): boolean {
  return group === null || (group.proof.from === pullRequest.head.sha && group.proof.onto === group.baseSha && 'known' in group.proof.tree && group.proof.tree.known === group.treeSha);
}

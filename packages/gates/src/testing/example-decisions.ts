import type { Decision } from '../decision.ts';
import { completeList, known } from '../facts/fact.ts';
import { ask } from './ask.ts';
import { approvedBy, checkOf, commitBy, fileOf, mergeFactsOf, olderSha, proofFrom, pushBy, reviewBy, reviewedAt, reviewerOf, runOf, withPullRequest } from './merge-facts-of.ts';
import { ana, ben, cho, dia, eli, fakeSha, robot } from './people.ts';
import { unitTest, withReview, withTests } from './policy.ts';

const twoTests = withTests([unitTest, { ...unitTest, check: 'lint' }]);
const platformPaths = withReview({ sensitive: [{ paths: ['.github/**', 'infra/**'], team: 'acme/platform', approvals: 2 }] });
const newBase = fakeSha('bc');
const lintCheck = checkOf({ id: 8001, name: 'lint', url: 'https://github.example/acme/shop/runs/8001' });

const approvedByCoAuthor = mergeFactsOf({
  commits: completeList([commitBy(ana, { coAuthors: [known(cho)] })]),
  reviews: completeList([approvedBy(cho)]),
  reviewers: [reviewerOf(cho)],
  candidates: completeList([ana, ben, cho, dia]),
});

const failedAndObjectedTo = mergeFactsOf({
  checks: completeList([checkOf(), { ...lintCheck, conclusion: 'failure' }]),
  reviews: completeList([approvedBy(ben), reviewBy(dia, { state: 'changes-requested', submittedAt: reviewedAt + 60_000 })]),
  reviewers: [reviewerOf(ben), reviewerOf(dia, 'maintain')],
});

const checkedByAnotherApp = mergeFactsOf({ runs: completeList([]), checks: completeList([checkOf({ app: 99, job: null })]) });

/** Approved, then rebased onto a newer base without another change. */
const rebasedAfterApproval = mergeFactsOf({
  pushes: completeList([pushBy(ana, { after: olderSha }), pushBy(ana, { before: olderSha, kind: 'force-push', pushedAt: reviewedAt + 60_000 })]),
  commits: completeList([commitBy(ana, { parents: [newBase] })]),
  formerCommits: completeList([commitBy(ana, { sha: olderSha })]),
  reviews: completeList([approvedBy(ben, { commitId: olderSha })]),
  carryOver: completeList([proofFrom(olderSha, { onto: newBase })]),
  runs: completeList([runOf({ createdAt: reviewedAt + 61_000 })]),
  checks: completeList([checkOf({ startedAt: reviewedAt + 62_000, completedAt: reviewedAt + 120_000 })]),
});

const madeByMachine = { ...withPullRequest({ author: known(robot) }), commits: completeList([commitBy(robot)]), pushes: completeList([pushBy(robot)]) };

const sensitivePaths = mergeFactsOf({
  files: completeList([fileOf('.github/workflows/docs.yml'), fileOf('infra/dns.tf'), fileOf('src/cart.ts')]),
  reviewers: [{ ...reviewerOf(ben), teams: [{ team: 'acme/platform', membership: known('none') }] }],
  candidates: completeList([ana, ben, eli]),
});

/** What the merge gate decides about #12, as developers meet it, by what happened. */
export const exampleDecisions = {
  allowed: ask(mergeFactsOf({ checks: completeList([checkOf(), lintCheck]) }), { policy: twoTests }),
  approvalMissing: ask(approvedByCoAuthor),
  testFailed: ask(failedAndObjectedTo, { policy: twoTests }),
  forgedCheck: ask(checkedByAnotherApp),
  carriedOver: ask(rebasedAfterApproval),
  machineUnexplained: ask(madeByMachine),
  sensitivePath: ask(sensitivePaths, { policy: platformPaths }),
} as const satisfies Readonly<Record<string, Decision>>;

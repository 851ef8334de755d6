import { contributorsOf } from '@sallyport/gates';
import type { Fact, MergeFacts } from '@sallyport/gates';
import type { RecordedDecision } from '../ledger-state.ts';
import { judges } from '../recorded-merge.ts';
import type { ChangeEvidence, ReviewEvidence, TestEvidence } from './deployment.ts';
import { rulesOf } from './evidence-record.ts';
import type { EvidenceRecord, Landed } from './evidence-record.ts';
import { iso } from './iso.ts';
import { notRecorded, recorded } from './recorded.ts';
import type { Recorded } from './recorded.ts';

/** What the ledger says of one change that landed: who, reviewed by whom, tested how. `repository` is `owner/name`. */
export function describeChange(record: EvidenceRecord, landing: Landed, repository: string, part: ChangeEvidence['part']): ChangeEvidence {
  const { number, mergedAt } = landing.change;
  const made = mergeDecisionOf(record, landing);
  const facts = made === null ? null : record.mergeFacts(made);
  const missing = why(made);
  return {
    id: `${repository}#${number}`,
    repository,
    number,
    part,
    title: notRecorded('the ledger keeps no titles; the number names the pull request'),
    url: facts?.pullRequest.url ?? null,
    requester: facts === null ? notRecorded(missing) : fromFact(facts.pullRequest.author),
    contributors: contributors(record, made, facts),
    firstPushAt: facts === null ? notRecorded(missing) : firstPush(facts),
    review: made === null || facts === null ? notRecorded(missing) : recorded(reviewOf(made, facts)),
    tests: made === null || facts === null ? notRecorded(missing) : recorded(testsOf(made, facts)),
    merge: { commit: landing.commit, at: iso(mergedAt), by: notRecorded('the ledger says when a change was merged, and not by whom') },
  };
}

/** The decision by which it landed, as the promotion gate named it and only if it is about this change at this head. */
export function mergeDecisionOf(record: EvidenceRecord, { branch, change: { number, headSha, decision } }: Landed): RecordedDecision | null {
  const made = decision === null ? null : record.decisionAt(decision.ledgerIndex);
  if (made === null || made.outcome !== 'allow') return null;
  const facts = record.mergeFacts(made);
  const groupSha = facts?.group?.headSha ?? null;
  return facts === null || judges(made, { number, base: branch, headSha, groupSha }) ? made : null;
}

const why = (made: RecordedDecision | null): string => (made === null ? 'no merge decision that allowed this change is recorded' : `entry ${made.index} holds facts that this version cannot read`);

export const fromFact = <T>(fact: Fact<T>): Recorded<T> => ('known' in fact ? recorded(fact.known) : notRecorded(fact.unknown));

function contributors(record: EvidenceRecord, made: RecordedDecision | null, facts: MergeFacts | null): ChangeEvidence['contributors'] {
  const policy = made === null ? null : record.policyOf(made);
  if (facts === null) return notRecorded(why(made));
  if (policy === null) return notRecorded('the policy that it was judged by is not recorded');
  const found = contributorsOf(policy.merge.review, facts);
  return found.complete ? recorded(found.items) : notRecorded(found.missing);
}

function firstPush({ pushes }: MergeFacts): ChangeEvidence['firstPushAt'] {
  if (!pushes.complete) return notRecorded(pushes.missing);
  if (pushes.items.length === 0) return notRecorded('no push of the change is recorded');
  return recorded(iso(Math.min(...pushes.items.map(({ pushedAt }) => pushedAt))));
}

/** What the decision counted, joined with the facts by address: the decision says that it counts, the facts who gave it. */
function reviewOf(made: RecordedDecision, { reviews, pullRequest, group }: MergeFacts): ReviewEvidence {
  const approvals = countedBy(made, 'review').map(({ url, summary }) => {
    const given = reviews.items.find((one) => one.url === url);
    return { person: given === undefined ? notRecorded('the review is not among the recorded facts') : fromFact(given.reviewer), at: iso(given?.submittedAt ?? made.at), url: url ?? '', summary };
  });
  return { approvals, head: pullRequest.head.sha, tree: group?.treeSha ?? pullRequest.head.treeSha, decidedAt: iso(made.at), index: made.index };
}

function testsOf(made: RecordedDecision, { checks, statuses, runs }: MergeFacts): readonly TestEvidence[] {
  return countedBy(made, 'tests').map(({ what, summary, url }) => {
    const check = checks.items.find((one) => one.url === url);
    const status = statuses.items.find((one) => one.url !== null && one.url === url);
    const runId = check?.job != null && 'known' in check.job ? check.job.known.run : null;
    const conclusion = check?.conclusion ?? status?.state;
    return {
      name: check?.name ?? status?.context ?? what,
      conclusion: conclusion === undefined || conclusion === null ? notRecorded('the check is not among the recorded facts') : recorded(conclusion),
      completedAt: check?.completedAt == null ? null : iso(check.completedAt),
      url: url ?? null,
      run: runs.items.find(({ id }) => id === runId)?.url ?? null,
      summary,
    };
  });
}

const countedBy = (made: RecordedDecision, rule: string) => rulesOf(made).filter((one) => one.rule === rule).flatMap(({ judged }) => judged.filter(({ counted }) => counted));

import type { TestPolicy } from '@sallyport/policy';
import type { StatusFact } from '../facts/merge-facts.ts';
import type { Finding } from '../ruling.ts';
import { missingFact } from '../ruling.ts';
import { beforeBaseMove, otherCommit } from './judge-run.ts';
import type { TestContext } from './test-context.ts';
import { fromElsewhere, fromThere, stillRunning } from './test-verdict.ts';
import type { Shown, TestVerdict } from './test-verdict.ts';

export type StatusTest = Extract<TestPolicy, { readonly from: 'status' }>;

/**
 * Judges the commit statuses of a test's name, given by id. Each is replaced by the next of its context and creator, so only the
 * last one of the right creator speaks. A later one whose creator is not known may be that.
 */
export function judgeStatuses(test: StatusTest, statuses: readonly StatusFact[], context: TestContext): readonly TestVerdict[] {
  const latest = statuses.findLast((status) => status.headSha === context.commit.sha && isBy(status, test.creator)) ?? null;
  return statuses.map((status) => judgeStatus(test, status, latest, context));
}

const isBy = ({ creator }: StatusFact, id: number): boolean => 'known' in creator && creator.known.id === id;

function judgeStatus(test: StatusTest, status: StatusFact, latest: StatusFact | null, context: TestContext): TestVerdict {
  const shown = shownOf(status);
  const other = otherCommit(status.headSha, context);
  if (other !== null) return fromElsewhere(shown, other);
  if ('known' in status.creator && !isBy(status, test.creator)) {
    const { id, login } = status.creator.known;
    return fromElsewhere(shown, { reason: 'status-other-creator', summary: `${login} (id ${id}) posted it, as anyone with write permission can; only the account with id ${test.creator} counts` });
  }
  if (latest !== null && latest.id > status.id) return fromElsewhere(shown, { reason: 'status-superseded', summary: `status ${latest.id} came later from the right account` });
  if ('unknown' in status.creator) return fromThere(shown, [missingFact(`Who posted status ${status.context} (${status.id})`, status.creator.unknown)], '');
  const early = beforeBaseMove(status.createdAt, 'it was posted', context);
  return early === null ? fromThere(shown, resultFindings(status), 'the right account posted success') : fromElsewhere(shown, early);
}

function resultFindings({ context, state }: StatusFact): readonly Finding[] {
  switch (state) {
    case 'success':
      return [];
    case 'pending':
    case 'other':
      return [stillRunning(`Status ${context}`, context, state)];
    case 'failure':
    case 'error':
      return [{ outcome: 'deny', reason: 'test-failed', summary: `Status ${context} is ${state}.`, next: [{ who: 'the author', what: `make status ${context} succeed: push a fix, or let the service that posts it try again`, effort: 'change' }], needs: `test ${context} to pass` }];
    default:
      return state satisfies never;
  }
}

function shownOf({ id, context, creator, url }: StatusFact): Shown {
  const evidence = 'known' in creator ? [`posted by ${creator.known.login} (id ${creator.known.id})`] : [];
  return { what: `status ${context} (${id})`, evidence, url: url ?? undefined };
}

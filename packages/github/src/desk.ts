import { completeList, known, partialList, unknown } from '@sallyport/gates';
import type { Fact, FactList, OverrideFacts, ReleaseFacts } from '@sallyport/gates';
import type { Desk, OverrideRequest, OverrideRequests, RollbackRequest, WrittenRequest } from '@sallyport/pipeline';
import { issue } from './answers/issue.ts';
import type { IssueAnswer } from './answers/issue.ts';
import { readMembership, readRole } from './find-people.ts';
import { listIssues, readComments } from './list-issues.ts';
import type { Issues } from './list-issues.ts';
import { createFormDesk } from './form-desk.ts';
import { findOrOpenIssue } from './marked-issue.ts';
import { isOverrideForm, parseOverrideForm } from './override-form-text.ts';
import { parseApproval, parseOverrideBlock, reviewMark } from './override-text.ts';
import { ownAuthor } from './own-author.ts';
import { listFact } from './paginate.ts';
import { createReleaseDesk, releaseLabel } from './release-desk.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';
import { rollbackLabel } from './rollback-desk.ts';
import { parseRollback } from './rollback-text.ts';
import { withoutSecrets } from './without-secrets.ts';

const labels = { override: 'sallyport-override', hold: 'sallyport-hold', review: 'sallyport-review', rollback: rollbackLabel } as const;

/** Issues of one repository, as people use them for overrides, holds, rollbacks and reviews. */
export function createDesk(place: Place): Desk {
  const isOurs = ownAuthor(place);
  return {
    listOverrideRequests: () => listOverrideRequests(place),
    gatherApprovals: (request, team, alsoOn) => gatherApprovals(place, request, { team, alsoOn }),
    listHolds: () => listHolds(place),
    listRollbacks: () => listRollbacks(place),
    readRole: (person) => (person.kind === 'user' ? readRole(place, person) : Promise.resolve(unknown(`${person.login} is not a person`))),
    openReview: ({ override, title, body }) => findOrOpenIssue(place, isOurs, { label: labels.review, mark: reviewMark(override), title, body, what: `the review of override ${override}` }),
    reviewState: (number) => reviewState(place, number),
    readMembership: (person, team) => readMembership(place, person, team),
    ...createFormDesk(place, isOurs),
    ...createReleaseDesk(place, isOurs),
  };
}

const listOpen = (place: Place, label: string, why: string): Promise<Issues> => listIssues(place, { label, state: 'open' }, why);

async function listOverrideRequests(place: Place): Promise<OverrideRequests> {
  const { issues, ended } = await listOpen(place, labels.override, 'to list the override requests');
  const read = issues.map((answer) => ({ answer, request: overrideRequest(answer), form: parseOverrideForm(answer.body ?? '') }));
  const items = read.flatMap(({ request }) => (typeof request === 'string' ? [] : [request]));
  const written = read.flatMap(({ answer, request, form }) => (typeof request === 'string' ? [writtenRequest(answer, form)] : []));
  const problems = read.flatMap(({ answer, request, form }) => (typeof request === 'string' && form === null ? [`override request #${answer.number} cannot be read: ${request}`] : []));
  const missing = [...problems, ...(ended ? [] : ['there are more override requests than can be read'])];
  return { ...(missing.length === 0 ? listFact('override requests', items, { ended }) : partialList(items, missing.join('; '))), written };
}

const writtenRequest = ({ number: issueNumber, user: author, created_at: askedAt, html_url: url }: IssueAnswer, form: WrittenRequest['form']): WrittenRequest => ({ issue: issueNumber, author, askedAt, url, form });

/** A string says why the issue is no request by a block; what begins like the form is none, whatever an answer in it holds. */
function overrideRequest({ number, body, state, user, created_at: requestedAt, html_url: url }: IssueAnswer): OverrideRequest | string {
  if (isOverrideForm(body ?? '')) return 'it is written in the form';
  const block = parseOverrideBlock(body ?? '');
  if (typeof block === 'string') return block;
  if (user === null) return 'the account that wrote it no longer exists';
  return { id: String(number), open: state === 'open', requester: user, requestedAt, ...block, url };
}

async function gatherApprovals(place: Place, request: OverrideRequest, { team, alsoOn }: { readonly team: string; readonly alsoOn: readonly number[] }): Promise<OverrideFacts['approvals']> {
  const lists = await Promise.all([...new Set([Number(request.id), ...alsoOn])].map((number) => readComments(place, number, 'to read the approvals of an override')));
  const comments = lists.flatMap((list) => list.comments);
  const ended = lists.every((list) => list.ended);
  const approvals = comments.flatMap((answer) => {
    const approval = parseApproval(answer.body ?? '');
    // The comment of a deleted account can be nobody's approval.
    return approval === null || answer.user === null ? [] : [{ answer, person: answer.user, approval }];
  });
  const people = new Map(approvals.map(({ person }) => [person.id, person]));
  const memberships = new Map(await Promise.all([...people.values()].map(async (person) => [person.id, await readMembership(place, person, team)] as const)));
  const items = approvals.map(({ answer, person, approval }) => ({
    commentId: answer.id,
    person,
    commentedAt: answer.created_at,
    edited: answer.updated_at !== answer.created_at,
    ...approval,
    membership: memberships.get(person.id) ?? unknown('it was not read'),
    url: answer.html_url,
  }));
  return listFact('comments', items, { ended });
}

async function listRollbacks(place: Place): Promise<FactList<RollbackRequest>> {
  const why = 'to list the rollbacks that are asked for';
  const found = await Promise.all([listOpen(place, labels.rollback, why), listOpen(place, releaseLabel, why)]);
  const numbers = new Set(found.flatMap(({ issues }) => issues.map(({ number }) => number)));
  const lists = await Promise.all([...numbers].map((number) => rollbacksOf(place, number)));
  const ended = found.every((list) => list.ended);
  const items = lists.flatMap((list) => list.items).sort((one, other) => one.requestedAt - other.requestedAt || Number(one.id) - Number(other.id));
  const missing = [...lists.flatMap((list) => (list.complete ? [] : [list.missing])), ...(ended ? [] : ['there are more rollback issues than can be read'])];
  return missing.length === 0 ? completeList(items) : partialList(items, missing.join('; '));
}

async function rollbacksOf(place: Place, number: number): Promise<FactList<RollbackRequest>> {
  const { comments, ended } = await readComments(place, number, 'to read a rollback that is asked for');
  const items = comments.flatMap(({ id: commentId, body, user, created_at: requestedAt, updated_at: updatedAt, html_url: url }): readonly RollbackRequest[] => {
    const asked = parseRollback(body ?? '');
    // The comment of a deleted account is nobody's word.
    return asked === null || user === null ? [] : [{ id: String(commentId), issue: number, ...asked, requester: user, requestedAt, edited: updatedAt !== requestedAt, url }];
  });
  return listFact(`comments of #${number}`, items, { ended });
}

async function listHolds(place: Place): Promise<ReleaseFacts['holds']> {
  const { issues, ended } = await listOpen(place, labels.hold, 'to see whether releases are on hold');
  const items = issues.flatMap(({ number, title, user, created_at: since }) => (user === null ? [] : [{ issue: number, owner: user, reason: withoutSecrets(title), since }]));
  const ownerless = issues.filter(({ user }) => user === null).map(({ number }) => `#${number}`);
  if (ownerless.length > 0) return partialList(items, `the account that opened the hold ${ownerless.join(', ')} no longer exists`);
  return listFact('holds', items, { ended });
}

async function reviewState(place: Place, number: number): Promise<Fact<'open' | 'closed'>> {
  const answer = await place.client.askOr([404, 410], { route: 'GET /repos/{owner}/{repo}/issues/{issue_number}', parameters: { ...of(place), issue_number: number }, shape: issue, why: 'to see whether the review is done' });
  return answer.ok ? known(answer.data.state) : unknown(`issue #${number} was deleted or cannot be seen: ${answer.message}`);
}

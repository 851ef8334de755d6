import { completeList, known, partialList, unknown } from '@sallyport/gates';
import type { Fact, FactList, OverrideFacts, Person, ReleaseFacts } from '@sallyport/gates';
import { OutsideError } from '@sallyport/pipeline';
import type { Desk, OverrideRequest, RollbackRequest } from '@sallyport/pipeline';
import * as z from 'zod';
import { comment, issue } from './answers/issue.ts';
import type { CommentAnswer, IssueAnswer } from './answers/issue.ts';
import { id } from './answers/shared.ts';
import { readMembership, readRole } from './find-people.ts';
import { cut } from './merge-check.ts';
import { parseApproval, parseOverrideBlock, reviewMark } from './override-text.ts';
import { rollbackLabel } from './rollback-desk.ts';
import { parseRollback } from './rollback-text.ts';
import { listFact, readPages } from './paginate.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

const labels = { override: 'sallyport-override', hold: 'sallyport-hold', review: 'sallyport-review', rollback: rollbackLabel } as const;
/** GitHub Docs, "Issues", November 2026. */
const longestBody = 65_536;

/** Issues of one repository, as people use them for overrides, holds, rollbacks and reviews. */
export function createDesk(place: Place): Desk {
  const isOurs = ownAuthor(place);
  return {
    listOverrideRequests: () => listOverrideRequests(place),
    gatherApprovals: (request, team) => gatherApprovals(place, request, team),
    listHolds: () => listHolds(place),
    listRollbacks: () => listRollbacks(place),
    readRole: (person) => (person.kind === 'user' ? readRole(place, person) : Promise.resolve(unknown(`${person.login} is not a person`))),
    openReview: (task) => openReview(place, isOurs, task),
    reviewState: (number) => reviewState(place, number),
  };
}

type Issues = { readonly issues: readonly IssueAnswer[]; readonly ended: boolean };

const listOpen = (place: Place, label: string, why: string): Promise<Issues> => listIssues(place, { label, state: 'open' }, why);

async function listIssues(place: Place, { label, state }: { readonly label: string; readonly state: 'open' | 'all' }, why: string): Promise<Issues> {
  const { pages, ended } = await readPages(place.client, { route: 'GET /repos/{owner}/{repo}/issues', parameters: { ...of(place), labels: label, state }, shape: z.array(issue), why });
  // GitHub lists pull requests among issues; only an issue is a request.
  return { issues: pages.flat().filter(({ pull_request: pull }) => pull === undefined || pull === null), ended };
}

async function listOverrideRequests(place: Place): Promise<FactList<OverrideRequest>> {
  const { issues, ended } = await listOpen(place, labels.override, 'to list the override requests');
  const read = issues.map((answer) => ({ answer, request: overrideRequest(answer) }));
  const items = read.flatMap(({ request }) => (typeof request === 'string' ? [] : [request]));
  const problems = read.flatMap(({ answer, request }) => (typeof request === 'string' ? [`override request #${answer.number} cannot be read: ${request}`] : []));
  const missing = [...problems, ...(ended ? [] : ['there are more override requests than can be read'])];
  return missing.length === 0 ? listFact('override requests', items, { ended }) : partialList(items, missing.join('; '));
}

function overrideRequest({ number, body, state, user, created_at: requestedAt, html_url: url }: IssueAnswer): OverrideRequest | string {
  const block = parseOverrideBlock(body ?? '');
  if (typeof block === 'string') return block;
  if (user === null) return 'the account that wrote it no longer exists';
  return { id: String(number), open: state === 'open', requester: user, requestedAt, ...block, url };
}

async function readComments(place: Place, number: number, why: string): Promise<{ readonly comments: readonly CommentAnswer[]; readonly ended: boolean }> {
  const { pages, ended } = await readPages(place.client, { route: 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments', parameters: { ...of(place), issue_number: number }, shape: z.array(comment), why });
  return { comments: pages.flat(), ended };
}

async function gatherApprovals(place: Place, request: OverrideRequest, team: string): Promise<OverrideFacts['approvals']> {
  const { comments, ended } = await readComments(place, Number(request.id), 'to read the approvals of an override');
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
  const { issues, ended } = await listOpen(place, labels.rollback, 'to list the rollbacks that are asked for');
  const lists = await Promise.all(issues.map(({ number }) => rollbacksOf(place, number)));
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
  const items = issues.flatMap(({ number, title, user, created_at: since }) => (user === null ? [] : [{ issue: number, owner: user, reason: title, since }]));
  const ownerless = issues.filter(({ user }) => user === null).map(({ number }) => `#${number}`);
  if (ownerless.length > 0) return partialList(items, `the account that opened the hold ${ownerless.join(', ')} no longer exists`);
  return listFact('holds', items, { ended });
}

/** Not safe to repeat by itself: two requests would open two. The next call finds the first, open or closed. */
async function openReview(place: Place, isOurs: (author: Person | null) => Promise<boolean>, { override, title, body }: Parameters<Desk['openReview']>[0]): Promise<{ readonly issue: number }> {
  const mark = reviewMark(override);
  const issues = await listIssues(place, { label: labels.review, state: 'all' }, 'to find the review that was opened before');
  if (!issues.ended) throw new OutsideError('malformed-answer', `There are more issues labelled ${labels.review} than can be read, so a second review of override ${override} could be opened. Take the label off old ones.`, { retryable: false });
  for (const answer of issues.issues.filter((one) => (one.body ?? '').split(/\r?\n/).includes(mark))) if (await isOurs(answer.user)) return { issue: answer.number };
  const text = `${cut(body, longestBody - mark.length - 2)}\n\n${mark}`;
  const { data } = await place.client.ask({ route: 'POST /repos/{owner}/{repo}/issues', parameters: { ...of(place), title, body: text, labels: [labels.review] }, shape: z.looseObject({ number: id }), why: 'to open the review of an override' });
  return { issue: data.number };
}

const appAnswer = z.looseObject({ slug: z.string().min(1) });

/** Whether the client's own App wrote an issue: a review that somebody else wrote must not stand in for the real one. Without an App, any bot counts. */
function ownAuthor({ client }: Place): (author: Person | null) => Promise<boolean> {
  let login: Promise<string> | null = null;
  const readLogin = async (): Promise<string> => {
    const { data } = await client.ask({ route: 'GET /app', shape: appAnswer, why: 'to know its own reviews' });
    return `${data.slug}[bot]`;
  };
  return async (author) => {
    if (author?.kind !== 'bot') return false;
    if (client.appId === null) return true;
    login ??= readLogin().catch((error: unknown) => {
      login = null;
      throw error;
    });
    return author.login === (await login);
  };
}

async function reviewState(place: Place, number: number): Promise<Fact<'open' | 'closed'>> {
  const answer = await place.client.askOr([404, 410], { route: 'GET /repos/{owner}/{repo}/issues/{issue_number}', parameters: { ...of(place), issue_number: number }, shape: issue, why: 'to see whether the review is done' });
  return answer.ok ? known(answer.data.state) : unknown(`issue #${number} was deleted or cannot be seen: ${answer.message}`);
}

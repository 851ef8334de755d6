import { known } from '@sallyport/gates';
import type { Fact, Person } from '@sallyport/gates';
import type { Desk, ReleaseComment, ReleaseIssue } from '@sallyport/pipeline';
import * as z from 'zod';
import { issue } from './answers/issue.ts';
import type { CommentAnswer } from './answers/issue.ts';
import { readComments } from './list-issues.ts';
import { findOrOpenIssue, markedBody } from './marked-issue.ts';
import { renderOverrideRequest } from './override-desk.ts';
import { listFact } from './paginate.ts';
import { parseReleaseCommand } from './release-command-text.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

export const releaseLabel = 'sallyport-release';

type IsOurs = (author: Person | null) => Promise<boolean>;
type ReleaseDesk = Pick<Desk, 'readRelease' | 'openRelease' | 'updateRelease' | 'answerCommand' | 'openOverride'>;

/** Release issues: what people read and command on. */
export function createReleaseDesk(place: Place, isOurs: IsOurs): ReleaseDesk {
  return {
    readRelease: (number) => readRelease(place, isOurs, number),
    openRelease: (release) => openRelease(place, isOurs, release),
    updateRelease: (number, change) => updateRelease(place, number, change),
    answerCommand: (answer) => answerCommand(place, answer),
    openOverride: (request) => openOverride(place, isOurs, request),
  };
}

const releaseMark = (mark: string): string => `<!-- sallyport-release:${mark} -->`;
const answerMark = (comment: number): string => `<!-- sallyport-answer:${comment} -->`;
const anyMark = /^<!-- sallyport-[a-z]+:[^\n]* -->$/m;

async function readRelease(place: Place, isOurs: IsOurs, number: number): Promise<Fact<ReleaseIssue | null>> {
  const why = 'to read the commands on the release issue';
  const answer = await place.client.askOr([404, 410], { route: 'GET /repos/{owner}/{repo}/issues/{issue_number}', parameters: { ...of(place), issue_number: number }, shape: issue, why });
  if (!answer.ok) return known(null);
  const { comments, ended } = await readComments(place, number, why);
  const answered = new Set<number>();
  for (const one of comments) if (await isOurs(one.user)) for (const id of answeredBy(one)) answered.add(id);
  const { title, body, state } = answer.data;
  return known({ issue: number, open: state === 'open', title, body: withoutMark(body ?? ''), commands: listFact(`comments of #${number}`, comments.flatMap(commandOf), { ended }), answered });
}

/** The comment of a deleted account is nobody's word, and programs give no commands. */
function commandOf({ id, user, body, created_at: commentedAt, updated_at: updatedAt }: CommentAnswer): readonly ReleaseComment[] {
  const command = user?.kind === 'user' ? parseReleaseCommand(body ?? '') : null;
  return command === null || user === null ? [] : [{ id, person: user, commentedAt, edited: updatedAt !== commentedAt, command }];
}

const answeredBy = ({ body }: CommentAnswer): readonly number[] => [...(body ?? '').matchAll(/^<!-- sallyport-answer:(\d{1,15}) -->$/gm)].map(([, id]) => Number(id));

const withoutMark = (body: string): string => body.replace(/\r\n/g, '\n').replace(anyMark, '').trimEnd();

/** Locked at once: on a public repository anybody may comment on an issue that is not, and every command costs the gatekeeper requests. */
async function openRelease(place: Place, isOurs: IsOurs, { mark, title, body }: Parameters<Desk['openRelease']>[0]): Promise<{ readonly issue: number }> {
  const opened = await findOrOpenIssue(place, isOurs, { label: releaseLabel, mark: releaseMark(mark), title, body, what: 'the release issue' });
  await place.client.ask({ route: 'PUT /repos/{owner}/{repo}/issues/{issue_number}/lock', parameters: { ...of(place), issue_number: opened.issue }, shape: z.unknown(), why: 'to let only people with write access comment on the release issue', safeToRepeat: true });
  return opened;
}

/** The mark stays where it is, so that the issue is found again. Not asked again when it fails: the next sweep does. */
async function updateRelease(place: Place, number: number, { title, body, state }: Parameters<Desk['updateRelease']>[1]): Promise<void> {
  const marked = body === undefined ? {} : { body: markedBody({ body, mark: await markOf(place, number) }) };
  await place.client.ask({ route: 'PATCH /repos/{owner}/{repo}/issues/{issue_number}', parameters: { ...of(place), issue_number: number, ...(title === undefined ? {} : { title }), ...marked, ...(state === undefined ? {} : { state }) }, shape: z.unknown(), why: 'to keep the release issue current' });
}

async function markOf(place: Place, number: number): Promise<string> {
  const { data } = await place.client.ask({ route: 'GET /repos/{owner}/{repo}/issues/{issue_number}', parameters: { ...of(place), issue_number: number }, shape: issue, why: 'to keep the release issue current' });
  return anyMark.exec((data.body ?? '').replace(/\r\n/g, '\n'))?.[0] ?? '';
}

/** The reaction first: it is there once however often it is given, and the comment is what is looked for. */
async function answerCommand(place: Place, { issue: number, comment, accepted, body }: Parameters<Desk['answerCommand']>[0]): Promise<void> {
  const why = 'to answer a command';
  await place.client.askOr([404], { route: 'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions', parameters: { ...of(place), comment_id: comment, content: accepted ? '+1' : '-1' }, shape: z.unknown(), why, safeToRepeat: true });
  await place.client.ask({ route: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments', parameters: { ...of(place), issue_number: number, body: markedBody({ body, mark: answerMark(comment) }) }, shape: z.unknown(), why });
}

const commandMark = (comment: number): string => `<!-- sallyport-command:${comment} -->`;

function openOverride(place: Place, isOurs: IsOurs, { comment, title, block, page }: Parameters<Desk['openOverride']>[0]): Promise<{ readonly issue: number }> {
  return findOrOpenIssue(place, isOurs, { label: 'sallyport-override', mark: commandMark(comment), title, body: `${renderOverrideRequest(block)}\n${page}`, what: 'the override request' });
}


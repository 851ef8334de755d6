import type { Person } from '@sallyport/gates';
import { escapeMarkdown } from '@sallyport/pipeline';
import type { Notice } from '@sallyport/pipeline';
import * as z from 'zod';
import { readComments } from '../list-issues.ts';
import { findOrOpenIssue, holdsLine, markedBody } from '../marked-issue.ts';
import { of } from '../repository.ts';
import type { Place } from '../repository.ts';

const noticeLabel = 'sallyport-notice';
const noticeMark = (id: string): string => `<!-- sallyport-notice:${id} -->`;

/** A comment on the issue that the notice is about, or an issue of its own: once, however often it is asked for. */
export async function giveOnGitHub(place: Place, isOurs: (author: Person | null) => Promise<boolean>, notice: Notice, mention: readonly string[]): Promise<void> {
  const { id, title, issue } = notice;
  const mark = noticeMark(id);
  const body = [`**${escapeMarkdown(title)}**`, ...notice.lines.map(escapeMarkdown), ...(mention.length === 0 ? [] : [mention.map((name) => `@${name}`).join(' ')])].join('\n\n');
  if (issue === null) {
    await findOrOpenIssue(place, isOurs, { label: noticeLabel, mark, title, body, what: 'the notice' });
    return;
  }
  const { comments } = await readComments(place, issue, 'to see whether people were told');
  for (const comment of comments) if (holdsLine(comment.body, mark) && (await isOurs(comment.user))) return;
  await place.client.ask({ route: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments', parameters: { ...of(place), issue_number: issue, body: markedBody({ body, mark }) }, shape: z.unknown(), why: 'to tell people' });
}

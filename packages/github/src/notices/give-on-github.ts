import type { Person } from '@sallyport/gates';
import { cut, escapeMarkdown, oneLine } from '@sallyport/pipeline';
import type { Notice } from '@sallyport/pipeline';
import * as z from 'zod';
import { readComments } from '../list-issues.ts';
import { findOrOpenIssue, holdsLine, markedBody } from '../marked-issue.ts';
import { of } from '../repository.ts';
import type { Place } from '../repository.ts';

/** Of a line. A reason of 60,000 characters must not push out whom the policy mentions, which stands at the end. */
const longestLine = 2_000;
/** GitHub's limit for the title of an issue. */
const longestTitle = 256;

const noticeLabel = 'sallyport-notice';
const noticeMark = (id: string): string => `<!-- sallyport-notice:${id} -->`;

/** A comment on the issue that the notice is about, or an issue of its own: once, however often it is asked for. */
export async function giveOnGitHub(place: Place, isOurs: (author: Person | null) => Promise<boolean>, notice: Notice, mention: readonly string[]): Promise<void> {
  const { id, title, issue } = notice;
  const mark = noticeMark(id);
  const shown = (text: string): string => escapeMarkdown(cut(text, longestLine));
  const body = [`**${shown(title)}**`, ...notice.lines.map(shown), ...(mention.length === 0 ? [] : [mention.map((name) => `@${name}`).join(' ')])].join('\n\n');
  if (issue === null) {
    await findOrOpenIssue(place, isOurs, { label: noticeLabel, mark, title: cut(oneLine(title), longestTitle), body, what: 'the notice' });
    return;
  }
  const { comments } = await readComments(place, issue, 'to see whether people were told');
  // Whoever may write can change our comments, and put the mark of what is still to be told into one.
  for (const { body: said, user, created_at: createdAt, updated_at: updatedAt } of comments) if (createdAt === updatedAt && holdsLine(said, mark) && (await isOurs(user))) return;
  await place.client.ask({ route: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments', parameters: { ...of(place), issue_number: issue, body: markedBody({ body, mark }) }, shape: z.unknown(), why: 'to tell people' });
}

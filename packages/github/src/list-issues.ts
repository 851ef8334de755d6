import * as z from 'zod';
import { comment, issue } from './answers/issue.ts';
import type { CommentAnswer, IssueAnswer } from './answers/issue.ts';
import { readPages } from './paginate.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

/** `ended`: no page is missing. */
export type Issues = { readonly issues: readonly IssueAnswer[]; readonly ended: boolean };
export type Comments = { readonly comments: readonly CommentAnswer[]; readonly ended: boolean };

/** Issues with a label, newest first. Pull requests, which GitHub lists among them, are none. */
export async function listIssues(place: Place, { label, state }: { readonly label: string; readonly state: 'open' | 'all' }, why: string): Promise<Issues> {
  const { pages, ended } = await readPages(place.client, { route: 'GET /repos/{owner}/{repo}/issues', parameters: { ...of(place), labels: label, state }, shape: z.array(issue), why });
  return { issues: pages.flat().filter(({ pull_request: pull }) => pull === undefined || pull === null), ended };
}

/** The comments of an issue, oldest first. */
export async function readComments(place: Place, number: number, why: string): Promise<Comments> {
  const { pages, ended } = await readPages(place.client, { route: 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments', parameters: { ...of(place), issue_number: number }, shape: z.array(comment), why });
  return { comments: pages.flat(), ended };
}

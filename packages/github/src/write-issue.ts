import { OutsideError } from '@sallyport/pipeline';
import * as z from 'zod';
import type { GitHubClient } from './client.ts';

export type RepositoryName = { readonly owner: string; readonly name: string };

const issue = z.looseObject({ number: z.int().positive(), html_url: z.string(), labels: z.array(z.union([z.string(), z.looseObject({ name: z.string().optional() }).transform(({ name }) => name ?? '')])) });
const comment = z.looseObject({ id: z.int().positive(), html_url: z.string() });

export type NewIssue = {
  readonly title: string;
  readonly body: string;
  readonly label: string;
  readonly why: string;
  /** A sentence for whoever may not set labels. */
  readonly withoutLabel: string;
};

/** Opens an issue with the label by which it is found, as the person the client is connected as. Throws OutsideError: `forbidden` when GitHub left the label off. */
export async function openIssue(client: GitHubClient, { owner, name }: RepositoryName, { title, body, label, why, withoutLabel }: NewIssue): Promise<{ readonly issue: number; readonly url: string }> {
  const { data } = await client.ask({ route: 'POST /repos/{owner}/{repo}/issues', parameters: { owner, repo: name, title, body, labels: [label] }, shape: issue, why });
  // GitHub leaves labels of people without the triage role out, without a word.
  if (!data.labels.includes(label)) throw new OutsideError('forbidden', `Issue #${data.number} was opened (${data.html_url}) without the label ${label}, ${withoutLabel}`, { retryable: false });
  return { issue: data.number, url: data.html_url };
}

/** Comments on an issue, as the person the client is connected as. Throws OutsideError. */
export async function writeComment(client: GitHubClient, { owner, name }: RepositoryName, { issue: number, body, why }: { readonly issue: number; readonly body: string; readonly why: string }): Promise<{ readonly commentId: number; readonly url: string }> {
  const { data } = await client.ask({ route: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments', parameters: { owner, repo: name, issue_number: number, body }, shape: comment, why });
  return { commentId: data.id, url: data.html_url };
}

import { OutsideError } from '@sallyport/pipeline';
import * as z from 'zod';
import type { GitHubClient } from './client.ts';
import { parseRollback, rollbackComment } from './rollback-text.ts';

export type NewRollback = {
  readonly version: string;
  /** `sha256:` and 64 hex digits. */
  readonly build: string;
  readonly environment: string;
  /** On one line. */
  readonly reason: string;
};

export const rollbackLabel = 'sallyport-rollback';
const issue = z.looseObject({ number: z.int().positive(), html_url: z.string(), labels: z.array(z.union([z.string(), z.looseObject({ name: z.string().optional() }).transform(({ name }) => name ?? '')])) });
const comment = z.looseObject({ id: z.int().positive(), html_url: z.string() });

/**
 * Opens an issue for an incident and asks in it for the rollback, as the person the client is connected as. Throws OutsideError:
 * `refused` for a reason that could not be read back, `forbidden` when GitHub left the label off.
 */
export async function askForRollback(client: GitHubClient, { owner, name }: { readonly owner: string; readonly name: string }, rollback: NewRollback): Promise<{ readonly issue: number; readonly url: string; readonly comment: string }> {
  const line = rollbackComment(rollback);
  if (parseRollback(line) === null) throw new OutsideError('refused', 'The rollback was not asked for: its reason is not one line of at most 500 characters. Change it and ask again.', { retryable: false });
  const body = `${rollback.environment} is to return to ${rollback.version}. A comment asks for it, as its first line:\n\n\`\`\`\n${line}\n\`\`\`\n`;
  const { data } = await client.ask({
    route: 'POST /repos/{owner}/{repo}/issues',
    parameters: { owner, repo: name, title: `Rollback: ${rollback.environment} to ${rollback.version}`, body, labels: [rollbackLabel] },
    shape: issue,
    why: 'to open the issue of the rollback',
  });
  // GitHub leaves labels of people without the triage role out, without a word.
  if (!data.labels.includes(rollbackLabel)) {
    throw new OutsideError('forbidden', `Issue #${data.number} was opened (${data.html_url}) without the label ${rollbackLabel}, so the gatekeeper does not see it: you may not set labels. Ask somebody with the maintain role to ask for the rollback.`, { retryable: false });
  }
  const { data: written } = await client.ask({
    route: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
    parameters: { owner, repo: name, issue_number: data.number, body: line },
    shape: comment,
    why: 'to ask for the rollback',
  });
  return { issue: data.number, url: written.html_url, comment: line };
}

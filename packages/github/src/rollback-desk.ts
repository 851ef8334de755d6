import { OutsideError } from '@sallyport/pipeline';
import type { GitHubClient } from './client.ts';
import { parseRollback, rollbackComment } from './rollback-text.ts';
import { openIssue, writeComment } from './write-issue.ts';
import type { RepositoryName } from './write-issue.ts';

export type NewRollback = {
  readonly version: string;
  /** `sha256:` and 64 hex digits. */
  readonly build: string;
  readonly environment: string;
  /** On one line. */
  readonly reason: string;
};

export const rollbackLabel = 'sallyport-rollback';

/**
 * Opens an issue for an incident and asks in it for the rollback, as the person the client is connected as. Throws OutsideError:
 * `refused` for a reason that could not be read back, `forbidden` when GitHub left the label off.
 */
export async function askForRollback(client: GitHubClient, repository: RepositoryName, rollback: NewRollback): Promise<{ readonly issue: number; readonly url: string; readonly comment: string }> {
  const comment = rollbackComment(rollback);
  if (parseRollback(comment) === null) throw new OutsideError('refused', 'The rollback was not asked for: its reason is not one line of at most 500 characters. Change it and ask again.', { retryable: false });
  const { issue } = await openIssue(client, repository, {
    title: `Rollback: ${rollback.environment} to ${rollback.version}`,
    body: `${rollback.environment} is to return to ${rollback.version}. A comment asks for it, as its first line:\n\n\`\`\`\n${comment}\n\`\`\`\n`,
    label: rollbackLabel,
    why: 'to open the issue of the rollback',
    withoutLabel: 'so the gatekeeper does not see it: you may not set labels. Ask somebody with the maintain role to ask for the rollback.',
  });
  const { url } = await writeComment(client, repository, { issue, body: comment, why: 'to ask for the rollback' });
  return { issue, url, comment };
}

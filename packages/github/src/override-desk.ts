import { OutsideError } from '@sallyport/pipeline';
import type { GitHubClient } from './client.ts';
import { parseOverrideBlock } from './override-text.ts';
import { openIssue, writeComment } from './write-issue.ts';
import type { RepositoryName } from './write-issue.ts';

export type NewOverrideRequest = {
  readonly version: string;
  /** `sha256:` and 64 hex digits. */
  readonly build: string;
  readonly environment: string;
  readonly reason: string;
  readonly advisory: string | null;
};

const overrideLabel = 'sallyport-override';

/**
 * Opens the issue by which a person asks for an override. Asked twice, it opens two: the gate judges each by itself.
 * Throws OutsideError: `refused` for values that could not be read back (more than one line), `forbidden` when GitHub left the label off.
 */
export async function openOverrideRequest(client: GitHubClient, repository: RepositoryName, request: NewOverrideRequest): Promise<{ readonly issue: number; readonly url: string }> {
  const body = renderOverrideRequest(request);
  const readBack = parseOverrideBlock(body);
  if (typeof readBack === 'string') throw new OutsideError('refused', `The override request was not opened: ${readBack}. Change it and ask again.`, { retryable: false });
  return openIssue(client, repository, {
    title: `Override: ${request.version} to ${request.environment}`,
    body,
    label: overrideLabel,
    why: 'to open the override request',
    withoutLabel: 'so the gate does not see it: you may not set labels. Ask somebody with the triage role to add it.',
  });
}

/** Approves a request as the person the client is connected as, by the comment that the gate looks for. Throws OutsideError. */
export const approveOverride = (client: GitHubClient, repository: RepositoryName, approval: { readonly issue: number; readonly environment: string; readonly build: string }): Promise<{ readonly commentId: number; readonly url: string }> =>
  writeComment(client, repository, { issue: approval.issue, body: approvalComment(approval), why: 'to approve the override' });

/** The line that approves: it names environment and build, so that nobody approves something else than what they read. */
export const approvalComment = ({ environment, build }: { readonly environment: string; readonly build: string }): string => `/approve ${environment} ${build.slice(0, 'sha256:'.length + approvalDigits)}`;

const approvalDigits = 16;

/** A JSON string is a YAML string too, and comes back as it was whatever it holds. */
const quoted = (value: string): string => JSON.stringify(value.trim());

/** The issue's body: the block that the gate reads, and the line that approves it. */
export function renderOverrideRequest({ build, environment, reason, advisory }: Omit<NewOverrideRequest, 'version'>): string {
  const fields = { build, environment, reason, ...(advisory === null ? {} : { advisory }) };
  const lines = Object.entries(fields).map(([key, value]) => `${key}: ${quoted(value)}`);
  return ['```sallyport-override', ...lines, '```', '', 'To approve, comment:', '', '```', approvalComment({ environment, build }), '```', ''].join('\n');
}

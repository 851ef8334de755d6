/** `/approve <environment> sha256:<hex>` as somebody wrote it. Whether it counts is the gate's business. */
export type ApprovalCommand = { readonly environment: string; readonly digestPrefix: string };

export const renderApproval = ({ environment, digestPrefix }: ApprovalCommand): string => `/approve ${environment} ${digestPrefix}`;

/** Only the whole first line counts: a quoted, indented or later command is talk about approving. */
export function parseApproval(body: string): ApprovalCommand | null {
  const first = (body.split('\n')[0] ?? '').replace(/\r$/, '');
  const [, environment, digestPrefix] = /^\/approve ([A-Za-z0-9][A-Za-z0-9_-]*) (sha256:[0-9A-Fa-f]{1,64})$/.exec(first) ?? [];
  return environment === undefined || digestPrefix === undefined ? null : { environment, digestPrefix };
}

import type { OverrideRequest, RegisteredBuild } from '@sallyport/pipeline';
import type { OverridePolicy } from '@sallyport/policy';
import { connect, issueScopes, loadGitHub } from '../connect.ts';
import type { GitHubOptions } from '../connect.ts';
import { confirm } from '../confirm.ts';
import { InputError } from '../input-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { loadRecord } from '../load-record.ts';
import { findRequest, requireRule } from '../override-request.ts';
import { parseNumber } from '../parse-number.ts';
import { plain } from '../render/plain.ts';
import { withExamples, withGitHubOptions } from './register.ts';
import type { Register } from './register.ts';

export type OverrideApproveOptions = GitHubOptions & { readonly yes?: boolean };

/** Shows what would be approved, asks, and posts the comment that approves. Whether it counts is for the override gate to say. */
export async function approveRequest(io: Io, issue: string, options: OverrideApproveOptions): Promise<ExitCode> {
  const number = parseNumber(issue, 'an issue');
  if (options.yes !== true && !io.isTerminal) throw new InputError('An approval is confirmed by a person, and there is no terminal to ask.', { next: 'Run it in a terminal, or add --yes after reading the request.' });
  const { outside, client, repository } = await connect(io, options, issueScopes);
  const { policy, state } = await loadRecord(outside);
  const request = await findRequest(outside.desk, state, number);
  const { rule } = requireRule(policy.sealed.value, request.environment);
  const build = state.builds.get(request.build);
  if (build === undefined) throw new InputError(`#${number} asks for build ${plain(request.build)}, which the ledger does not have.`, { next: 'Close the request and open one for a registered build.' });
  if (state.grants.has(request.id)) throw new InputError(`#${number} was granted already; a request is granted once.`, { next: 'Nothing more is needed from you.' });

  io.stdout(describeRequest(request, build, rule, io));
  const { approvalComment, approveOverride } = await loadGitHub();
  if (options.yes !== true && !(await confirm(io, `Approve as yourself with the comment "${approvalComment(request)}"?`))) {
    io.stdout('Not approved; nothing was written.\n');
    return 1;
  }
  const { url } = await approveOverride(client, repository, { issue: number, environment: request.environment, build: request.build });
  io.stdout(`Approved: ${plain(url)}\nWhether it counts, the gatekeeper says at its next sweep; \`sallyport gate override ${number}\` says it now.\n`);
  return 0;
}

function describeRequest(request: OverrideRequest, build: RegisteredBuild, rule: OverridePolicy, { colors }: Io): string {
  const hours = rule.expiresAfterSeconds / 3600;
  return [
    colors.bold(`Override request #${request.id} by ${plain(request.requester.login)}`),
    `  build        ${build.version}, commit ${build.commit.slice(0, 12)}`,
    `               ${build.digest}`,
    `  environment  ${request.environment}`,
    `  reason       ${plain(request.reason)}`,
    `  advisory     ${plain(request.advisory ?? 'none')}`,
    `  waives       ${rule.waives.join(', ') || 'nothing'}; never tests, review or staging`,
    `  valid        for ${Number.isInteger(hours) ? hours : hours.toFixed(1)} hours from the approval that completes it, once`,
    `  approvers    ${rule.approvers.approvals} of ${rule.approvers.team}`,
    '',
  ].join('\n');
}

export const registerOverrideApprove: Register = (parent, run) => {
  const command = withGitHubOptions(parent.command('approve').argument('<issue>', 'number of the request'))
    .option('--yes', 'do not ask')
    .summary('approve an override')
    .description('Shows an override request and approves it as yourself, after asking. For security leads.');
  withExamples(command, 'sallyport override approve 41').action((issue: string, options: OverrideApproveOptions) => run((io) => approveRequest(io, issue, options)));
};

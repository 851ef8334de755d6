import { isAdvisory } from '@sallyport/gates';
import { connect, issueScopes, loadGitHub } from '../connect.ts';
import { findBuild } from '../find-build.ts';
import { InputError } from '../input-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { loadRecord } from '../load-record.ts';
import { requireRule } from '../override-request.ts';
import { plain } from '../render/plain.ts';
import type { GitHubOptions } from '../connect.ts';
import { withExamples, withGitHubOptions } from './register.ts';
import type { Register } from './register.ts';

export type OverrideRequestOptions = GitHubOptions & { readonly build: string; readonly environment: string; readonly reason: string; readonly advisory?: string; readonly json?: boolean };

const longestReason = 1000;

/** Opens the issue that asks for an override, and says what an approver has to write. */
export async function overrideRequest(io: Io, options: OverrideRequestOptions): Promise<ExitCode> {
  const reason = options.reason.replace(/\s+/g, ' ').trim();
  if (reason === '' || reason.length > longestReason) throw new InputError(`The reason has ${reason.length} characters; it needs 1 to ${longestReason}.`, { next: 'Say in a sentence what is at stake: it is what the approver judges.' });
  if (options.advisory !== undefined && !isAdvisory(options.advisory)) throw new InputError(`"${plain(options.advisory)}" is not an advisory.`, { next: 'Give the number it is known by, for example CVE-2026-12345, GHSA-xxxx-xxxx-xxxx or INC-204.' });
  const { outside, client, repository } = await connect(io, options, issueScopes);
  const { policy, state } = await loadRecord(outside);
  const { environment, rule } = requireRule(policy.sealed.value, options.environment);
  if (rule.requires.includes('advisory') && options.advisory === undefined) throw new InputError(`The policy wants an advisory for every override of ${environment.name}.`, { next: 'Add --advisory with a CVE, GHSA or incident number.' });
  const build = findBuild(state, options.build);

  const request = { version: build.version, build: build.digest, environment: environment.name, reason, advisory: options.advisory ?? null };
  const { approvalComment, openOverrideRequest } = await loadGitHub();
  const opened = await openOverrideRequest(client, repository, request);
  const approval = approvalComment(request);
  if (options.json === true) {
    io.stdout(`${JSON.stringify({ schema: 1, issue: opened.issue, url: opened.url, ...request, approvers: rule.approvers, waives: rule.waives, approval })}\n`);
    return 0;
  }
  const { approvers, waives } = rule;
  io.stdout(
    [
      `Requested in #${opened.issue}: ${build.version} to ${environment.name}, waiving ${waives.join(' and ') || 'nothing'}.`,
      `  ${plain(opened.url)}`,
      `It needs ${approvers.approvals === 1 ? 'one approval' : `${approvers.approvals} approvals`} by ${approvers.team}, not by you and not by anyone who worked on the change. They write as a comment:`,
      `  ${io.colors.bold(approval)}`,
      `or run \`sallyport override approve ${opened.issue}\`.`,
      '',
    ].join('\n'),
  );
  return 0;
}

export const registerOverrideRequest: Register = (parent, run) => {
  const command = withGitHubOptions(parent.command('request'))
    .requiredOption('--build <build>', 'version, digest, or at least 12 hex digits of it')
    .requiredOption('--environment <name>', 'where it is to go')
    .requiredOption('--reason <text>', 'what is at stake, in a sentence')
    .option('--advisory <id>', 'CVE, GHSA or incident number')
    .option('--json', 'print JSON')
    .summary('ask for an override')
    .description('Opens an issue that asks to release one build to one environment outside the window.');
  withExamples(command, "sallyport override request --build 1.8.1 --environment production --reason 'stored script in product names is being exploited' --advisory GHSA-9f4x-2v7m-5c3p").action((options: OverrideRequestOptions) =>
    run((io) => overrideRequest(io, options)),
  );
};

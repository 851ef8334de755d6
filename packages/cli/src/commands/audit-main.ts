import { canonicalJson } from '@sallyport/ledger';
import { auditBranch } from '@sallyport/pipeline';
import type { AuditQuestion } from '@sallyport/pipeline';
import { connect, readingScopes } from '../connect.ts';
import type { GitHubOptions } from '../connect.ts';
import { InputError } from '../input-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { loadRecord } from '../load-record.ts';
import { parseSince } from '../parse-since.ts';
import { auditDocument, renderAudit } from '../render/audit-text.ts';
import { plain } from '../render/plain.ts';
import { withExamples, withGitHubOptions } from './register.ts';
import type { Register } from './register.ts';

export type AuditOptions = GitHubOptions & { readonly branch?: string; readonly since: string; readonly json?: boolean };

/** How often a long look-up says how far it is. */
const progressEvery = 100;

/** Lists what reached a gated branch past the merge gate. 0 nothing, 1 something, 3 when what could not be learnt may hide something. */
export async function auditMain(io: Io, options: AuditOptions): Promise<ExitCode> {
  const since = parseSince(options.since);
  const { outside } = await connect(io, options, readingScopes);
  const { repository, policy, ledger, state } = await loadRecord(outside);
  const { into } = policy.sealed.value.merge;
  const branch = options.branch ?? repository.defaultBranch;
  if (!into.includes(branch)) throw new InputError(`The policy does not gate ${plain(branch)}, so there is nothing to hold it to.`, { next: `Give one of ${into.join(', ')} as --branch.` });
  const audit = await auditBranch(outside.history, { branch, into, since, state, onProgress: progressOn(io) });
  const shown = { repository, audit, ledger: ledger.head };
  io.stdout(options.json === true ? `${canonicalJson(auditDocument(shown))}\n` : renderAudit(shown, io.colors));
  if (audit.findings.some(({ outcome }) => outcome === 'deny')) return 1;
  return audit.findings.length === 0 && audit.missing.length === 0 ? 0 : 3;
}

const progressOn = (io: Pick<Io, 'stderr'>): NonNullable<AuditQuestion['onProgress']> => ({ done, total }) => {
  if (total > progressEvery && done % progressEvery === 0) io.stderr(`${done} of ${total} commits looked up\n`);
};

export const registerAuditMain: Register = (parent, run) => {
  const command = withGitHubOptions(parent.command('main'))
    .option('--branch <name>', 'a branch the policy gates (default: the default branch)')
    .requiredOption('--since <ref or date>', 'where to begin: a branch, tag or commit, or when: 2026-11-01 (00:00 UTC) or an instant with its offset')
    .option('--json', 'print JSON')
    .summary('what reached main past the gate?')
    .description('Lists every commit on the branch that no passing merge decision covers, and what landed other than it was judged. Exit status 0 nothing found, 1 found, 3 not known.');
  withExamples(command, 'sallyport audit main --since v1.7.0 --repo acme/shop', 'sallyport audit main --since 2026-11-01 --json').action((options: AuditOptions) => run((io) => auditMain(io, options)));
};

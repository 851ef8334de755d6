import type { Command } from 'commander';
import type { GitHubOptions } from '../connect.ts';
import { InputError } from '../input-error.ts';
import type { OfflineOptions } from '../offline/decide-offline.ts';
import { withGitHubOptions } from './register.ts';

export type GateOptions = GitHubOptions & Partial<OfflineOptions>;

export const withGateOptions = (command: Command): Command =>
  withGitHubOptions(command)
    .option('--json', 'print the decision as canonical JSON (RFC 8785)')
    .option('--facts <file>', 'decide offline on a facts document or a recorded case; - reads standard input')
    .option('--policy <file>', 'with --facts: the policy (default: .github/sallyport.yml)')
    .option('--at <instant>', 'with --facts: the time to decide for, ISO 8601 with offset')
    .option('--check', 'with --facts: compare with the decision the case records, to the byte');

/** Offline options when --facts is given, null when GitHub is asked. Throws InputError for a mixture. */
export function offlineOptions(subject: string | undefined, options: GateOptions): OfflineOptions | null {
  const { facts, policy, at, check } = options;
  if (facts !== undefined) {
    if (subject !== undefined) throw new InputError(`"${subject}" and --facts were both given, and the facts say what is judged.`, { next: 'Leave one of them out.' });
    return { ...options, facts };
  }
  const stray = [policy === undefined ? null : '--policy', at === undefined ? null : '--at', check === true ? '--check' : null].filter((name) => name !== null);
  if (stray.length > 0) throw new InputError(`${stray.join(' and ')} only go with --facts: asked online, the policy comes from the default branch and the time from GitHub.`, { next: 'Add --facts FILE, or leave them out.' });
  return null;
}

/** The positional argument, required when GitHub is asked. */
export function requireSubject(subject: string | undefined, what: string): string {
  if (subject === undefined) throw new InputError(`Which ${what} is not said.`, { next: `Name the ${what}, or decide offline with --facts FILE.` });
  return subject;
}

import type { ReleaseCommand } from '@sallyport/pipeline';
import { breaking, parseApproval } from './override-text.ts';
import { parseRollback } from './rollback-text.ts';
import { withoutSecrets } from './without-secrets.ts';

type Name = Exclude<ReleaseCommand['name'], 'unreadable'>;

/** How each command is written: what people are shown when one cannot be read. */
export const commandUsage: Readonly<Record<Name, string>> = {
  hold: '/hold <environment> <reason>',
  resume: '/resume <environment>',
  schedule: '/schedule <environment> <YYYY-MM-DD or next> [sha256:<digits>]',
  unschedule: '/unschedule <environment>',
  override: '/override <environment> sha256:<digits> <advisory or -> <reason>',
  approve: '/approve <environment> sha256:<digits>',
  deny: '/deny <environment> sha256:<digits> <reason>',
  rollback: '/rollback <environment> sha256:<digits> <reason>',
  status: '/status',
};

const longestReason = 500;
const environmentName = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;
const digest = /^sha256:[0-9a-f]{12,64}$/;
const date = /^(?:next|\d{4}-\d{2}-\d{2})$/;

/**
 * The command in a comment's first line: `/name` and what follows, all single spaces. Null for a comment that is none; a line that begins
 * like a command and is not written like one is `unreadable`, and says what would be.
 */
export function parseReleaseCommand(body: string): ReleaseCommand | null {
  const [line = ''] = body.split(/\r\n|\r|\n/, 1);
  const word = /^\/([a-z][a-z-]{0,30})(?= |$)/.exec(line)?.[1];
  if (word === undefined) return null;
  const name = names.find((known) => known === word);
  if (name === undefined) return { name: 'unreadable', problem: `there is no command /${word}; there are ${names.map((known) => `/${known}`).join(', ')}` };
  const command = breaking.test(line) ? null : parsers[name](line.split(' ').slice(1), line);
  return command ?? { name: 'unreadable', problem: `/${name} is written ${commandUsage[name]}, with single spaces, twelve digits or more, and a reason of at most ${longestReason} characters` };
}

const names = Object.keys(commandUsage) as readonly Name[];

/** `line` is the whole of it, the name included. */
type Parser = (words: readonly string[], line: string) => ReleaseCommand | null;

const parsers: Readonly<Record<Name, Parser>> = {
  hold: ([environment = '', ...words]) => {
    const reason = reasonOf(words);
    return environmentName.test(environment) && reason !== null && reason !== '' ? { name: 'hold', environment, reason } : null;
  },
  resume: (words) => alone('resume', words),
  unschedule: (words) => alone('unschedule', words),
  schedule: ([environment = '', on = '', digestPrefix = null, ...rest]) =>
    environmentName.test(environment) && date.test(on) && (digestPrefix === null || digest.test(digestPrefix)) && rest.length === 0 ? { name: 'schedule', environment, on, digestPrefix } : null,
  override: ([environment = '', digestPrefix = '', advisory = '', ...words]) => {
    const reason = reasonOf(words);
    return environmentName.test(environment) && digest.test(digestPrefix) && advisory !== '' && reason !== null && reason !== '' ? { name: 'override', environment, digestPrefix, advisory: advisory === '-' ? null : withoutSecrets(advisory), reason } : null;
  },
  approve: (_words, line) => named('approve', parseApproval(line)),
  deny: ([environment = '', digestPrefix = '', ...words]) => {
    const reason = reasonOf(words);
    return environmentName.test(environment) && digest.test(digestPrefix) && reason !== null ? { name: 'deny', environment, digestPrefix, reason } : null;
  },
  rollback: (_words, line) => named('rollback', parseRollback(line)),
  status: (words) => (words.length === 0 ? { name: 'status' } : null),
};

const alone = (name: 'resume' | 'unschedule', [environment = '', ...rest]: readonly string[]): ReleaseCommand | null => (environmentName.test(environment) && rest.length === 0 ? { name, environment } : null);

/** These two count wherever they are written, and are read in one way. */
const named = <Name extends 'approve' | 'rollback', Read extends object>(name: Name, read: Read | null): ({ readonly name: Name } & Read) | null => (read === null ? null : { name, ...read });

/** What people write goes into a record that never forgets. Null: it is too long. */
function reasonOf(words: readonly string[]): string | null {
  const reason = words.join(' ').trim();
  return reason.length > longestReason ? null : withoutSecrets(reason);
}

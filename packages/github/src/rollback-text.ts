import { breaking } from './override-text.ts';
import { withoutSecrets } from './without-secrets.ts';

export type RollbackText = { readonly environment: string; readonly digestPrefix: string; readonly reason: string };

const longestReason = 500;

/** A comment whose first line is `/rollback <environment> sha256:<at least 12 hex digits> <reason>`, all single spaces; null for any other. */
export function parseRollback(body: string): RollbackText | null {
  const [line = ''] = body.split(/\r\n|\r|\n/, 1);
  const [command, environment = '', digestPrefix = '', ...words] = line.split(' ');
  const reason = words.join(' ').trim();
  const isAsked = command === '/rollback' && /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(environment) && /^sha256:[0-9a-f]{12,64}$/.test(digestPrefix);
  return isAsked && reason.length <= longestReason && !breaking.test(line) ? { environment, digestPrefix, reason: withoutSecrets(reason) } : null;
}

/** The line that asks for it: it names environment and build, so that nobody gets another one than they meant. */
export const rollbackComment = ({ environment, build, reason }: { readonly environment: string; readonly build: string; readonly reason: string }): string => `/rollback ${environment} ${build.slice(0, 'sha256:'.length + 16)}${reason === '' ? '' : ` ${reason}`}`;

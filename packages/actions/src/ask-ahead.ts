import { askEarly } from '@sallyport/github/ask-early';
import type { EarlyAnswer } from '@sallyport/github/ask-early';
import { userAgent } from './user-agent.ts';

/**
 * Asks GitHub the first question while the rest of the action is still to be read (ADR 0029). `environment`: as the runner gives it to
 * the step. Null when something in it is missing or malformed; those who read it next say what.
 */
export async function askAhead(environment: Readonly<Record<string, string | undefined>>): Promise<EarlyAnswer | null> {
  const { GITHUB_API_URL: baseUrl = '', GITHUB_REPOSITORY: repository = '', 'INPUT_APP-ID': appId = '', 'INPUT_APP-KEY': privateKeyPem = '' } = environment;
  const [, owner, name] = /^([^/\s]+)\/([^/\s]+)$/.exec(repository) ?? [];
  if (owner === undefined || name === undefined || !/^https?:\/\//.test(baseUrl) || !URL.canParse(baseUrl) || !/^[1-9][0-9]{0,14}$/.test(appId.trim()) || privateKeyPem === '') return null;
  return askEarly({ baseUrl, appId: Number(appId), privateKeyPem: privateKeyPem.trim(), owner, name, userAgent });
}

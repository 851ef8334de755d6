import type { Person } from '@sallyport/gates';

/**
 * Does a text call this machine by `@name`? An App's account is `name[bot]` and is called by its name; the agent of GitHub
 * Copilot has accounts of several names and answers to `@copilot` (GitHub Docs, "Asking Copilot to make changes", November 2026).
 */
export function mentionsMachine(text: string, { login }: Person): boolean {
  const name = login.toLowerCase().replace(/\[bot\]$/, '');
  const called = new Set([...text.matchAll(/(?:^|[^\w@])@([a-z\d][a-z\d-]*)/gi)].map((match) => match[1]?.toLowerCase()));
  return called.has(name) || (name.startsWith('copilot') && called.has('copilot'));
}

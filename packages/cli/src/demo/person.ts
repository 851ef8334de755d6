import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mustRun, runCommand } from './run-command.ts';
import type { CommandResult } from './run-command.ts';

export type Answer = { readonly status: number; readonly body: unknown };

/** Someone in the story with a personal token: what they do in the browser goes through REST, what they do with git through git. */
export type Person = {
  readonly login: string;
  readonly id: number;
  readonly token: string;
  /** One request as this person. Any status is an answer. */
  ask(method: string, path: string, body?: unknown): Promise<Answer>;
  /** As `ask`, but anything but success is an error. */
  must(method: string, path: string, body?: unknown): Promise<unknown>;
};

export function personOf(options: { readonly login: string; readonly id: number; readonly token: string; readonly url: string }): Person {
  const { login, id, token, url } = options;
  const ask = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const headers = { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json', 'content-type': 'application/json' };
    const answer = await fetch(`${url}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
  };
  const must = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await ask(method, path, body);
    if (answer.status >= 300) throw new Error(`${login}: ${method} ${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  return { login, id, token, ask, must };
}

/** GitHub's own no-reply address: commits under it belong to the account. */
export const noreply = ({ id, login }: { readonly id: number; readonly login: string }): string => `${id}+${login}@users.noreply.github.com`;

/** A person's clone, driven with the real git. */
export type Clone = {
  git(...args: readonly string[]): Promise<string>;
  /** As `git`, for a command that may be refused. */
  tryGit(...args: readonly string[]): Promise<CommandResult>;
  read(path: string): Promise<string>;
  write(path: string, text: string): Promise<void>;
  remove(path: string): Promise<void>;
  commit(message: string, coAuthor?: Person): Promise<void>;
};

export async function cloneAs(person: Person, options: { readonly gitUrl: string; readonly folder: string; readonly home: string; readonly now: () => number }): Promise<Clone> {
  const { folder, home, now } = options;
  const environment = (): Record<string, string> => ({
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: person.login,
    GIT_AUTHOR_EMAIL: noreply(person),
    GIT_COMMITTER_NAME: person.login,
    GIT_COMMITTER_EMAIL: noreply(person),
    GIT_AUTHOR_DATE: new Date(now()).toISOString(),
    GIT_COMMITTER_DATE: new Date(now()).toISOString(),
  });
  await mkdir(home, { recursive: true });
  await mustRun('git', ['clone', '--quiet', options.gitUrl, folder], { cwd: home, env: environment() });
  const git = (...args: readonly string[]): Promise<string> => mustRun('git', args, { cwd: folder, env: environment() });
  return {
    git,
    tryGit: (...args) => runCommand('git', args, { cwd: folder, env: environment() }),
    read: (path) => readFile(join(folder, path), 'utf8'),
    async write(path, text) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    },
    remove: (path) => rm(join(folder, path), { recursive: true, force: true }),
    async commit(message, coAuthor) {
      await git('add', '--all');
      await git('commit', '--quiet', '-m', coAuthor === undefined ? message : `${message}\n\nCo-authored-by: ${coAuthor.login} <${noreply(coAuthor)}>`);
    },
  };
}

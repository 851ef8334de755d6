import { execFile } from 'node:child_process';
import { InputError } from './input-error.ts';
import type { Io } from './io.ts';
import { plain } from './render/plain.ts';

export type RepositoryName = { readonly owner: string; readonly name: string };

/** Names as GitHub allows them: owners with letters, digits and single hyphens, repositories also with dots and underscores. */
const fullName = /^([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))\/([A-Za-z0-9._-]{1,100})$/;

/** From --repo, else GITHUB_REPOSITORY, else the remote `origin` of the current folder. Throws InputError when none names one. */
export async function findRepository(io: Pick<Io, 'env' | 'cwd'>, option: string | undefined): Promise<RepositoryName> {
  if (option !== undefined) return parseRepository(option, '--repo');
  const variable = io.env['GITHUB_REPOSITORY'];
  if (variable !== undefined && variable !== '') return parseRepository(variable, 'GITHUB_REPOSITORY');
  const url = await originOf(io.cwd);
  const found = url === null ? null : parseRemote(url);
  if (found !== null) return found;
  const why = url === null ? 'the current folder has no git remote called origin' : 'the git remote origin is not an address of a repository on GitHub';
  throw new InputError(`Which repository is not said: there is neither --repo nor GITHUB_REPOSITORY, and ${why}.`, { next: 'Add --repo owner/name.' });
}

/** `owner/name`. Throws InputError, which says that `source` is not. */
export function parseRepository(text: string, source: string): RepositoryName {
  const [, owner, name] = fullName.exec(text) ?? [];
  if (owner === undefined || name === undefined || name === '.' || name === '..') throw new InputError(`${source} is "${plain(text)}", which is not a repository.`, { next: 'Write owner/name, for example acme/shop.' });
  return { owner, name };
}

const remoteForms = [/^https?:\/\/[^/\s]+\/([^\s]+)$/, /^ssh:\/\/git@[^/\s]+\/([^\s]+)$/, /^git@[^:/\s]+:([^\s]+)$/] as const;

/** `https://host/owner/name(.git)`, `ssh://git@host/owner/name(.git)` or `git@host:owner/name(.git)`; null for anything else. */
export function parseRemote(url: string): RepositoryName | null {
  const match = remoteForms.map((form) => form.exec(url)).find((found) => found !== null);
  const path = match?.[1]?.replace(/\/$/, '').replace(/\.git$/, '');
  const [, owner, name] = fullName.exec(path ?? '') ?? [];
  return owner === undefined || name === undefined || name === '.' || name === '..' ? null : { owner, name };
}

function originOf(cwd: string): Promise<string | null> {
  return new Promise((resolve) => {
    execFile('git', ['remote', 'get-url', 'origin'], { cwd, encoding: 'utf8' }, (error, stdout) => resolve(error === null ? stdout.trim() : null));
  });
}

import { isAbsolute, join } from 'node:path';
import { parseKeeperKeys } from '@sallyport/pipeline';
import type { KeeperKeys, Outside } from '@sallyport/pipeline';
import { InputError } from './input-error.ts';
import type { Io } from './io.ts';
import { plain } from './render/plain.ts';
import { findRepository } from './repository.ts';
import type { RepositoryName } from './repository.ts';

export type GitHubOptions = { readonly repo?: string; readonly apiUrl?: string; /** false: `--no-cache`. */ readonly cache?: boolean };

export type Connection = { readonly outside: Outside; readonly repository: RepositoryName; readonly client: Client };

/** Loaded when first needed: what decides offline starts without it. */
export const loadGitHub = () => import('@sallyport/github');
type GitHub = Awaited<ReturnType<typeof loadGitHub>>;
export type Client = ReturnType<GitHub['createGitHubClient']>;

/** Connects to GitHub as the person whose token is in GITHUB_TOKEN or GH_TOKEN. `scopes` says in words what the token must be allowed. */
export async function connect(io: Io, options: GitHubOptions, scopes: string): Promise<Connection> {
  const repository = await findRepository(io, options.repo);
  const baseUrl = apiUrlOf(io, options);
  const token = readToken(io, scopes);
  const { connectGitHub, createGitHubClient, createFileCache } = await loadGitHub();
  const client = createGitHubClient({ baseUrl, auth: { kind: 'token', token }, userAgent: userAgentOf(io), waitUnitMilliseconds: io.waitUnitMilliseconds, ...cacheOf(io, options, createFileCache) });
  return { client, repository, outside: connectGitHub({ client, repository, localNow: () => io.now() }) };
}

function cacheOf(io: Pick<Io, 'env' | 'now'>, { cache }: GitHubOptions, createFileCache: GitHub['createFileCache']): { readonly cache?: ReturnType<GitHub['createFileCache']> } {
  const directory = cacheDirectory(io);
  return cache === false || directory === null ? {} : { cache: createFileCache({ directory, now: () => io.now() }) };
}

/** As the XDG Base Directory Specification says (0.8): a path that is not absolute is as good as none. null: nowhere. */
export function cacheDirectory({ env }: Pick<Io, 'env'>): string | null {
  const [given = '', home = ''] = [env['XDG_CACHE_HOME'], env['HOME']];
  if (isAbsolute(given)) return join(given, 'sallyport', 'answers');
  return isAbsolute(home) ? join(home, '.cache', 'sallyport', 'answers') : null;
}

export const userAgentOf = ({ version }: Pick<Io, 'version'>): string => `sallyport/${version}`;

export const readingScopes = 'a fine-grained token with read access to contents, pull requests, checks, actions, issues and metadata, and to the members of the organisation, or a classic token with `repo` and `read:org`';
export const issueScopes = 'a fine-grained token that may also write issues, or a classic token with `repo` and `read:org`';

export type KeeperConnection = { readonly outside: Outside; readonly ledgerKey: string };

/** Connects as the gatekeeper App with the keys in the environment. Names what is missing; never prints a value. */
export async function connectKeeper(io: Io, options: GitHubOptions): Promise<KeeperConnection> {
  const repository = await findRepository(io, options.repo);
  const baseUrl = apiUrlOf(io, options);
  const { appId, appKey, ledgerKey } = readKeeperKeys(io);
  const { connectGitHub, createGitHubClient, createFileCache } = await loadGitHub();
  const client = createGitHubClient({ baseUrl, auth: { kind: 'app', appId, privateKeyPem: appKey, ...repository }, userAgent: userAgentOf(io), waitUnitMilliseconds: io.waitUnitMilliseconds, ...cacheOf(io, options, createFileCache) });
  return { outside: connectGitHub({ client, repository, localNow: () => io.now(), webhooks: webhooksOf(io) }), ledgerKey };
}

const webhooksOf = ({ env }: Pick<Io, 'env'>) => ({ slack: env['SALLYPORT_SLACK_WEBHOOK']?.trim() || null, teams: env['SALLYPORT_TEAMS_WEBHOOK']?.trim() || null });

function readKeeperKeys({ env }: Pick<Io, 'env'>): KeeperKeys {
  const given = (name: string): { readonly name: string; readonly text: string } => ({ name, text: env[name] ?? '' });
  const parsed = parseKeeperKeys({ appId: given('SALLYPORT_APP_ID'), appKey: given('SALLYPORT_APP_KEY'), ledgerKey: given('SALLYPORT_LEDGER_KEY') });
  if (!parsed.ok) throw new InputError(`The gatekeeper has no keys: ${parsed.problems.join('; ')}.`, { next: 'Set them as the environment `sallyport` on GitHub has them. To look without them, use `sallyport status`.' });
  return parsed.keys;
}

function readToken({ env }: Pick<Io, 'env'>, scopes: string): string {
  const found = [env['GITHUB_TOKEN'], env['GH_TOKEN']].map((text) => text?.trim() ?? '').find((text) => text !== '');
  if (found === undefined) throw new InputError('There is no GitHub token: neither GITHUB_TOKEN nor GH_TOKEN is set.', { next: `Set one to ${scopes}. With the GitHub command line: export GH_TOKEN="$(gh auth token)".` });
  if (!/^[\x21-\x7e]+$/.test(found)) throw new InputError('The token in GITHUB_TOKEN or GH_TOKEN holds characters no token has.', { next: 'Copy it again, without quotes and line breaks.' });
  return found;
}

/** From --api-url, else GITHUB_API_URL, else GitHub's own. Plain http only to this machine: a token must not travel in the clear. */
export function apiUrlOf({ env }: Pick<Io, 'env'>, { apiUrl }: GitHubOptions): string {
  const text = apiUrl ?? env['GITHUB_API_URL'] ?? '';
  if (text === '') return 'https://api.github.com';
  const source = apiUrl === undefined ? 'GITHUB_API_URL' : '--api-url';
  if (!URL.canParse(text)) throw new InputError(`${source} is "${plain(text)}", which is not an address.`, { next: 'Write it as https://api.github.com or https://github.example.com/api/v3.' });
  const { protocol, hostname } = new URL(text);
  if (protocol !== 'https:' && !(protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname))) {
    throw new InputError(`${source} is "${plain(text)}": a token is sent over https only, except to this machine.`, { next: 'Use an https address.' });
  }
  return text.replace(/\/+$/, '');
}

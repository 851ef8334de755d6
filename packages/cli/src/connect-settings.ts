import { readPolicy } from '@sallyport/pipeline';
import type { Enforcement, EnforcementWriter, Outside, PolicyReading } from '@sallyport/pipeline';
import { connect, loadGitHub } from './connect.ts';
import type { Client, GitHubOptions } from './connect.ts';
import { InputError } from './input-error.ts';
import type { Io } from './io.ts';
import { plain } from './render/plain.ts';
import type { RepositoryName } from './repository.ts';

export type SettingsOptions = GitHubOptions & { readonly app?: string };

export type Settings = {
  readonly repository: RepositoryName;
  readonly enforcement: Enforcement;
  readonly policy: PolicyReading;
  readonly writer: EnforcementWriter;
  readonly outside: Outside;
  readonly client: Client;
};

export const settingsScopes = 'a fine-grained token of an administrator that may read administration, actions, contents, deployments, environments, secrets and metadata, or a classic token with `repo` and `admin:org`';
export const changingScopes = 'a fine-grained token of an administrator that may write administration, actions, environments, issues and secrets and read contents, or a classic token with `repo` and `admin:org`';

const days = 30;

/** Reads what GitHub enforces and the policy of the default branch, as the person whose token is given. */
export async function connectSettings(io: Io, options: SettingsOptions, scopes: string): Promise<Settings> {
  const app = parseApp(options.app);
  // What is kept may be older than what somebody changed a moment ago, and a lock is not judged by that.
  const { outside, repository, client } = await connect(io, { ...options, cache: false }, scopes);
  const { createEnforcementSource, createEnforcementWriter } = await loadGitHub();
  const place = { client, owner: repository.owner, repo: repository.name };
  const [enforcement, policy] = await Promise.all([createEnforcementSource(place).read({ app, since: io.now() - days * 86_400_000 }), readPolicy(outside.policy)]);
  if (typeof app === 'string' && enforcement.app === null) throw new InputError(`GitHub shows no App of the name ${plain(app)}.`, { next: 'Give the name as in its address, https://github.com/apps/<name>, or its number.' });
  return { repository, enforcement, policy, client, outside, writer: createEnforcementWriter(place) };
}

/** A number, or the name in the App's address. */
function parseApp(text: string | undefined): number | string | null {
  if (text === undefined) return null;
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  if (/^[a-z0-9][a-z0-9-]{0,99}$/.test(text)) return text;
  throw new InputError(`--app is "${plain(text)}", which is neither the number of an App nor its name.`, { next: 'Write it as in its address, https://github.com/apps/<name>: small letters, digits and hyphens.' });
}

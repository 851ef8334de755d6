import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createChangeAdmin, type ChangeAdmin } from './admin/change.ts';
import { createForkAdmin, type ForkAdmin } from './admin/fork.ts';
import { createHistoryAdmin, type HistoryAdmin } from './admin/history.ts';
import { createFormAdmin, type FormAdmin } from './admin/issue-form.ts';
import { makeRepository } from './admin/make-repository.ts';
import { createQueueAdmin, type QueueAdmin } from './admin/merge-queue.ts';
import { createPeopleAdmin, type PeopleAdmin } from './admin/people.ts';
import { createRunsAdmin, type RunsAdmin } from './admin/runs.ts';
import { actionsAppId, actionsBotLogin } from './auth/viewer.ts';
import type { SimulatorContext } from './context.ts';
import { zeroSha } from './git/objects.ts';
import { gitIdentity, webFlowId, webFlowLogin } from './git/identity.ts';
import { runGit } from './git/run-git.ts';
import { writeCommit, writeFiles, writeTree, type NewFile } from './git/write-objects.ts';
import { storeSecret } from './secrets/secret-store.ts';
import { environmentOf } from './workflows/live-run.ts';
import type { App, Repository, RoleName, Ruleset, Team, User, World } from './world/world.ts';

/** Changes the simulated GitHub from outside, as a test's or story's stage hand: no permission is asked. Workflows hear only of branches and groups that move. */
export type Admin = PeopleAdmin & HistoryAdmin & ChangeAdmin & RunsAdmin & ForkAdmin & QueueAdmin & FormAdmin & {
  createUser(login: string, options?: { readonly bot?: boolean; readonly suspended?: boolean }): User;
  /** An organisation on the plan `team`, with nobody who owns it, unless they are named. */
  createOrganization(login: string, options?: { readonly plan?: string; readonly owners?: readonly User[] }): User;
  /** A ruleset of an organisation for those of its repositories whose names match (default: all). */
  addOrganizationRuleset(organization: string, ruleset: Omit<Ruleset, 'id' | 'organization' | 'createdAt' | 'updatedAt'> & { readonly repositories?: { readonly include?: readonly string[]; readonly exclude?: readonly string[] } }): Ruleset;
  createTeam(organization: string, slug: string, members: readonly User[]): Team;
  /** Registers an App and installs it on every repository. The key is PKCS#8 PEM. */
  createApp(app: { readonly slug: string; readonly permissions: App['permissions'] }): { readonly app: App; readonly privateKeyPem: string };
  /** A repository whose default branch `main` holds one commit by `author` with these files. */
  createRepository(repository: { readonly owner: string; readonly name: string; readonly files: Readonly<Record<string, NewFile>>; readonly author: User; readonly at?: number; readonly visibility?: Repository['visibility'] }): Promise<Repository>;
  setRole(repository: Repository, user: User, role: RoleName): void;
  /** A personal token that never expires. */
  createToken(user: User): string;
  /** A secret of the repository, or of one environment (made without protection when it is not there yet). */
  setSecret(repository: Repository, name: string, value: string, environment?: string): void;
  /** A secret of an organisation, for all its repositories, its private ones (default), or those named as `owner/name`. */
  setOrganizationSecret(organization: string, name: string, value: string, repositories?: 'all' | 'private' | readonly string[]): void;
};

/** GitHub's own number of the bot behind the built-in token; people know its noreply address by it. */
const actionsBotId = 41_898_282;

/** An empty GitHub: nobody but GitHub Actions and the account GitHub commits as. */
export function createWorld(): World {
  const bot: User = { id: actionsBotId, login: actionsBotLogin, type: 'Bot', suspended: false };
  const actions: App = { id: actionsAppId, slug: 'github-actions', publicKeyPem: '', installationId: actionsAppId, permissions: {}, bot };
  const flow: User = { id: webFlowId, login: webFlowLogin, type: 'User', suspended: false };
  return { users: new Map([[bot.login, bot], [flow.login, flow]]), teams: new Map(), apps: new Map([[actions.id, actions]]), tokens: new Map(), repositories: new Map(), organizations: new Map(), conversions: new Map(), nextId: 1000 };
}

export function createAdmin(context: SimulatorContext): Admin {
  const { world } = context;
  const addUser = (login: string, type: User['type'], suspended = false): User => {
    if (world.users.has(login)) throw new Error(`There is already a user ${login}.`);
    const user: User = { id: context.nextId(), login, type, suspended };
    world.users.set(login, user);
    return user;
  };
  return {
    ...createPeopleAdmin(context),
    ...createHistoryAdmin(context),
    ...createChangeAdmin(context),
    ...createRunsAdmin(context),
    ...createForkAdmin(context),
    ...createQueueAdmin(context),
    ...createFormAdmin(context),
    createUser: (login, options = {}) => addUser(login, options.bot === true ? 'Bot' : 'User', options.suspended),
    createOrganization: (login, { plan = 'team', owners = [] } = {}) => {
      world.organizations.set(login, { login, plan, owners: new Set(owners.map(({ id }) => id)), secrets: new Map(), rulesets: [], createdAt: context.clock.now() });
      return addUser(login, 'Organization');
    },
    addOrganizationRuleset: (organization, { repositories = {}, ...ruleset }) => {
      const owner = world.organizations.get(organization);
      if (owner === undefined) throw new Error(`There is no organisation ${organization}.`);
      const at = context.clock.now();
      const made: Ruleset = { ...ruleset, id: context.nextId(), organization: { login: organization, include: repositories.include ?? ['~ALL'], exclude: repositories.exclude ?? [] }, createdAt: at, updatedAt: at };
      owner.rulesets.push(made);
      return made;
    },
    createTeam: (organization, slug, members) => {
      const team: Team = { id: context.nextId(), organization, slug, members: new Map(members.map((user) => [user.id, 'active'])) };
      world.teams.set(`${organization}/${slug}`, team);
      return team;
    },
    createApp: ({ slug, permissions }) => {
      const keys = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
      const app: App = { id: context.nextId(), slug, publicKeyPem: keys.publicKey, installationId: context.nextId(), permissions, bot: addUser(`${slug}[bot]`, 'Bot') };
      world.apps.set(app.id, app);
      return { app, privateKeyPem: keys.privateKey };
    },
    createRepository: async ({ at, visibility, ...rest }) => createRepository(context, { ...rest, at: at ?? context.clock.now(), visibility: visibility ?? 'private' }),
    setRole: (repository, user, role) => {
      repository.collaborators.set(user.id, role);
    },
    createToken: (user) => {
      const token = `ghp_${randomBytes(18).toString('hex')}`;
      world.tokens.set(token, { kind: 'user', user });
      return token;
    },
    setSecret: (repository, name, value, environment) => {
      const store = environment === undefined ? repository.secrets : environmentOf(context, repository, environment).secrets;
      storeSecret(store, name, value, context.clock.now());
    },
    setOrganizationSecret: (organization, name, value, repositories = 'private') => {
      const owner = world.organizations.get(organization);
      if (owner === undefined) throw new Error(`There is no organisation ${organization}.`);
      const at = context.clock.now();
      owner.secrets.set(name, { value, createdAt: owner.secrets.get(name)?.createdAt ?? at, updatedAt: at, repositories: typeof repositories === 'string' ? repositories : new Set(repositories) });
    },
  };
}

type NewRepository = { readonly owner: string; readonly name: string; readonly files: Readonly<Record<string, NewFile>>; readonly author: User; readonly at: number; readonly visibility: Repository['visibility'] };

async function createRepository(context: SimulatorContext, { owner, name, files, author, at, visibility }: NewRepository): Promise<Repository> {
  const key = `${owner}/${name}`;
  if (context.world.repositories.has(key)) throw new Error(`There is already a repository ${key}.`);
  if (!context.world.users.has(owner)) throw new Error(`${key} needs the user or organisation ${owner} first.`);
  const repository = await makeRepository(context, { owner, name, createdAt: at, visibility, parent: null });
  const { gitDir } = repository;
  const tree = await writeTree(gitDir, null, await writeFiles(gitDir, files), String(context.nextId()));
  const commit = await writeCommit(gitDir, { tree, parents: [], message: 'Initial commit\n', identity: gitIdentity(author, at) });
  await runGit(gitDir, ['update-ref', 'refs/heads/main', commit]);
  repository.activity.push({ id: repository.id, ref: 'refs/heads/main', before: zeroSha, after: commit, actor: author, timestamp: at, type: 'branch_creation' });
  context.world.repositories.set(key, repository);
  return repository;
}

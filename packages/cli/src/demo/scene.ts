import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { connectGitHub, createEnforcementSource, createEnforcementWriter, createGitHubClient } from '@sallyport/github';
import { newSigningKey, verifierKey } from '@sallyport/ledger';
import { ledgerOrigin, planSetup } from '@sallyport/pipeline';
import type { Outside } from '@sallyport/pipeline';
import type { Policy } from '@sallyport/policy';
import { createSettableClock, startSimulator } from '@sallyport/simulator';
import type { Simulator } from '@sallyport/simulator';
import { createCases } from './cases.ts';
import type { Cases } from './cases.ts';
import type { Narrator } from './narrator.ts';
import { parsePolicyText } from '../policy-file.ts';
import { cloneAs, personOf } from './person.ts';
import type { Clone, Person } from './person.ts';
import { startSupervisor } from './supervisor.ts';
import type { Supervisor } from './supervisor.ts';

export const repository = { owner: 'acme', name: 'shop' } as const;
const logins = ['olga', 'ada', 'ben', 'cleo', 'mallory', 'dana', 'lena', 'lou'] as const;
export type People = Readonly<Record<(typeof logins)[number], Person>>;

/** Where the story's material lies: the sample application, the workflow files and the bundled actions. */
export type Resources = { readonly shop: string; readonly workflows: string; readonly actions: string };

export type Scene = {
  readonly simulator: Simulator;
  readonly narrator: Narrator;
  readonly people: People;
  readonly staging: Supervisor;
  readonly production: Supervisor;
  /** GitHub as the release manager sees it. */
  readonly outside: Outside;
  readonly cases: Cases;
  readonly folder: string;
  clone(person: Person): Promise<Clone>;
  stop(): Promise<void>;
};

export type SceneOptions = { readonly folder: string; readonly resources: Resources; readonly narrator: (now: () => number) => Narrator; readonly contract: boolean; readonly startAt: number };

const appPermissions = { actions: 'read', checks: 'write', contents: 'write', deployments: 'read', issues: 'write', members: 'read', metadata: 'read', pull_requests: 'read' } as const;
const actionNames = ['merge-gate', 'register-build', 'gatekeeper', 'deploy'] as const;

/** Sets the stage: a GitHub on loopback, a team, a repository with the policy and the locks on, two hosts. */
export async function setScene(options: SceneOptions): Promise<Scene> {
  const { folder, resources } = options;
  const clock = createSettableClock({ at: options.startAt });
  await mkdir(join(folder, 'github'), { recursive: true });
  const simulator = await startSimulator({
    clock,
    dataDir: join(folder, 'github'),
    actions: new Map(actionNames.map((name) => [`sallyport/sallyport/packages/actions/${name}`, join(resources.actions, name)])),
    contract: options.contract,
  });
  const people = peopleOf(simulator);
  const tokens = { staging: randomBytes(24).toString('hex'), production: randomBytes(24).toString('hex') };
  const [staging, production] = await Promise.all([startSupervisor({ folder: join(folder, 'staging'), token: tokens.staging }), startSupervisor({ folder: join(folder, 'production'), token: tokens.production })]);
  await furnish({ simulator, people, resources, deploy: { staging: { url: staging.deployUrl, token: tokens.staging }, production: { url: production.deployUrl, token: tokens.production } } });

  const client = createGitHubClient({ baseUrl: simulator.url, auth: { kind: 'token', token: people.dana.token }, userAgent: 'sallyport-demo' });
  const outside = connectGitHub({ client, repository, localNow: () => clock.now() });
  let clones = 0;
  return {
    simulator,
    people,
    staging,
    production,
    outside,
    folder,
    narrator: options.narrator(() => clock.now()),
    cases: createCases(),
    clone: (person) => {
      clones += 1;
      const place = join(folder, 'clones', `${person.login}-${clones}`);
      return cloneAs(person, { gitUrl: simulator.gitUrl(repositoryOf(simulator), person.token), folder: place, home: join(folder, 'home', person.login), now: () => clock.now() });
    },
    async stop() {
      await simulator.stop();
      await Promise.all([staging.stop(), production.stop()]);
    },
  };
}

/** The story's repository as the simulated GitHub holds it. */
export function repositoryOf(simulator: Simulator) {
  const found = simulator.world.repositories.get(`${repository.owner}/${repository.name}`);
  if (found === undefined) throw new Error('The story has no repository yet.');
  return found;
}

function peopleOf({ admin, url }: Simulator): People {
  admin.createOrganization(repository.owner);
  const people = Object.fromEntries(
    logins.map((login) => {
      const user = admin.createUser(login);
      return [login, personOf({ login, id: user.id, token: admin.createToken(user), url })];
    }),
  ) as People;
  return people;
}

type Furnishing = { readonly simulator: Simulator; readonly people: People; readonly resources: Resources; readonly deploy: Readonly<Record<'staging' | 'production', { readonly url: string; readonly token: string }>> };

/** What a platform engineer does once: policy, App, keys, rulesets, environments. */
async function furnish({ simulator, people, resources, deploy }: Furnishing): Promise<void> {
  const { admin, world } = simulator;
  const user = (person: Person) => {
    const found = world.users.get(person.login);
    if (found === undefined) throw new Error(`${person.login} is nobody`);
    return found;
  };
  admin.createTeam(repository.owner, 'security-leads', [user(people.lena), user(people.lou)]);
  admin.createTeam(repository.owner, 'platform', [user(people.olga)]);
  const { app, privateKeyPem } = admin.createApp({ slug: 'sallyport-gatekeeper', permissions: appPermissions });
  const ledgerKey = newSigningKey();
  const files = await repositoryFiles(resources, verifierKey(ledgerOrigin(repository), ledgerKey));
  const shop = await admin.createRepository({ ...repository, author: user(people.olga), files });
  for (const person of Object.values(people)) admin.setRole(shop, user(person), person.login === 'olga' ? 'admin' : 'write');

  await lock(simulator.url, people.olga, app.id, parsePolicyText(files['.github/sallyport.yml'] ?? '', 'the policy of the story').sealed.value);
  admin.setSecret(shop, 'SALLYPORT_APP_ID', String(app.id), 'sallyport');
  admin.setSecret(shop, 'SALLYPORT_APP_KEY', privateKeyPem, 'sallyport');
  admin.setSecret(shop, 'SALLYPORT_LEDGER_KEY', ledgerKey, 'sallyport');
  for (const environment of ['staging', 'production'] as const) {
    admin.setSecret(shop, 'DEPLOY_URL', deploy[environment].url, environment);
    admin.setSecret(shop, 'DEPLOY_TOKEN', deploy[environment].token, environment);
  }
}

/** As `sallyport setup apply` makes it, through the REST interface. */
async function lock(baseUrl: string, admin: Person, app: number, policy: Policy): Promise<void> {
  const client = createGitHubClient({ baseUrl, auth: { kind: 'token', token: admin.token }, userAgent: 'sallyport-demo' });
  const place = { client, owner: repository.owner, repo: repository.name };
  const enforcement = await createEnforcementSource(place).read({ app, since: 0 });
  const writer = createEnforcementWriter(place);
  for (const { effects } of planSetup(enforcement, policy, app)) for (const effect of effects) await writer.apply(effect);
}

async function repositoryFiles({ shop, workflows }: Resources, ledgerVerifierKey: string): Promise<Record<string, string>> {
  const files = await readTree(shop);
  for (const name of await readdir(workflows)) {
    const text = await readFile(join(workflows, name), 'utf8');
    if (name === 'sallyport.yml') files['.github/sallyport.yml'] = withLedgerKey(text, ledgerVerifierKey);
    else if (name.endsWith('.yml')) files[`.github/workflows/${name}`] = text;
  }
  return files;
}

function withLedgerKey(policy: string, key: string): string {
  const filled = policy.replace(/^(\s*)keys: \[\]/m, (_line, indent: string) => `${indent}keys: ["${key}"]`);
  if (filled === policy) throw new Error('The policy of the story has no place for the ledger key.');
  return filled;
}

async function readTree(root: string): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(files.map(async (file): Promise<[string, string]> => [relative(root, file).replaceAll('\\', '/'), await readFile(file, 'utf8')]));
  return Object.fromEntries(texts);
}

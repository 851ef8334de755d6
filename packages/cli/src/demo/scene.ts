import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { connectGitHub, createGitHubClient } from '@sallyport/github';
import type { Outside } from '@sallyport/pipeline';
import { startSimulator } from '@sallyport/simulator';
import type { SettableClock, Simulator } from '@sallyport/simulator';
import { createCases } from './cases.ts';
import type { Cases } from './cases.ts';
import type { Narrator } from './narrator.ts';
import { cloneAs, personOf } from './person.ts';
import type { Clone, Person } from './person.ts';
import { startSupervisor } from './supervisor.ts';
import type { Supervisor } from './supervisor.ts';

export const repository = { owner: 'acme', name: 'shop' } as const;
const logins = ['olga', 'ada', 'ben', 'cleo', 'mallory', 'dana', 'lena', 'lou'] as const;
export type People = Readonly<Record<(typeof logins)[number], Person>>;

/** How a deploy reaches a host. */
export type DeployAccess = { readonly url: string; readonly token: string };

export type Scene = {
  readonly simulator: Simulator;
  readonly narrator: Narrator;
  readonly people: People;
  /** The slug of the App that is the gatekeeper. */
  readonly keeper: string;
  readonly staging: Supervisor;
  readonly production: Supervisor;
  readonly deploy: Readonly<Record<'staging' | 'production', DeployAccess>>;
  /** GitHub as the release manager sees it. */
  readonly outside: Outside;
  readonly cases: Cases;
  readonly folder: string;
  clone(person: Person): Promise<Clone>;
  stop(): Promise<void>;
};

export type SceneOptions = {
  readonly folder: string;
  /** The folder with the bundled actions. */
  readonly actions: string;
  readonly keeper: string;
  readonly narrator: (now: () => number) => Narrator;
  readonly contract: boolean;
  readonly clock: SettableClock;
};

const actionNames = ['merge-gate', 'register-build', 'gatekeeper', 'deploy'] as const;

/** Sets the stage: a GitHub on loopback, a team, two hosts. The repository acme/shop is still to be made. */
export async function setScene(options: SceneOptions): Promise<Scene> {
  const { folder, actions, keeper, clock } = options;
  await mkdir(join(folder, 'github'), { recursive: true });
  const simulator = await startSimulator({
    clock,
    dataDir: join(folder, 'github'),
    actions: new Map(actionNames.map((name) => [`sallyport/sallyport/packages/actions/${name}`, join(actions, name)])),
    contract: options.contract,
  });
  const people = peopleOf(simulator);
  const tokens = { staging: randomBytes(24).toString('hex'), production: randomBytes(24).toString('hex') };
  const [staging, production] = await Promise.all([startSupervisor({ folder: join(folder, 'staging'), token: tokens.staging }), startSupervisor({ folder: join(folder, 'production'), token: tokens.production })]);

  const client = createGitHubClient({ baseUrl: simulator.url, auth: { kind: 'token', token: people.dana.token }, userAgent: 'sallyport-demo' });
  const outside = connectGitHub({ client, repository, localNow: () => clock.now() });
  let clones = 0;
  return {
    simulator,
    people,
    keeper,
    staging,
    production,
    deploy: { staging: { url: staging.deployUrl, token: tokens.staging }, production: { url: production.deployUrl, token: tokens.production } },
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

/** The story's repository as the simulated GitHub holds it. Throws while there is none. */
export function repositoryOf(simulator: Simulator) {
  const found = simulator.world.repositories.get(`${repository.owner}/${repository.name}`);
  if (found === undefined) throw new Error('The story has no repository yet.');
  return found;
}

function peopleOf({ admin, url }: Simulator): People {
  const users = logins.map((login) => admin.createUser(login));
  const named = (...names: readonly string[]) => users.filter(({ login }) => names.includes(login));
  admin.createOrganization(repository.owner, { owners: named('olga') });
  admin.createTeam(repository.owner, 'security-leads', named('lena', 'lou'));
  admin.createTeam(repository.owner, 'platform', named('olga'));
  return Object.fromEntries(users.map((user) => [user.login, personOf({ login: user.login, id: user.id, token: admin.createToken(user), url })])) as People;
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSettableClock, startSimulator } from '@sallyport/simulator';
import type { Repository, Simulator, User } from '@sallyport/simulator';
import { gitRef } from './answers/commit.ts';
import { createGitHubClient } from './client.ts';
import type { GitHubAuth } from './client.ts';
import type { Place } from './repository.ts';

/** acme/shop on a running simulator, with two people, a team and the gatekeeper App. */
export type Scene = {
  readonly simulator: Simulator;
  readonly repository: Repository;
  readonly people: { readonly ada: User; readonly lena: User };
  readonly appId: number;
  /** As the gatekeeper App. */
  readonly app: Place;
  readonly ada: Place;
  readonly lena: Place;
  /** The first commit. */
  readonly commit: string;
  stop(): Promise<void>;
};

export const name = { owner: 'acme', name: 'shop' };
const appPermissions = { contents: 'write', checks: 'write', issues: 'write', pull_requests: 'write', actions: 'read', deployments: 'write', members: 'read' } as const;

export async function startScene(): Promise<Scene> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sallyport-github-'));
  // An App's JWT is dated by the machine, so the simulated time is the machine's.
  const simulator = await startSimulator({ clock: createSettableClock({ at: Date.now() }), dataDir, actions: new Map(), workflows: 'ignore' });
  const { admin } = simulator;
  admin.createOrganization('acme');
  const people = { ada: admin.createUser('ada'), lena: admin.createUser('lena') };
  admin.createTeam('acme', 'security-leads', [people.lena]);
  const { app, privateKeyPem } = admin.createApp({ slug: 'sallyport-gatekeeper', permissions: appPermissions });
  const repository = await admin.createRepository({ ...name, files: { 'README.md': '# Shop\n' }, author: people.ada });
  for (const person of Object.values(people)) admin.setRole(repository, person, 'write');
  const place = (auth: GitHubAuth): Place => ({ owner: name.owner, repo: name.name, client: createGitHubClient({ baseUrl: simulator.url, auth, userAgent: 'sallyport-test', retries: 0, waitUnitMilliseconds: 1 }) });
  const ofPerson = (user: User): Place => place({ kind: 'token', token: admin.createToken(user) });
  const scene = { simulator, repository, people, appId: app.id, app: place({ kind: 'app', appId: app.id, privateKeyPem, ...name }), ada: ofPerson(people.ada), lena: ofPerson(people.lena) };
  return {
    ...scene,
    commit: await headOf(scene.ada),
    stop: async () => {
      await simulator.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function headOf({ client, owner, repo }: Place): Promise<string> {
  const { data } = await client.ask({ route: 'GET /repos/{owner}/{repo}/git/ref/{ref}', parameters: { owner, repo, ref: 'heads/main' }, shape: gitRef, why: 'to start the test' });
  return data.object.sha;
}

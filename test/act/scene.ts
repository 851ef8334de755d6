import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { connectGitHub, createGitHubClient } from '@sallyport/github';
import { verifierKey } from '@sallyport/ledger';
import { ledgerOrigin, openLedgerReader, readPolicy, readState, requireIntact } from '@sallyport/pipeline';
import type { LedgerState } from '@sallyport/pipeline';
import { createSettableClock, startSimulator } from '@sallyport/simulator';
import type { Repository, Simulator } from '@sallyport/simulator';
import { lock, name, personOf } from '../acceptance/gatekeeper-repository.ts';
import type { Person } from '../acceptance/gatekeeper-repository.ts';
import { generateLedgerKey } from '../acceptance/gatekeeper-scene.ts';
import { adopt } from '../contract/adopters.ts';
import { shop } from './shop.ts';
import { forAct } from './for-act.ts';
import type { LocalActions } from './run-workflow.ts';

export type Scene = {
  /** The top of our own repository. */
  readonly root: string;
  readonly simulator: Simulator;
  readonly repository: Repository;
  readonly ada: Person;
  readonly ben: Person;
  /** Secrets of each environment. */
  readonly secrets: Readonly<Record<'sallyport' | 'staging', Readonly<Record<string, string>>>>;
  /** The folder that is staging. */
  readonly staging: string;
  readonly app: number;
  /** A clone at a commit or tag; the caller's folder holds it. */
  checkout(ref: string): Promise<string>;
  /** A job's built-in token. */
  token(permissions: Readonly<Record<string, string>>): string;
  /** The ledger as anybody can verify it. Throws when it is not intact. */
  readLedger(): Promise<LedgerState>;
};

const day = 24 * 60 * 60 * 1000;

/** Not in this process's way: it is this process that answers git. */
const git = (...args: readonly string[]) => promisify(execFile)('git', args, { timeout: 30_000 });

/** acme/shop on a simulated GitHub, with what the bundled `sallyport init` wrote into it, the locks on, and this machine's time. Nothing there runs by itself. */
export async function startScene(root: string, folder: string): Promise<Scene> {
  const [github, staging] = [join(folder, 'github'), join(folder, 'staging')];
  for (const path of [github, staging]) mkdirSync(path);
  const simulator = await startSimulator({ clock: createSettableClock({ at: Date.now() }), dataDir: github, actions: new Map(), workflows: 'ignore', contract: true });
  const { admin, url } = simulator;
  admin.createOrganization(name.owner);
  const [ada, ben] = [admin.createUser('ada'), admin.createUser('ben')];
  const { app, privateKeyPem } = admin.createApp({ slug: 'sallyport-gatekeeper', permissions: { actions: 'read', checks: 'write', contents: 'write', deployments: 'read', issues: 'write', members: 'read', metadata: 'read', pull_requests: 'read' } });
  const ledgerKey = generateLedgerKey();
  const repository = await admin.createRepository({ ...name, author: ada, at: Date.now() - 30 * day, files: adoptedFiles(root, verifierKey(ledgerOrigin(name), ledgerKey)) });
  const { stdout: first } = await git('--git-dir', repository.gitDir, 'rev-parse', 'main');
  repository.activity.push({ id: 1, ref: 'refs/heads/main', before: '0'.repeat(40), after: first.trim(), actor: ada, timestamp: Date.now() - 30 * day, type: 'branch_creation' });
  admin.setRole(repository, ada, 'admin');
  admin.setRole(repository, ben, 'write');
  const adaToken = admin.createToken(ada);
  const people = { ada: personOf(url, 'ada', adaToken), ben: personOf(url, 'ben', admin.createToken(ben)) };
  await lock(people.ada, app.id);
  let clones = 0;
  return {
    root,
    simulator,
    repository,
    ...people,
    staging,
    app: app.id,
    secrets: { sallyport: { SALLYPORT_APP_ID: String(app.id), SALLYPORT_APP_KEY: privateKeyPem, SALLYPORT_LEDGER_KEY: ledgerKey }, staging: { DEPLOY_URL: staging, DEPLOY_TOKEN: randomBytes(12).toString('hex') } },
    checkout: async (ref) => {
      clones += 1;
      const place = join(folder, `clone-${clones}`);
      await git('clone', '--quiet', simulator.gitUrl(repository, adaToken), place);
      await git('-C', place, 'checkout', '--quiet', '--detach', ref);
      return place;
    },
    token: (permissions) => {
      const token = `ghs_${randomBytes(20).toString('hex')}`;
      simulator.world.tokens.set(token, { kind: 'job', repository: `${name.owner}/${name.name}`, runId: 0, permissions: { metadata: 'read', ...permissions }, revoked: false });
      return token;
    },
    readLedger: async () => {
      const client = createGitHubClient({ baseUrl: url, auth: { kind: 'token', token: adaToken }, userAgent: 'sallyport-act' });
      const outside = connectGitHub({ client, repository: name, localNow: () => simulator.clock.now() });
      const policy = await readPolicy(outside.policy);
      if (policy.state !== 'valid') throw new Error(`The policy is ${policy.state}.`);
      return readState(requireIntact(await openLedgerReader(outside.ledger, { policy: policy.current.sealed.value, repository: name }).read(), 'nothing can be said'));
    },
  };
}

/** A folder with this tree's bundle as the command `sallyport`, and an `npm` that installs nothing. */
export function commandPrograms(root: string, folder: string): string {
  const programs = join(folder, 'programs');
  cpSync(join(root, 'test/act/stand-ins/registry'), programs, { recursive: true });
  symlinkSync(join(root, 'packages/cli/dist/sallyport.mjs'), join(programs, 'sallyport'));
  return programs;
}

/** The shop after `sallyport init`, with the ledger's public key in the policy, as the printed next steps say. */
function adoptedFiles(root: string, key: string): Readonly<Record<string, string>> {
  const folder = adopt(shop, root);
  try {
    const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name))).filter((path) => !path.startsWith('.git/'));
    const files = Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
    const policy = files['.github/sallyport.yml']?.split('keys: []') ?? [];
    if (policy.length !== 2) throw new Error('The policy that init wrote has no place for the ledger’s key.');
    return { ...files, '.github/sallyport.yml': policy.join(`keys: ["${key}"]`) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const calledWorkflows = ['merge-gate', 'gatekeeper', 'audit'].map((name) => `.github/workflows/sallyport-${name}.yml`);

/** Sallyport's own actions from their bundles, and stand-ins for what is not ours, under the very names and commits that the workflows use. */
export function localActions(root: string, folder: string, workflows: readonly string[]): LocalActions {
  const own = join(folder, 'sallyport');
  cpSync(join(root, 'packages/cli/dist/demo/actions'), join(own, 'packages/actions'), { recursive: true });
  mkdirSync(join(own, '.github/workflows'), { recursive: true });
  for (const called of calledWorkflows) writeFileSync(join(own, called), forAct(readFileSync(join(root, called), 'utf8')));
  const uses = new Set(workflows.flatMap((text) => [...text.matchAll(/\buses: (\S+)@([0-9a-f]{40})\b/g)].map(([, path = '', commit = '']) => `${path.split('/').slice(0, 2).join('/')}@${commit}`)));
  // act copies the checkout itself.
  return new Map([...uses].filter((one) => !one.startsWith('actions/checkout@')).map((one) => [one, one.startsWith('sallyport/') ? own : join(root, 'test/act/stand-ins', one.slice('actions/'.length).split('@')[0] ?? '')]));
}

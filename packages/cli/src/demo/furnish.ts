import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { createEnforcementSource, createEnforcementWriter, createGitHubClient } from '@sallyport/github';
import { newSigningKey, verifierKey } from '@sallyport/ledger';
import { ledgerOrigin, planSetup } from '@sallyport/pipeline';
import type { Policy } from '@sallyport/policy';
import type { Repository } from '@sallyport/simulator';
import { parsePolicyText } from '../policy-file.ts';
import type { Person } from './person.ts';
import { repository } from './scene.ts';
import type { Scene } from './scene.ts';

/** Where the repository's files lie: the sample application and the workflow files. */
export type Material = { readonly shop: string; readonly workflows: string };

const appPermissions = { actions: 'read', checks: 'write', contents: 'write', deployments: 'read', issues: 'write', members: 'read', metadata: 'read', pull_requests: 'read' } as const;

/** What a platform engineer does once: policy, App, keys, rulesets, environments. */
export async function furnish(scene: Scene, material: Material): Promise<void> {
  const { simulator, people, keeper } = scene;
  const { admin, url } = simulator;
  const { app, privateKeyPem } = admin.createApp({ slug: keeper, permissions: appPermissions });
  const ledgerKey = newSigningKey();
  const files = await repositoryFiles(material, verifierKey(ledgerOrigin(repository), ledgerKey));
  const shop = await foundRepository(scene, files);
  await lock(url, people.olga, app.id, parsePolicyText(files['.github/sallyport.yml'] ?? '', 'the policy of the story').sealed.value);
  admin.setSecret(shop, 'SALLYPORT_APP_ID', String(app.id), 'sallyport');
  admin.setSecret(shop, 'SALLYPORT_APP_KEY', privateKeyPem, 'sallyport');
  admin.setSecret(shop, 'SALLYPORT_LEDGER_KEY', ledgerKey, 'sallyport');
  keepDeployAccess(scene, shop);
}

/** The repository with these files, olga its administrator, everybody else a writer. */
export async function foundRepository({ simulator, people }: Scene, files: Readonly<Record<string, string>>): Promise<Repository> {
  const { admin, world } = simulator;
  const user = (person: Person) => {
    const found = world.users.get(person.login);
    if (found === undefined) throw new Error(`${person.login} is nobody`);
    return found;
  };
  const shop = await admin.createRepository({ ...repository, author: user(people.olga), files });
  for (const person of Object.values(people)) admin.setRole(shop, user(person), person.login === 'olga' ? 'admin' : 'write');
  return shop;
}

/** Puts what a deploy needs into its environment, and nowhere else. */
export function keepDeployAccess({ simulator: { admin }, deploy }: Scene, shop: Repository): void {
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

async function repositoryFiles({ shop, workflows }: Material, ledgerVerifierKey: string): Promise<Record<string, string>> {
  const files = await readTree(shop);
  for (const name of (await readdir(workflows)).filter((one) => one.endsWith('.yml'))) {
    const text = await readFile(join(workflows, name), 'utf8');
    if (name === 'sallyport.yml') files['.github/sallyport.yml'] = withLedgerKey(text, ledgerVerifierKey);
    else files[`.github/workflows/${name}`] = text;
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

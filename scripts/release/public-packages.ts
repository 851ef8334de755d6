import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const dependencies = z.record(z.string(), z.string()).optional();

/** What the release reads of a package.json; the rest is npm's business. */
const manifest = z.looseObject({
  name: z.string(),
  version: z.string(),
  private: z.boolean().optional(),
  description: z.string().optional(),
  license: z.string().optional(),
  type: z.string().optional(),
  repository: z.looseObject({ url: z.string(), directory: z.string() }).optional(),
  engines: z.record(z.string(), z.string()).optional(),
  bin: z.record(z.string(), z.string()).optional(),
  scripts: z.record(z.string(), z.string()).optional(),
  publishConfig: z.looseObject({ access: z.string().optional(), provenance: z.boolean().optional() }).optional(),
  dependencies,
  devDependencies: dependencies,
  peerDependencies: dependencies,
  optionalDependencies: dependencies,
});
export type Manifest = z.infer<typeof manifest>;

export type PublicPackage = { /** From the root of the repository, e.g. `packages/cli`. */ readonly folder: string; readonly manifest: Manifest };

/** The packages of the repository that are not private, each after those that it is made of. */
export function readPublicPackages(root: string): readonly PublicPackage[] {
  const all = readdirSync(join(root, 'packages'))
    .map((name) => `packages/${name}`)
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => ({ folder, manifest: manifest.parse(JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))) }));
  return inOrder(all.filter(({ manifest }) => manifest.private !== true));
}

function inOrder(packages: readonly PublicPackage[]): readonly PublicPackage[] {
  const done = new Set<PublicPackage>();
  const add = (one: PublicPackage): void => {
    if (done.has(one)) return;
    for (const other of packages) if (other !== one && uses(one.manifest, other.manifest.name)) add(other);
    done.add(one);
  };
  for (const one of [...packages].sort((a, b) => (a.manifest.name < b.manifest.name ? -1 : 1))) add(one);
  return [...done];
}

const uses = (manifest: Manifest, name: string): boolean => [manifest.dependencies, manifest.devDependencies].some((names) => names !== undefined && name in names);

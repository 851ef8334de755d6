import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { readPublicPackages } from './public-packages.ts';
import type { PublicPackage } from './public-packages.ts';
import { ReleaseError } from './release-error.ts';
import { runCommand } from './run-command.ts';

const listing = z.tuple([z.object({ filename: z.string().min(1), files: z.array(z.object({ path: z.string(), size: z.number(), mode: z.number() })) })]);

export type PackedFile = { /** Inside the package. */ readonly path: string; readonly sizeBytes: number; /** As chmod takes it. */ readonly mode: number };
export type PackedPackage = PublicPackage & { readonly tarball: string; readonly files: readonly PackedFile[]; /** 64 hex digits. */ readonly sha256: string; /** As npm writes it: `sha512-` and base64. */ readonly integrity: string };

/** Packs every public package of the repository into `into`, from the bundles that are there. Runs no script of a package. */
export function packPackages(root: string, into: string): Promise<readonly PackedPackage[]> {
  return Promise.all(readPublicPackages(root).map((one) => packPackage(root, one, into)));
}

async function packPackage(root: string, one: PublicPackage, into: string): Promise<PackedPackage> {
  const printed = await runCommand('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', into], { cwd: join(root, one.folder) });
  const parsed = listing.safeParse(parseJson(printed));
  if (!parsed.success) throw new ReleaseError('not-packed', `\`npm pack --json\` in ${one.folder} did not print the one package that was expected.`, { next: 'Run it there by hand; npm 10 and 11 are known to work.' });
  const [{ filename, files }] = parsed.data;
  const tarball = join(into, filename);
  const bytes = readFileSync(tarball);
  return { ...one, tarball, files: files.map(({ path, size, mode }) => ({ path, sizeBytes: size, mode })), sha256: createHash('sha256').update(bytes).digest('hex'), integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

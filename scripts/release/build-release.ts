import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Builder } from './builder.ts';
import { gitIn } from './git.ts';
import type { Git } from './git.ts';
import type { PackedPackage } from './pack-packages.ts';
import { packageProblems } from './package-problems.ts';
import { pinWorkflows } from './pin-workflows.ts';
import { pendingChangesets, readVersion } from './readiness.ts';
import { bundleFiles, commitRelease } from './release-commit.ts';
import type { ReleaseCommit } from './release-commit.ts';
import { ReleaseError } from './release-error.ts';

export type Digest = { /** From the top of the repository, or the tarball's name. */ readonly name: string; /** 64 hex digits. */ readonly sha256: string };

export type BuiltRelease = ReleaseCommit & {
  readonly version: string;
  /** The commit of the branch that was built. */
  readonly source: string;
  /** A clone that holds the commit, the tag's object and the bundles. */
  readonly folder: string;
  readonly packages: readonly PackedPackage[];
  readonly bundles: readonly Digest[];
  readonly lockFile: Digest;
};

export type BuildRequest = { readonly root: string; readonly source: string; /** Does not exist yet. */ readonly folder: string; readonly builder: Builder; /** The release of this version that there is already, if it is this one; throws if it is another. */ readonly settle: (made: ReleaseCommit, version: string) => Promise<ReleaseCommit>; readonly progress: (text: string) => void };

/** Builds `source` in a new clone. Changes nothing outside `folder`; what changes a tracked file while it is built is refused. */
export async function buildRelease({ root, source, folder, builder, settle, progress }: BuildRequest): Promise<BuiltRelease> {
  mkdirSync(folder, { recursive: true });
  const git = gitIn(folder);
  await git(['clone', '--quiet', '--no-checkout', '--no-tags', '--', root, '.']);
  await git(['checkout', '--quiet', '--detach', source]);
  progress(`installing the dependencies of ${source.slice(0, 12)}`);
  await builder.install(folder);
  const pending = pendingChangesets(folder);
  if (pending.length > 0) {
    await endHistory(git, folder);
    await builder.takeOverChangesets(folder);
  }
  const version = readVersion(folder);
  progress(`building ${version}`);
  await builder.bundleActions(folder);
  await refuseChanges(folder, pending.length > 0);
  const release = await settle(await commitRelease(git, folder, { source, version }), version);
  await builder.bundleCommand(folder);
  pinWorkflows(folder, { commit: release.commit, version });
  const packages = await builder.pack(folder, tarballsIn(folder));
  const problems = packages.flatMap((one) => packageProblems({ ...one, read: (path) => readFileSync(join(folder, one.folder, path), 'utf8') }));
  if (problems.length > 0) throw new ReleaseError('not-packed', problems.join('\n'), { next: 'Put that right on the branch; `npm run lint:packages` shows the same.' });
  return { ...release, version, source, folder, packages, bundles: bundleFiles(folder).map((name) => digestOf(folder, name)), lockFile: digestOf(folder, 'package-lock.json') };
}

/**
 * Of a shallow checkout the history is taken to begin where it was cut off: changesets would ask for more of it for ever, and the clone's source has no more.
 * Only a dry run comes here; a release from a shallow checkout is refused.
 */
async function endHistory(git: Git, folder: string): Promise<void> {
  const cuts = join(folder, '.git/shallow');
  if (!existsSync(cuts)) return;
  for (const commit of readFileSync(cuts, 'utf8').trim().split('\n')) await git(['replace', '--graft', commit]);
  rmSync(cuts);
}

function tarballsIn(folder: string): string {
  const tarballs = join(folder, 'dist/tarballs');
  mkdirSync(tarballs, { recursive: true });
  return tarballs;
}

/** Only changesets that were taken over in a dry run may make the tree another than the one that merged. */
async function refuseChanges(folder: string, versioned: boolean): Promise<void> {
  const changed = versioned ? '' : await gitIn(folder)(['status', '--porcelain']);
  if (changed !== '') throw new ReleaseError('not-ready', `Building changed files that are committed:\n${changed}`, { next: 'Commit what the build makes of them, or let it leave them alone; what is released is what merged.' });
}

const digestOf = (folder: string, name: string): Digest => ({ name, sha256: createHash('sha256').update(readFileSync(join(folder, name))).digest('hex') });

/** Everything that has to be the same wherever it is built, by name. */
export function identityOf({ version, commit, tree, tagObject, packages, bundles }: BuiltRelease): ReadonlyMap<string, string> {
  return new Map([
    ['version', version],
    ['tree', tree],
    ['commit', commit],
    ['tag', tagObject],
    ...bundles.map(({ name, sha256 }) => [name, sha256] as const),
    ...packages.map(({ tarball, sha256 }) => [tarball.split(/[\\/]/).at(-1) ?? '', sha256] as const),
  ]);
}

/** Throws when two builds of one commit differ in a byte, and says where. */
export function compareBuilds(one: BuiltRelease, other: BuiltRelease): number {
  const [first, second] = [identityOf(one), identityOf(other)];
  const differing = [...new Set([...first.keys(), ...second.keys()])].filter((name) => first.get(name) !== second.get(name));
  if (differing.length === 0) return first.size;
  throw new ReleaseError('not-packed', `Two clones of ${one.source} gave different bytes:\n${differing.map((name) => `  ${name}: ${first.get(name) ?? 'missing'} and ${second.get(name) ?? 'missing'}`).join('\n')}`, { next: 'Find what a tool took from its folder, the time or the order of files; nothing is released that cannot be built again.' });
}

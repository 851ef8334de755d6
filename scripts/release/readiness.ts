import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Git } from './git.ts';
import { readPublicPackages } from './public-packages.ts';
import { ReleaseError } from './release-error.ts';
import { readRemoteRefs } from './remote-refs.ts';
import type { RemoteRefs } from './remote-refs.ts';

/** What is checked out, and the remote. */
export type Readiness = {
  readonly head: string;
  readonly remote: RemoteRefs;
  /** Why nothing may be released from here, a sentence each; none: it may. */
  readonly problems: readonly string[];
};

type Where = { readonly root: string; readonly remote: string; readonly branch: string };

/** Reads only. A remote that cannot be read is a problem, never an empty one. */
export async function readReadiness(git: Git, { root, remote: name, branch }: Where): Promise<Readiness> {
  const head = await git(['rev-parse', 'HEAD']);
  const changed = await git(['status', '--porcelain']);
  const shallow = (await git(['rev-parse', '--is-shallow-repository'])) === 'true';
  const pending = pendingChangesets(root);
  const read = await readRemote(git, name, branch);
  const remote = read.refs ?? { head: null, tags: new Map() };
  return {
    head,
    remote,
    problems: [
      ...(changed === '' ? [] : [`The checkout has changes that are not committed:\n${changed}\nCommit or remove them; the release is built from the commit.`]),
      ...(shallow ? ['The checkout is shallow, so the changelog could name the wrong commits. Fetch the whole history: `git fetch --unshallow`.'] : []),
      ...(pending.length === 0 ? [] : [`${pending.length} changesets are not taken over yet. Run \`npm run release:version\`, let what it writes be reviewed and merged into ${branch}, and release that.`]),
      ...(read.refs === null ? [`${name} could not be read, so nobody knows what is released already: ${read.said}`] : await placeProblems(git, { head, remote, branch, version: readVersion(root) })),
    ],
  };
}

/** The one version of all public packages. */
export function readVersion(root: string): string {
  const packages = readPublicPackages(root);
  const versions = [...new Set(packages.map(({ manifest }) => manifest.version))];
  const [version] = versions;
  if (version === undefined) throw new ReleaseError('not-ready', 'No package here is public, so there is nothing to release.', { next: 'Remove "private" from the package.json of what is to be published.' });
  if (versions.length > 1) throw new ReleaseError('not-ready', `The public packages have different versions: ${packages.map(({ manifest }) => `${manifest.name} ${manifest.version}`).join(', ')}.`, { next: 'They are released together; .changeset/config.json names them under "fixed". Give them one version.' });
  return version;
}

export const pendingChangesets = (root: string): readonly string[] => readdirSync(join(root, '.changeset')).filter((name) => name.endsWith('.md') && name !== 'README.md');

async function readRemote(git: Git, remote: string, branch: string): Promise<{ readonly refs: RemoteRefs; readonly said: null } | { readonly refs: null; readonly said: string }> {
  try {
    return { refs: await readRemoteRefs(git, remote, branch), said: null };
  } catch (error) {
    return { refs: null, said: error instanceof Error ? error.message : String(error) };
  }
}

type Place = { readonly head: string; readonly remote: RemoteRefs; readonly branch: string; readonly version: string };

/** A new release is the head of the branch. One that was begun is finished from the commit that it was begun on. */
async function placeProblems(git: Git, { head, remote, branch, version }: Place): Promise<readonly string[]> {
  if (remote.head === null) return [`The remote has no branch ${branch}.`];
  if (head === remote.head) return [];
  const isOlder = (await git.ask(['merge-base', '--is-ancestor', head, remote.head])).status === 0;
  if (isOlder && remote.tags.has(`v${version}`)) return [];
  return [`${head.slice(0, 12)} is checked out, and ${branch} of the remote is at ${remote.head.slice(0, 12)}. Only what merged is released: check out ${branch} and pull${isOlder ? `. (To finish a release that was begun, its tag v${version} has to be there.)` : '.'}`];
}

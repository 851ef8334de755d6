import { createHash } from 'node:crypto';
import { digestOf, trustedTime } from '@sallyport/gates';
import type { Digest } from '@sallyport/gates';
import semver from 'semver';
import type { LedgerWriter } from './ledger-access.ts';
import { readState } from './ledger-state.ts';
import type { Outside } from './ports.ts';
import { OutsideError } from './outside-error.ts';
import { requireIntact } from './require-intact.ts';

export type BuildFile = { readonly name: string; readonly bytes: Uint8Array };

export type BuildToRegister = {
  readonly version: string;
  readonly commit: string;
  /** Path of the workflow that made it, e.g. `.github/workflows/build.yml`. */
  readonly workflow: string;
  readonly runId: number;
  readonly files: readonly BuildFile[];
};

export type Registration =
  | { readonly state: 'registered' | 'already-registered'; readonly digest: Digest; readonly release: string; readonly version: string }
  | { readonly state: 'refused'; readonly problems: readonly string[] };

/** Keeps a build's files under the release `build/<version>` and records their digests. The record comes last: it alone makes the build promotable. */
export async function registerBuild(outside: Pick<Outside, 'builds' | 'clock'>, ledger: LedgerWriter, build: BuildToRegister): Promise<Registration> {
  const problems = problemsOf(build);
  if (problems.length > 0) return { state: 'refused', problems };
  const release = `build/${build.version}`;
  const artifacts = build.files.map(({ name, bytes }) => ({ name, digest: sha256(bytes), sizeBytes: bytes.byteLength })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const digest = buildDigest({ version: build.version, commit: build.commit, artifacts });

  const state = readState(requireIntact(await ledger.read(), 'nothing can be registered'));
  if (state.builds.has(digest)) return { state: 'already-registered', digest, release, version: build.version };
  const taken = [...state.builds.values()].find(({ version }) => version === build.version);
  if (taken !== undefined) {
    return { state: 'refused', problems: [`Version ${build.version} is taken by build ${taken.digest} of commit ${taken.commit}. A version names one build for ever; raise the version and build again.`] };
  }
  await outside.builds.publish(release, build.commit, build.files);
  const at = trustedTime(await outside.clock.read());
  if (at === null) throw new OutsideError('malformed-answer', "GitHub's clock could not be read, or this machine's is more than a minute off, so the build is not registered. Correct the clock and run this again.", { retryable: true });
  const { version, commit, workflow, runId } = build;
  await ledger.append([{ key: `build:${digest}`, body: { type: 'build-registered', digest, version, commit, artifacts, workflow, runId, release } }], { at });
  return { state: 'registered', digest, release, version };
}

/** The identity of a build: a digest over its version, commit and artifacts. */
export const buildDigest = (build: { readonly version: string; readonly commit: string; readonly artifacts: readonly { readonly name: string; readonly digest: string; readonly sizeBytes: number }[] }): Digest =>
  digestOf({ version: build.version, commit: build.commit, artifacts: build.artifacts });

export const sha256 = (bytes: Uint8Array): Digest => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

function problemsOf({ version, files }: BuildToRegister): readonly string[] {
  const problems: string[] = [];
  if (semver.valid(version) !== version) problems.push(`"${version}" is not a semantic version (https://semver.org), e.g. 1.8.0-rc.3.`);
  if (files.length === 0) problems.push('A build needs at least one file. Check the `files` input.');
  const names = new Set<string>();
  for (const { name } of files) {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) problems.push(`"${name}" cannot be kept: file names may hold letters, digits, dot, underscore and hyphen.`);
    if (names.has(name)) problems.push(`Two files are called "${name}".`);
    names.add(name);
  }
  return problems;
}

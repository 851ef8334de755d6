import { digestOf, trustedTime } from '@sallyport/gates';
import type { Artifact, Digest, ImageArtifact } from '@sallyport/gates';
import semver from 'semver';
import type { LedgerWriter } from './ledger-access.ts';
import { readState } from './ledger-state.ts';
import type { Outside, RepositoryFact } from './ports.ts';
import { OutsideError } from './outside-error.ts';
import { parseImageReference } from './parse-image-reference.ts';
import type { TrustRoot } from './provenance/parse-trust-root.ts';
import { verifyProvenance } from './provenance/verify-provenance.ts';
import { requireIntact } from './require-intact.ts';
import { sha256 } from './sha256.ts';

export type BuildFile = { readonly name: string; readonly bytes: Uint8Array };

export type BuildToRegister = {
  readonly version: string;
  readonly commit: string;
  /** Path of the workflow that made it, e.g. `.github/workflows/build.yml`. */
  readonly workflow: string;
  readonly runId: number;
  readonly files: readonly BuildFile[];
  /** Each as `ghcr.io/acme/shop@sha256:…`; they stay in their registries. */
  readonly images?: readonly string[];
};

/** What the policy asks of a build's signature: nothing, or that `bundle` is one by the build workflow. null: nobody gave any. */
export type ProvenanceTerms = 'none' | { readonly bundle: Uint8Array | null; readonly repository: RepositoryFact; readonly root: TrustRoot };

export type Registration =
  | { readonly state: 'registered' | 'already-registered'; readonly digest: Digest; readonly release: string; readonly version: string }
  | { readonly state: 'refused'; readonly problems: readonly string[] };

/**
 * Keeps a build's files under the release `build/<version>`, with the signature over files and images where the policy requires one, and
 * records their digests. Images are named, not looked at. The record comes last: it alone makes the build promotable. A signature that is not believed registers nothing.
 */
export async function registerBuild(outside: Pick<Outside, 'builds' | 'clock'>, ledger: LedgerWriter, build: BuildToRegister, terms: ProvenanceTerms): Promise<Registration> {
  const { images, problems: wrongImages } = imagesOf(build);
  const problems = [...problemsOf(build), ...wrongImages];
  if (problems.length > 0) return { state: 'refused', problems };
  const release = `build/${build.version}`;
  const artifacts = artifactsOf(build.files, images);
  const digest = buildDigest({ version: build.version, commit: build.commit, artifacts });

  const state = readState(requireIntact(await ledger.read(), 'nothing can be registered'));
  if (state.builds.has(digest)) return { state: 'already-registered', digest, release, version: build.version };
  const taken = [...state.builds.values()].find(({ version }) => version === build.version);
  if (taken !== undefined) {
    return { state: 'refused', problems: [`Version ${build.version} is taken by build ${taken.digest} of commit ${taken.commit}. A version names one build for ever; raise the version and build again.`] };
  }
  const signed = terms === 'none' ? null : await signatureOf(build, artifacts, terms);
  if (signed?.state === 'refused') return signed;
  await outside.builds.publish(release, build.commit, signed === null ? build.files : [...build.files, signed.file]);
  const at = trustedTime(await outside.clock.read());
  if (at === null) throw new OutsideError('malformed-answer', "GitHub's clock could not be read, or this machine's is more than a minute off, so the build is not registered. Correct the clock and run this again.", { retryable: true });
  const { version, commit, workflow, runId } = build;
  const provenance = signed === null ? {} : { provenance: { name: signed.file.name, digest: sha256(signed.file.bytes), sizeBytes: signed.file.bytes.byteLength } };
  await ledger.append([{ key: `build:${digest}`, body: { type: 'build-registered', digest, version, commit, artifacts, workflow, runId, release, ...provenance } }], { at });
  return { state: 'registered', digest, release, version };
}

type Signed = { readonly state: 'signed'; readonly file: BuildFile };

/** The name carries the digest: a registration that broke off does not stand in the way of the next one's signature. */
async function signatureOf({ commit, workflow, files }: BuildToRegister, artifacts: readonly Artifact[], { bundle, repository, root }: Exclude<ProvenanceTerms, 'none'>): Promise<Signed | Extract<Registration, { readonly state: 'refused' }>> {
  if (bundle === null) return { state: 'refused', problems: ['The policy requires signed provenance, and none was given. Sign the files and images with actions/attest-build-provenance in the build workflow and give the bundle as `provenance`.'] };
  const verdict = await verifyProvenance(bundle, artifacts, { signer: { repository, branch: repository.defaultBranch, workflow, commit }, root });
  if (verdict.state === 'refused') return { state: 'refused', problems: [`The provenance is not believed (${verdict.code}): ${verdict.problem}`] };
  const name = `provenance-${verdict.bundle.slice('sha256:'.length, 'sha256:'.length + 16)}.sigstore.json`;
  if (files.some((file) => file.name === name)) return { state: 'refused', problems: [`A file is called "${name}", which is the name that its signature is kept under.`] };
  return { state: 'signed', file: { name, bytes: bundle } };
}

/** The identity of a build: a digest over its version, commit and artifacts, in the order of the record: files by name, then images by name. */
export const buildDigest = (build: { readonly version: string; readonly commit: string; readonly artifacts: readonly Artifact[] }): Digest =>
  digestOf({ version: build.version, commit: build.commit, artifacts: build.artifacts });

function artifactsOf(files: readonly BuildFile[], images: readonly ImageArtifact[]): Artifact[] {
  const kept = files.map(({ name, bytes }) => ({ name, digest: sha256(bytes), sizeBytes: bytes.byteLength })).sort((a, b) => (a.name < b.name ? -1 : 1));
  return [...kept, ...images.toSorted((a, b) => (a.image < b.image ? -1 : 1))];
}

const mostImages = 100;

function imagesOf({ images: given = [] }: BuildToRegister): { readonly images: readonly ImageArtifact[]; readonly problems: readonly string[] } {
  if (given.length > mostImages) return { images: [], problems: [`${given.length} images are given; a build has at most ${mostImages}.`] };
  const readings = given.map((text, index) => parseImageReference(text, `Image ${index + 1}`));
  const images = readings.flatMap((reading) => (reading.state === 'read' ? [reading.image] : []));
  const twice = new Set(images.filter(({ image }, index) => images.findIndex((other) => other.image === image) < index).map(({ image }) => image));
  return { images, problems: [...readings.flatMap((reading) => (reading.state === 'refused' ? [reading.problem] : [])), ...[...twice].map((image) => `Two images are called "${image}". A deploy could not tell which one to run; give each name once.`)] };
}

function problemsOf({ version, files, images = [] }: BuildToRegister): readonly string[] {
  const problems: string[] = [];
  if (semver.valid(version) !== version) problems.push(`"${version}" is not a semantic version (https://semver.org), e.g. 1.8.0-rc.3.`);
  if (files.length + images.length === 0) problems.push('A build needs at least one file or image. Check the inputs `files` and `images`.');
  const names = new Set<string>();
  for (const { name } of files) {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) problems.push(`"${name}" cannot be kept: file names may hold letters, digits, dot, underscore and hyphen.`);
    if (names.has(name)) problems.push(`Two files are called "${name}".`);
    names.add(name);
  }
  return problems;
}

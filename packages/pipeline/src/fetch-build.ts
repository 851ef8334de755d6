import { imageReference } from '@sallyport/gates';
import type { RegisteredBuild } from './ledger-state.ts';
import type { BuildStore } from './ports.ts';
import { sha256 } from './sha256.ts';
import type { BuildFile } from './register-build.ts';

/** `images`: what to pull, each as `ghcr.io/acme/shop@sha256:…`. */
export type FetchedBuild = { readonly state: 'fetched'; readonly files: readonly BuildFile[]; readonly images: readonly string[] } | { readonly state: 'refused'; readonly problems: readonly string[] };

/**
 * Fetches every file of a build and compares it with the digest in the ledger (L2). One wrong byte refuses the whole. Images are not fetched:
 * whoever pulls one by the digest in its reference gets the bytes that were registered, or none.
 */
export async function fetchBuild(store: Pick<BuildStore, 'fetch'>, build: RegisteredBuild): Promise<FetchedBuild> {
  const files: BuildFile[] = [];
  const images: string[] = [];
  const problems: string[] = [];
  for (const artifact of build.artifacts) {
    if ('image' in artifact) {
      images.push(imageReference(artifact));
      continue;
    }
    const bytes = await store.fetch(build.release, artifact.name);
    if (bytes === null) {
      problems.push(`${artifact.name} is no longer kept under release ${build.release}. Build and stage again; there is no other copy that the ledger vouches for.`);
    } else if (sha256(bytes) !== artifact.digest) {
      problems.push(`${artifact.name} has digest ${sha256(bytes)}, but build ${build.version} was registered with ${artifact.digest}. Someone replaced the file; it is not deployed.`);
    } else {
      files.push({ name: artifact.name, bytes });
    }
  }
  return problems.length === 0 ? { state: 'fetched', files, images } : { state: 'refused', problems };
}

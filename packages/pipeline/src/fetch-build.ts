import type { RegisteredBuild } from './ledger-state.ts';
import type { BuildStore } from './ports.ts';
import { sha256 } from './sha256.ts';
import type { BuildFile } from './register-build.ts';

export type FetchedBuild = { readonly state: 'fetched'; readonly files: readonly BuildFile[] } | { readonly state: 'refused'; readonly problems: readonly string[] };

/** Fetches every artifact of a build and compares it with the digest in the ledger (L2). One wrong byte refuses the whole. */
export async function fetchBuild(store: Pick<BuildStore, 'fetch'>, build: RegisteredBuild): Promise<FetchedBuild> {
  const files: BuildFile[] = [];
  const problems: string[] = [];
  for (const artifact of build.artifacts) {
    const bytes = await store.fetch(build.release, artifact.name);
    if (bytes === null) {
      problems.push(`${artifact.name} is no longer kept under release ${build.release}. Build and stage again; there is no other copy that the ledger vouches for.`);
    } else if (sha256(bytes) !== artifact.digest) {
      problems.push(`${artifact.name} has digest ${sha256(bytes)}, but build ${build.version} was registered with ${artifact.digest}. Someone replaced the file; it is not deployed.`);
    } else {
      files.push({ name: artifact.name, bytes });
    }
  }
  return problems.length === 0 ? { state: 'fetched', files } : { state: 'refused', problems };
}

import type { LedgerState, RegisteredBuild } from '@sallyport/pipeline';
import { InputError } from './input-error.ts';
import { plain } from './render/plain.ts';

/** A registered build by version, digest or the first 12 or more hex digits of its digest. Throws InputError when none or several fit. */
export function findBuild(state: LedgerState, name: string): RegisteredBuild {
  const builds = [...state.builds.values()];
  const byVersion = builds.filter(({ version }) => version === name);
  const prefix = /^(?:sha256:)?([0-9a-f]{12,64})$/.exec(name)?.[1];
  const found = byVersion.length > 0 || prefix === undefined ? byVersion : builds.filter(({ digest }) => digest.startsWith(`sha256:${prefix}`));
  const [build, other] = found;
  if (build !== undefined && other === undefined) return build;
  if (build !== undefined) throw new InputError(`"${plain(name)}" fits ${found.length} builds: ${found.map(({ version, digest }) => `${version} (${digest})`).join(', ')}.`, { next: 'Give more of the digest.' });
  const newest = builds.slice(-5).reverse().map(({ version, digest }) => `${version} (${digest.slice(0, 'sha256:'.length + 12)})`);
  throw new InputError(`The ledger has no build "${plain(name)}".`, {
    next: newest.length === 0 ? 'No build is registered yet: the build workflow does that with the action register-build.' : `Give a version, a digest or at least 12 hex digits of one. The newest builds are ${newest.join(', ')}.`,
  });
}

import semver from 'semver';
import type { Published } from './registry.ts';

export type ReleaseFacts = {
  readonly version: string;
  readonly commit: string;
  readonly tagObject: string;
  /** The object of the tag `v<version>` on the remote; null: there is none. Another release of this version was refused before. */
  readonly existingTag: string | null;
  /** The tag `v<major>` on the remote. */
  readonly majorTag: { readonly object: string; readonly commit: string } | null;
  /** Versions that the remote has tags of. */
  readonly released: readonly string[];
  /** In the order in which they have to be published. */
  readonly packages: readonly { readonly name: string; readonly tarball: string; readonly integrity: string; readonly published: Published }[];
};

export type Step =
  | { readonly step: 'push-tag'; readonly tag: string; readonly object: string; readonly commit: string; readonly state: 'to-do' | 'done' }
  | { readonly step: 'publish'; readonly name: string; readonly version: string; readonly tarball: string; readonly distTag: string; readonly state: 'to-do' | 'done' }
  /** The only thing that is forced, and only from what was seen. */
  | { readonly step: 'move-tag'; readonly tag: string; readonly from: string | null; readonly commit: string; readonly state: 'to-do' | 'done' | 'not-the-newest' | 'prerelease' };

export type ReleasePlan = { readonly steps: readonly Step[]; /** Why it may not be carried out. */ readonly problems: readonly string[] };

/**
 * What is left to do, in the order in which it is done: the tag that never moves, the packages, and last the tag that everybody follows. A crash
 * between two of them leaves nobody with half a release.
 */
export function planRelease(facts: ReleaseFacts): ReleasePlan {
  const distTag = distTagFor(facts);
  return {
    steps: [
      { step: 'push-tag', tag: `v${facts.version}`, object: facts.tagObject, commit: facts.commit, state: facts.existingTag === facts.tagObject ? 'done' : 'to-do' },
      ...facts.packages.map(({ name, tarball, published }): Step => ({ step: 'publish', name, version: facts.version, tarball, distTag, state: published.state === 'there' ? 'done' : 'to-do' })),
      planMajorTag(facts),
    ],
    problems: facts.packages.flatMap(({ name, integrity, published }) => packageProblem(`${name}@${facts.version}`, integrity, published)),
  };
}

function packageProblem(spec: string, integrity: string, published: Published): readonly string[] {
  switch (published.state) {
    case 'absent':
      return [];
    case 'unknown':
      return [`Nobody knows whether ${spec} is published: ${published.said}. Run this again when the registry answers.`];
    case 'there':
      return published.integrity === integrity ? [] : [`${spec} is published with other bytes (${published.integrity} instead of ${integrity}). A published version is never replaced: find out who published it, and release a new version.`];
    default:
      return published satisfies never;
  }
}

function planMajorTag({ version, commit, majorTag, released }: ReleaseFacts): Step {
  const tag = `v${semver.major(version)}`;
  const move = { step: 'move-tag', tag, from: majorTag?.object ?? null, commit } as const;
  if (semver.prerelease(version) !== null) return { ...move, state: 'prerelease' };
  if (majorTag?.commit === commit) return { ...move, state: 'done' };
  const newer = released.some((other) => semver.major(other) === semver.major(version) && semver.prerelease(other) === null && semver.gt(other, version));
  return { ...move, state: newer ? 'not-the-newest' : 'to-do' };
}

/** `latest` is what `npm install sallyport` gives, so it never goes back and never becomes a prerelease. */
function distTagFor({ version, released }: ReleaseFacts): string {
  if (semver.prerelease(version) !== null) return 'next';
  const newer = released.some((other) => semver.prerelease(other) === null && semver.gt(other, version));
  return newer ? `release-${semver.major(version)}` : 'latest';
}

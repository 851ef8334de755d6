import { plainVersion } from '@sallyport/pipeline';
import semver from 'semver';
import { readBump } from './read-bump.ts';
import type { Bump } from './read-bump.ts';

export type VersionQuestion = {
  /** What the last environment runs; null: nothing was released yet. */
  readonly released: string | null;
  /** Versions of the builds that are registered: each names one build for ever. */
  readonly taken: readonly string[];
  /** Messages of the commits since what was released. */
  readonly messages: readonly string[];
};

export type NextVersion = {
  readonly version: string;
  /** The version that it is on its way to: a prerelease goes before it (semver.org 2.0.0, section 11). */
  readonly plain: string;
  /** Null for the first of all. */
  readonly bump: Bump | null;
};

/** Where semver's own questions and answers tell to begin. */
const first = '0.1.0';
const prerelease = 'rc';
const order: readonly Bump[] = ['patch', 'minor', 'major'];

/**
 * The version of the next build: what the commits ask for over what was released, as the next prerelease that is free. It is never
 * older than a build that was registered since, which staging may run. Below 1.0.0 a breaking change raises the minor version.
 */
export function nextVersion({ released, taken, messages }: VersionQuestion): NextVersion {
  const bump = released === null ? null : strongest(messages.map(readBump));
  const wanted = released === null || bump === null ? first : raise(plainVersion(released), bump);
  const versions = taken.flatMap((version) => semver.parse(version) ?? []);
  const plain = versions.reduce((sofar, version) => later(sofar, version), wanted);
  const numbers = versions.filter((version) => plainVersion(version.version) === plain && version.prerelease[0] === prerelease).map(({ prerelease: [, number] }) => (typeof number === 'number' ? number : 0));
  return { version: `${plain}-${prerelease}.${Math.max(0, ...numbers) + 1}`, plain, bump };
}

const strongest = (bumps: readonly Bump[]): Bump => order[Math.max(0, ...bumps.map((bump) => order.indexOf(bump)))] ?? 'patch';

function raise(plain: string, bump: Bump): string {
  const raised = semver.inc(plain, semver.major(plain) === 0 && bump === 'major' ? 'minor' : bump);
  if (raised === null) throw new RangeError(`${plain} cannot be raised.`);
  return raised;
}

/** Where a build of a later version is registered, its version is gone on with; where that is plain, or no prerelease of ours could follow it, with the one after it. */
function later(plain: string, taken: semver.SemVer): string {
  const own = plainVersion(taken.version);
  const isOver = taken.prerelease.length === 0 || semver.gte(taken, `${own}-${prerelease}.${Number.MAX_SAFE_INTEGER}`);
  const least = isOver ? raise(own, 'patch') : own;
  return semver.gt(least, plain) ? least : plain;
}

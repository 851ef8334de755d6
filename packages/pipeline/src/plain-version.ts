import semver from 'semver';

/** The version that a build's is on its way to: 1.8.0 for 1.8.0-rc.3 (semver.org 2.0.0, section 11). Throws RangeError for what is no semantic version. */
export function plainVersion(version: string): string {
  const parsed = semver.parse(version);
  if (parsed === null) throw new RangeError(`${version} is no semantic version.`);
  return `${parsed.major}.${parsed.minor}.${parsed.patch}`;
}

import type { RawGroup, Report } from './raw-file.ts';

/** A trust root that nothing is checked against would only look as if it were. */
export function checkBuild(build: RawGroup | null, report: Report): void {
  if (build?.['provenance'] !== 'none' || build['trust-root'] === undefined) return;
  report('trust-root-unused', ['build', 'trust-root'], 'build.trust-root says whose signatures count, and build.provenance: none asks for no signature; remove one of them.');
}

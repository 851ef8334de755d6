import { renderPath } from '@sallyport/policy';
import { describeInstant } from '../describe-instant.ts';
import { zoneRevisionsWithin } from '../zone-revisions.ts';
import type { LintFinding } from './lint-finding.ts';
import type { LintScope } from './lint-scope.ts';
import { firstOf } from './lint-words.ts';

/**
 * Zones whose clock, within the span, was changed by a release of the tz database: machines with older data answer
 * differently. A warning where this machine is one of them, otherwise a note. Once a zone, at the first place that names it.
 */
export function lintZones({ windows, freezes, from, to, tzdata }: LintScope): readonly LintFinding[] {
  const places = [...windows.map(({ name, zone }) => ({ path: ['windows', name, 'zone'], zone })), ...freezes.map(({ zone }, index) => ({ path: ['freezes', index, 'zone'], zone }))];
  const first = new Map(places.toReversed().map((place) => [place.zone, place]));
  return places
    .filter((place) => first.get(place.zone) === place)
    .flatMap(({ path, zone }): readonly LintFinding[] => {
      const revisions = zoneRevisionsWithin(zone, from, to);
      const newest = revisions.at(-1);
      if (newest === undefined) return [];
      const missing = revisions.find(({ version }) => !isAtLeast(tzdata, version));
      const revision = missing ?? newest;
      const what = `${renderPath(path)}: the clock of ${zone} was changed by tzdata ${revision.version}; older data is wrong from ${describeInstant(revision.from, zone)} on`;
      const instants = firstOf(revisions.map((one) => Math.max(one.from, from)).sort((one, other) => one - other));
      if (missing === undefined) return [{ severity: 'note', code: 'zone-rules-changed', path, message: `${what}. This machine has ${tzdata}; see that every machine that decides has ${revision.version} or newer.`, instants }];
      return [{ severity: 'warning', code: 'zone-rules-changed', path, message: `${what}, and this machine has ${tzdata}, so its windows open at the wrong time; update Node.js or the system's zone data to ${newest.version} or newer.`, instants }];
    });
}

/** Versions sort as text; what is no version is older than all of them. */
const isAtLeast = (version: string, wanted: string): boolean => /^\d{4}[a-z]$/.test(version) && version >= wanted;

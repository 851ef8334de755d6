import type { Instant } from './calendar.ts';
import { zoneRevisions } from './generated/zone-revisions.ts';

/** A release of the tz database that changed a zone's clock: older data answers differently in `[from, to)`, though not at all times in it. */
export type ZoneRevision = {
  /** Such as `2025a`. */
  readonly version: string;
  readonly from: Instant;
  /** null: no end is known; what is compared ends with 2036. */
  readonly to: Instant | null;
};

/** Releases since 2022 by which a zone's clock in `[from, to)` was changed, oldest first. None for a zone that is not known. */
export function zoneRevisionsWithin(zone: string, from: Instant, to: Instant): readonly ZoneRevision[] {
  return zoneRevisions
    .flatMap(([version, zones]): readonly ZoneRevision[] => {
      const [first, end] = (Object.hasOwn(zones, zone) ? zones[zone] : undefined) ?? [];
      return first === undefined ? [] : [{ version, from: Date.parse(first), to: end == null ? null : Date.parse(end) }];
    })
    .filter((revision) => revision.from < to && (revision.to ?? Infinity) > from);
}

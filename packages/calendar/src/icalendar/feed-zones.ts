import { checkZone } from '../zone.ts';
import { windowsZones } from './windows-zones.ts';

const namesOfUtc: ReadonlySet<string> = new Set(['UTC', 'Etc/UTC', 'GMT', 'Etc/GMT', 'Z']);

/**
 * The zone that a TZID means, by its IANA name, by its Windows name, or by the IANA name at the end of a name that a
 * slash makes globally unique, as in `/citadel.org/20211207_1/Europe/Berlin` (RFC 5545 §3.8.3.1). null: unknown; what
 * a file itself says of the zone is not asked.
 */
export function zoneOfTzid(tzid: string): string | null {
  if (namesOfUtc.has(tzid)) return 'UTC';
  const named = windowsZones.get(tzid) ?? tzid;
  if (checkZone(named).ok) return named;
  if (!tzid.startsWith('/')) return null;
  const parts = tzid.split('/');
  return [3, 2].map((count) => parts.slice(-count).join('/')).find((name) => checkZone(name).ok) ?? null;
}

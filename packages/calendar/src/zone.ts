import { IANAZone } from 'luxon';

export type ZoneCheck = { readonly ok: true } | { readonly ok: false; readonly message: string };

/**
 * Whether a name is a zone whose wall clock can be trusted: one of the IANA database's places, or UTC. Abbreviations and
 * fixed offsets are refused although some libraries take them: PST has no summer time, and Etc/GMT+8 means UTC-8.
 */
export function checkZone(name: string): ZoneCheck {
  if (name === 'UTC') return { ok: true };
  if (/^(?:UTC|GMT|Etc\/)|[+-]\d/.test(name)) return refuse(name, 'is a fixed offset, which ignores daylight saving');
  if (!isAreaAndPlace(name)) return refuse(name, 'is not an IANA name of the form Area/Place');
  if (!IANAZone.isValidZone(name)) return refuse(name, "is not in this machine's time zone database");
  return { ok: true };
}

/** Two or three parts: America/Argentina/Buenos_Aires. */
function isAreaAndPlace(name: string): boolean {
  const parts = name.split('/');
  return (parts.length === 2 || parts.length === 3) && parts.every((part) => /^[A-Z][A-Za-z_-]+$/.test(part));
}

const refuse = (name: string, why: string): ZoneCheck => ({ ok: false, message: `The zone “${name}” ${why}. Use a name like America/Los_Angeles, or UTC.` });

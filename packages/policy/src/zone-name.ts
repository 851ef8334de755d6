import type { Complaint } from './complaint.ts';

/** `UTC`, or an Area/Name of the IANA time zone database. Whether the name exists is the calendar's to say. */
export const ZONE = /^(?:UTC|(?!Etc\/)(?!.*\/(?:\/|$))[A-Z][A-Za-z_]+\/[A-Z][A-Za-z0-9_+/-]*)$/;

const offsetForm = /^(?:(?:UTC|GMT|Z)?[+-][0-9:]+|Z|Etc\/.*)$/i;

/** What people mean by an abbreviation. They are guesses for the hint only; none of them is ever used. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ['PT', 'America/Los_Angeles'],
  ['PST', 'America/Los_Angeles'],
  ['PDT', 'America/Los_Angeles'],
  ['PST8PDT', 'America/Los_Angeles'],
  ['MST', 'America/Denver'],
  ['MDT', 'America/Denver'],
  ['CST', 'America/Chicago'],
  ['CDT', 'America/Chicago'],
  ['EST', 'America/New_York'],
  ['EDT', 'America/New_York'],
  ['EST5EDT', 'America/New_York'],
  ['BST', 'Europe/London'],
  ['CET', 'Europe/Berlin'],
  ['CEST', 'Europe/Berlin'],
  ['GMT', 'UTC'],
  ['IST', 'Asia/Kolkata'],
  ['JST', 'Asia/Tokyo'],
]);

/** Why `zone` cannot name a time zone, or null when its spelling can. */
export function zoneComplaint(zone: string): Complaint | null {
  if (ZONE.test(zone)) return null;
  if (offsetForm.test(zone)) {
    return {
      code: 'bad-zone',
      message: 'is a fixed offset, which is an hour off for half of the year; name the place instead, for example America/Los_Angeles, or UTC',
    };
  }
  const meant = MEANT.get(zone.toUpperCase());
  if (meant !== undefined) {
    return { code: 'bad-zone', message: `is an abbreviation, and those are ambiguous; name the place instead, for example ${meant}`, nearest: meant };
  }
  const underscored = zone.replaceAll(' ', '_');
  return {
    code: 'bad-zone',
    message: 'is not an IANA time zone name; write Area/Name, for example America/Los_Angeles, or UTC',
    ...(ZONE.test(underscored) ? { nearest: underscored } : {}),
  };
}

import * as z from 'zod';
import type { Complaint } from './complaint.ts';
import { DURATION, parseDuration } from './duration.ts';
import { DAY_RULE, dayComplaint } from './day-rule.ts';
import type { DayRule } from './policy.ts';
import { DATE, DATE_TIME, TIME, isDate, isDateTime, isTime, isYearlyDateTime } from './wall-clock.ts';
import { ZONE, zoneComplaint } from './zone-name.ts';

/** What a leaf of the schema attaches to a zod issue, for `explainIssue` to read. */
export type ComplaintParams = { readonly complaint: Complaint };

/** A string with our own complaint; `form` is the part of the rule that an editor can check. */
function text(form: RegExp, complaintAbout: (value: string) => Complaint | null): z.ZodString {
  return z
    .string()
    .check((context) => {
      const complaint = complaintAbout(context.value);
      if (complaint === null) return;
      const params: ComplaintParams = { complaint };
      context.issues.push({ code: 'custom', input: context.value, message: complaint.message, params });
    })
    .meta({ pattern: form.source });
}

function matching(form: RegExp, code: string, message: string, suggest?: (value: string) => string | null): z.ZodString {
  return text(form, (value) => {
    if (form.test(value)) return null;
    const nearest = suggest?.(value) ?? null;
    return nearest !== null && form.test(nearest) ? { code, message, nearest } : { code, message };
  });
}

function holding(form: RegExp, holds: (value: string) => boolean, code: string, message: string): z.ZodString {
  return text(form, (value) => (holds(value) ? null : { code, message }));
}

/** A name chosen in the policy, for environments (it becomes part of a tag), windows and overrides. */
export const name = matching(
  /^[a-z][a-z0-9_-]{0,62}$/,
  'bad-name',
  'is not a name: names have at most 63 lower-case letters, digits, hyphens and underscores, and start with a letter',
  (value) => value.toLowerCase().replaceAll(' ', '-'),
);

/** Numeric id of an account or App on GitHub: a login can be renamed and taken over by somebody else. */
export const account = z.int().min(1);

/** One line of text for people. */
export const sentence = matching(/^(?=.*\S)[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]{1,500}$/u, 'bad-text', 'must be one line of 1 to 500 characters');

export const repository = matching(
  /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/,
  'bad-repository',
  'is not a repository; write owner/name, for example acme/shop',
  (value) => value.replace(/^https:\/\//, '').replace(/^github\.com\//, '').replace(/\.git$/, ''),
);

export const team = matching(
  /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}\/[a-z0-9_][a-z0-9_-]{0,99}$/,
  'bad-team',
  'is not a team; write organisation/slug as in the address of the team\'s page, for example acme/platform',
  (value) => value.replace(/^@/, ''),
);

/** Whom a comment mentions: a login, or a team as `team` has it. */
export const mention = matching(
  // Linear: only the second part holds a slash, and begins with it.
  // eslint-disable-next-line security/detect-unsafe-regex
  /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\/[a-z0-9_][a-z0-9_-]{0,99})?$/,
  'bad-mention',
  'is nobody who can be mentioned; write a login, or a team as organisation/slug, without the @',
  (value) => value.replace(/^@/, ''),
);

export const workflow = matching(
  /^\.github\/workflows\/[A-Za-z0-9 ()_+.-]+\.ya?ml$/,
  'bad-workflow',
  'is not a workflow file; GitHub reads only .yml and .yaml files directly under .github/workflows',
  (value) => (/^[^/]+$/.test(value) ? `.github/workflows/${value}` : value.replace(/^\.?\//, '')),
);

/** The part of git's rules for reference names (git-check-ref-format) that a branch in daily use may need. */
export const branch = matching(
  /^(?!refs\/)(?!.*(?:\.\.|\/\/|\.lock(?:\/|$)|\/\.))[A-Za-z0-9_][A-Za-z0-9_./@#+-]{0,200}(?<![./])$/,
  'bad-branch',
  'is not the exact name of a branch; patterns and refs/heads/ are not accepted, because every branch must be named',
  (value) => value.replace(/^refs\/heads\//, ''),
);

/** Bounded on purpose: a glob with many stars takes polynomial time on a path chosen by an attacker. */
const MAX_STARS = 8;
const GLOB = /^(?![/!])[^\\()[\]{}\p{Cc}\p{Cs}\p{Zl}\p{Zp}]{1,200}$/u;

export const glob = holding(
  GLOB,
  (value) => GLOB.test(value) && (value.match(/\*+/g)?.length ?? 0) <= MAX_STARS,
  'bad-glob',
  `is not a glob this policy accepts: relative to the root of the repository without a leading slash, only *, ** and ? stand for other characters (no "!", brackets, braces, parentheses or backslashes), at most ${MAX_STARS} stars`,
);

export const duration = holding(
  DURATION,
  (value) => parseDuration(value) !== null,
  'bad-duration',
  'is not a duration; write whole days, hours, minutes and seconds in that order, at most 366 days, for example 24h, 90m or 1h30m',
);

export const zone = text(ZONE, zoneComplaint);

/** The zone of windows, freezes and calendars that name none. */
export const DEFAULT_ZONE = 'America/Los_Angeles';

export const time = holding(TIME, isTime, 'bad-time', 'is not a time of day; write HH:MM from 00:00 to 23:59');

export const date = holding(DATE, isDate, 'bad-date', 'is not a day in the calendar; write YYYY-MM-DD');

export const dateTime = holding(
  DATE_TIME,
  isDateTime,
  'bad-date-time',
  'is not a minute in the calendar; write YYYY-MM-DDTHH:MM without an offset, it is read in the zone',
);

/** `saturday` or `second tuesday`. */
export const day = text(DAY_RULE, dayComplaint).transform((value) => value as DayRule);

/** How a freeze without an end says so: an end that was forgotten is an error. */
export const OPEN_ENDED = 'open-ended';

// Linear: every part has one length, and only the year may be left out.
// eslint-disable-next-line security/detect-unsafe-regex
const FREEZE_START = /^(?:[0-9]{4}-)?(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]$/;
// eslint-disable-next-line security/detect-unsafe-regex
const FREEZE_END = /^(?:open-ended|(?:[0-9]{4}-)?(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9])$/;

/** With or without a year; which of them belongs there depends on `every`. */
export const freezeStart = holding(
  FREEZE_START,
  (value) => isDateTime(value) || isYearlyDateTime(value),
  'bad-date-time',
  'is not a minute in the calendar; write YYYY-MM-DDTHH:MM without an offset, it is read in the zone, or MM-DDTHH:MM for a freeze with "every: year", on a day that every year has',
);

export const freezeEnd = holding(
  FREEZE_END,
  (value) => value === OPEN_ENDED || isDateTime(value) || isYearlyDateTime(value),
  'bad-date-time',
  `is not a minute in the calendar; write YYYY-MM-DDTHH:MM without an offset, it is read in the zone, MM-DDTHH:MM for a freeze with "every: year", on a day that every year has, or ${OPEN_ENDED}`,
);

/** A country (ISO 3166-1), a part of it (3166-2) and a part of that: which of them exist, the calendar knows. */
export const holidayPlace = matching(
  // Linear: every part begins with a hyphen, and none holds one.
  // eslint-disable-next-line security/detect-unsafe-regex
  /^[A-Z]{2}(?:-[A-Z0-9]{1,3}){0,2}$/,
  'bad-place',
  'is not a place; write the code of a country, and of a part of it if need be, for example US, US-CA or DE-BY',
  (value) => value.toUpperCase().replaceAll(/[ _/]/g, '-'),
);

const CALENDAR_FILE = /^[A-Za-z0-9 _+./-]{1,200}\.ics$/;

/** A path in the repository, from its root. */
export const calendarFile = holding(
  CALENDAR_FILE,
  (value) => CALENDAR_FILE.test(value) && value.split('/').every((part) => part !== '' && part !== '.' && part !== '..'),
  'bad-calendar-file',
  'is not a calendar file of this repository; write its path from the root without a leading slash, ending in .ics',
);

// One class, one length: linear.
const TRUST_ROOT_FILE = /^[A-Za-z0-9_.][A-Za-z0-9_./-]{0,200}\.json$/;

export const trustRootFile = holding(
  TRUST_ROOT_FILE,
  (value) => TRUST_ROOT_FILE.test(value) && value.split('/').every((part) => part !== '' && part !== '.' && part !== '..'),
  'bad-trust-root',
  'is not a trust root of this repository; write the path of a trusted_root.json from the root without a leading slash, ending in .json',
);

const HTTPS_URL = /^https:\/\/[^\s\p{C}#]{1,500}$/u;

export const calendarUrl = holding(
  HTTPS_URL,
  (value) => HTTPS_URL.test(value) && URL.canParse(value) && !hasCredentials(new URL(value)),
  'bad-url',
  'is not an address that is fetched; write https:// and the rest of it, without a password and without #',
);

const hasCredentials = ({ username, password }: URL): boolean => username !== '' || password !== '';

export const digestOfFile = matching(/^[0-9a-f]{64}$/, 'bad-digest', 'is not a SHA-256; write its 64 lower-case digits of hex, as sha256sum prints them', (value) => value.replace(/^sha256:/i, '').toLowerCase());

/** C2SP signed-note verifier key of an Ed25519 key: name, key hash and 33 bytes in base64 (https://c2sp.org/signed-note). */
export const verifierKey = matching(
  /^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/,
  'bad-verifier-key',
  'is not a verifier key; copy the whole line name+hash+base64 that was printed when the ledger key was made',
);

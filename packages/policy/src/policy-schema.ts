import * as z from 'zod';
import type { Complaint } from './complaint.ts';
import { build, ledger, merge } from './schema-merge.ts';
import { calendar } from './schema-calendar.ts';
import { environment } from './schema-environment.ts';
import { override } from './schema-override.ts';
import { notify } from './schema-notify.ts';
import { freeze, window } from './schema-window.ts';
import { name, repository } from './policy-fields.ts';

/** More than anybody has, and few enough that comparing every name with every other stays quick. */
export const MAX_ENTRIES = 64;

const noEnvironment: Complaint = {
  code: 'too-few',
  message: 'must name at least one environment, or be left out for staging and production',
};

const tooMany: Complaint = {
  code: 'too-many',
  message: `has more than ${MAX_ENTRIES} entries, which is taken for a mistake; remove what is not used`,
};

function few(entries: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(entries).length <= MAX_ENTRIES;
}

/**
 * The policy file as written, `.github/sallyport.yml`. Strict at every level: an unknown field is an error.
 * What holds between fields is in `checkMeaning`; defaults that depend on other fields are in `resolvePolicy`.
 */
export const policyFileSchema = z.strictObject({
  version: z.literal(1).describe('Version of this file format. Always 1.'),
  repository: repository.optional().describe('owner/name of the repository this policy is for. Left out: the repository it is read from.'),
  merge,
  build,
  environments: z
    .record(name, environment)
    .refine((environments) => Object.keys(environments).length > 0, { params: { complaint: noEnvironment } })
    .refine(few, { params: { complaint: tooMany } })
    .prefault({ staging: {}, production: {} })
    .describe('Where builds are deployed, in the order they travel. Left out: staging, then production.')
    .meta({ minProperties: 1, maxProperties: MAX_ENTRIES }),
  windows: z
    .record(name, window)
    .refine(few, { params: { complaint: tooMany } })
    .default({})
    .describe('When deploys may start. "saturday-morning" exists without being declared: Saturday 06:00 to 12:00 in America/Los_Angeles.'),
  freezes: z.array(freeze).default([]).describe('Times in which nothing is deployed, whatever the windows say.'),
  calendars: z.array(calendar).min(1).max(MAX_ENTRIES).optional().describe('Freezes that are kept elsewhere: holidays, and iCalendar files. Left out: there are none.'),
  overrides: z
    .record(name, override)
    .refine(few, { params: { complaint: tooMany } })
    .default({})
    .describe('Rules for urgent deploys outside the window. Left out: there are none.'),
  notify: z.array(notify).min(1).max(MAX_ENTRIES).optional().describe('Whom the gatekeeper tells of what. Left out: nobody; everything still stands on the release issues.'),
  ledger,
});

/** The policy file as written, with the defaults of its fields filled in. */
export type PolicyFile = z.output<typeof policyFileSchema>;

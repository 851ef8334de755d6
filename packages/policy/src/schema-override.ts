import * as z from 'zod';
import { duration, team } from './policy-fields.ts';

const approvers = z
  .strictObject({
    team: team.describe('Whose members may approve, organisation/slug.'),
    approvals: z.int().min(1).default(1).describe('How many of them must.'),
  })
  .describe('Who may approve an urgent deploy.');

export const override = z
  .strictObject({
    approvers,
    requires: z
      .array(z.enum(['reason', 'advisory']))
      .default(['reason', 'advisory'])
      .describe('What a request must give. advisory: a CVE, GHSA or incident id.'),
    waives: z
      .array(z.enum(['window', 'soak', 'freeze']))
      .min(1)
      .default(['window', 'soak'])
      .describe('What it waives. Never tests, review, provenance or staging. freeze needs at least two approvals.'),
    'expires-after': duration.default('4h').describe('How long an approval can be used, at most 8h.'),
    'review-within': duration.default('3d').describe('When the review after the deploy is due.'),
  })
  .describe('A rule for urgent deploys.');

/** An override rule as written, with its defaults. */
export type OverrideFile = z.output<typeof override>;

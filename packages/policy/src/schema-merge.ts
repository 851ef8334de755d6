import * as z from 'zod';
import { branch, glob, sentence, team, verifierKey, workflow } from './policy-fields.ts';

export const test = z
  .strictObject({
    check: sentence.describe('Name of the check as GitHub shows it on the pull request.'),
    workflow: workflow.optional().describe('The workflow file the check must come from, unchanged by the pull request.'),
    app: z.int().min(1).optional().describe('Or the numeric id of the GitHub App the check must come from.'),
  })
  .describe('A test, and exactly one place it must come from: workflow or app.')
  .meta({ oneOf: [{ required: ['workflow'] }, { required: ['app'] }] });

export type TestFile = z.output<typeof test>;

export const sensitivePaths = z
  .strictObject({
    paths: z.array(glob).min(1).describe('Globs over paths in the repository, for example ".github/**".'),
    approvals: z.int().min(1).default(2).describe('Approvals needed when a change touches one of the paths.'),
    team: team.optional().describe('The team whose members count, organisation/slug. Left out: everybody with the permission.'),
  })
  .describe('Paths that raise the number of approvals.');

const review = z
  .strictObject({
    approvals: z.int().min(1).default(1).describe('People who approved exactly what lands and contributed nothing to it.'),
    permission: z.enum(['write', 'maintain', 'admin']).default('write').describe('The least permission with which an approval counts.'),
    sensitive: z.array(sensitivePaths).default([]).describe('Paths that raise the requirement.'),
    'code-owners': z.enum(['ignored', 'required']).default('ignored').describe('Whether code owners must approve what they own.'),
  })
  .prefault({})
  .describe('Who must have looked at a change.');

export const merge = z
  .strictObject({
    into: z.array(branch).min(1).default(['main']).describe('Branches that only the merge gate admits to, by exact name.'),
    tests: z.array(test).min(1).describe('Tests that must all end in success on the final commit. Never empty: no tests is not the same as green.'),
    review,
  })
  .describe('What a change needs before it may be merged.');

export const build = z
  .strictObject({
    workflow: workflow.default('.github/workflows/build.yml').describe('The workflow that builds what is released.'),
    provenance: z.enum(['required', 'none']).default('required').describe('Whether a build must carry signed provenance.'),
  })
  .prefault({})
  .describe('Where builds come from.');

export const ledger = z
  .strictObject({
    keys: z.array(verifierKey).default([]).describe('C2SP verifier keys that may sign checkpoints of the ledger.'),
  })
  .prefault({})
  .describe('The append-only record of decisions and deploys.');

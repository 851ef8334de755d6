import * as z from 'zod';
import { account, branch, glob, sentence, team, trustRootFile, verifierKey, workflow } from './policy-fields.ts';

export const test = z
  .strictObject({
    check: sentence.describe('Name of the check as GitHub shows it on the pull request.'),
    workflow: workflow.optional().describe('The workflow file the check must come from, unchanged by the pull request.'),
    app: z.int().min(1).optional().describe('Or the numeric id of the GitHub App the check must come from.'),
    'status-by': account.optional().describe('Or the numeric id of the account that must have posted it, for a commit status of the older kind.'),
    paths: z.array(glob).min(1).optional().describe('Globs over paths in the repository. The test is needed only when a change touches one of them. Left out: always.'),
    attempts: z.int().min(1).optional().describe('How often the workflow run may be tried until it succeeds. Left out: any number of times.'),
  })
  .describe('A test, and exactly one place it must come from: workflow, app or status-by.')
  .meta({ oneOf: [{ required: ['workflow'] }, { required: ['app'] }, { required: ['status-by'] }], dependentRequired: { attempts: ['workflow'] } });

export type TestFile = z.output<typeof test>;

export const sensitivePaths = z
  .strictObject({
    paths: z.array(glob).min(1).describe('Globs over paths in the repository, for example ".github/**".'),
    approvals: z.int().min(1).default(2).describe('Approvals needed when a change touches one of the paths.'),
    team: team.optional().describe('The team whose members count, organisation/slug. Left out: everybody with the permission.'),
  })
  .describe('Paths that raise the number of approvals.');

export const personAccounts = z
  .strictObject({
    name: sentence.describe('Who it is, for messages.'),
    accounts: z.array(account).min(2).describe('Numeric ids of all accounts of this person.'),
  })
  .describe('A person with several accounts: none of them approves what another one contributed to.');

export const machine = z
  .strictObject({
    name: sentence.describe('What it is, for messages.'),
    account: account.describe('Numeric id of its account.'),
  })
  .describe('A machine account that acts on nobody\'s word, such as a dependency updater.');

const review = z
  .strictObject({
    approvals: z.int().min(1).default(1).describe('People who approved exactly what lands and had no part in the change.'),
    permission: z.enum(['write', 'maintain', 'admin']).default('write').describe('The least permission with which an approval counts.'),
    sensitive: z.array(sensitivePaths).default([]).describe('Paths that raise the requirement.'),
    'code-owners': z.enum(['ignored', 'required']).default('ignored').describe('Whether code owners must approve what they own.'),
    signatures: z.enum(['ignored', 'required']).default('ignored').describe('Whether every commit must carry a valid signature of somebody who pushed it. Then a name in a commit alone disqualifies nobody.'),
    people: z.array(personAccounts).default([]).describe('People with several accounts, each account in one entry only.'),
    machines: z.array(machine).default([]).describe('Machine accounts that need nobody who set them to work. For any other one, that person is looked for and may not approve.'),
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
    provenance: z.enum(['required', 'none']).default('required').describe('Whether a build must carry signed provenance: SLSA provenance of every artifact, signed by the build workflow at the build’s commit.'),
    'trust-root': trustRootFile.optional().describe('A sigstore trusted_root.json of this repository, as the default branch has it: whose signatures count. Left out: the public-good instance, where GitHub signs for public repositories.'),
  })
  .prefault({})
  .describe('Where builds come from.');

export const ledger = z
  .strictObject({
    keys: z.array(verifierKey).default([]).describe('C2SP verifier keys that may sign checkpoints of the ledger.'),
  })
  .prefault({})
  .describe('The append-only record of decisions and deploys.');

/** The build rules as written, with their defaults. */
export type BuildRulesFile = z.output<typeof build>;

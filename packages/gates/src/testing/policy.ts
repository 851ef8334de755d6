import type { EnvironmentPolicy, MergePolicy, OverridePolicy, Policy, ReviewPolicy, WindowPolicy } from '@sallyport/policy';

export const ciWorkflow = '.github/workflows/ci.yml';
export const buildWorkflow = '.github/workflows/build.yml';

export const saturdayMorning: WindowPolicy = { name: 'saturday-morning', zone: 'America/Los_Angeles', days: ['saturday'], from: '06:00', to: '12:00', except: [], extra: [] };

export const securityFix: OverridePolicy = {
  name: 'security-fix',
  approvers: { team: 'acme/security-leads', approvals: 1 },
  requires: ['reason', 'advisory'],
  waives: ['window', 'soak'],
  expiresAfterSeconds: 4 * 3600,
  reviewWithinSeconds: 3 * 86_400,
};

export const staging: EnvironmentPolicy = {
  name: 'staging',
  workflow: '.github/workflows/deploy.yml',
  after: null,
  window: null,
  promote: 'automatic',
  mustFit: true,
  override: null,
  rollback: 'window',
};

export const production: EnvironmentPolicy = { ...staging, name: 'production', after: { environment: 'staging', soakSeconds: 86_400 }, window: 'saturday-morning', override: 'security-fix' };

const review: ReviewPolicy = { approvals: 1, permission: 'write', sensitive: [], codeOwners: 'ignored', signatures: 'ignored', people: [], machines: [] };
/** `unit`, from the workflow file. */
export const unitTest = { check: 'unit', from: 'workflow', workflow: ciWorkflow, paths: null, attempts: null } as const;
const merge: MergePolicy = { into: ['main'], tests: [unitTest], review };

/** A policy in which everything is enforced: one test, one approval, staging, production on Saturday mornings with an override. */
export function policyOf(changes: Partial<Policy> = {}): Policy {
  return {
    version: 1,
    repository: 'acme/shop',
    merge,
    build: { workflow: buildWorkflow, provenance: 'none' },
    environments: [staging, production],
    windows: [saturdayMorning],
    freezes: [],
    overrides: [securityFix],
    ledger: { keys: [] },
    ...changes,
  };
}

export const withReview = (changes: Partial<ReviewPolicy>): Policy => policyOf({ merge: { ...merge, review: { ...review, ...changes } } });
export const withTests = (tests: MergePolicy['tests']): Policy => policyOf({ merge: { ...merge, tests } });
export const withProduction = (changes: Partial<EnvironmentPolicy>): Policy => policyOf({ environments: [staging, { ...production, ...changes }] });
export const withOverride = (changes: Partial<OverridePolicy>): Policy => policyOf({ overrides: [{ ...securityFix, ...changes }] });

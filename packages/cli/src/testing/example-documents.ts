/** A policy for the tests of this package: everything on, nothing that is not enforced yet. */
export const policyText = `version: 1
repository: acme/shop
merge:
  into: [main]
  tests:
    - { check: unit, workflow: .github/workflows/ci.yml }
build:
  workflow: .github/workflows/build.yml
  provenance: none
environments:
  staging:
    rollback: window
  production:
    after: { environment: staging, soak: 24h }
    window: saturday-morning
    override: security-fix
    rollback: window
windows:
  saturday-morning:
    zone: America/Los_Angeles
    days: [saturday]
    from: "06:00"
    to: "12:00"
overrides:
  security-fix:
    approvers: { team: acme/security-leads, approvals: 1 }
    requires: [reason, advisory]
    waives: [window, soak]
`;

/** The same with a freeze from 19 December to 4 January. */
export const frozenPolicyText = `${policyText}freezes:
  - { name: holidays, zone: America/Los_Angeles, from: 2026-12-19T00:00, to: 2027-01-04T00:00, owner: "@rita", reason: peak season }
`;

const commit = '1'.repeat(40);
const tree = '2'.repeat(40);
const head = '3'.repeat(40);
export const buildDigest = `sha256:${'a'.repeat(64)}`;

const repository = { owner: 'acme', name: 'shop', id: 7, defaultBranch: 'main' };

/** Facts of a build that may go to staging. */
export const stageFactsDocument = {
  schema: 1,
  gate: 'stage',
  repository,
  environment: 'staging',
  asking: { for: 'promotion' },
  build: { known: { digest: buildDigest, version: '1.8.0-rc.1', commit, artifacts: [{ name: 'shop.tar.gz', digest: `sha256:${'b'.repeat(64)}`, sizeBytes: 1024 }], workflow: '.github/workflows/build.yml', runId: 11, registeredAt: '2026-12-02T17:00:00.000Z', ledgerIndex: 3 } },
  landing: {
    known: {
      commit,
      branch: 'main',
      onBranch: true,
      landedTree: tree,
      change: { number: 12, headSha: head, mergedAt: '2026-12-02T16:30:00.000Z', decision: { ledgerIndex: 1, outcome: 'allow', headSha: head, judgedTree: tree, decidedAt: '2026-12-02T16:00:00.000Z' } },
    },
  },
  ungated: { items: [], complete: true },
  running: { known: null },
  inFlight: { items: [], complete: true },
  holds: { items: [], complete: true },
};

/** The same build on its way to production. */
export const releaseFactsDocument = {
  ...stageFactsDocument,
  gate: 'release',
  environment: 'production',
  occupancy: { known: { environment: 'staging', build: buildDigest, number: 1, healthySince: '2026-11-30T17:00:00.000Z' } },
  recentDeploySeconds: { items: [60, 60], complete: true },
  grants: { items: [], complete: true },
  reviewTasks: { items: [], complete: true },
};

export const wednesday = { serverAt: '2026-12-02T18:00:00.000Z', localAt: '2026-12-02T18:00:00.000Z' };
export const saturday = { serverAt: '2026-12-05T15:00:00.000Z', localAt: '2026-12-05T15:00:00.000Z' };

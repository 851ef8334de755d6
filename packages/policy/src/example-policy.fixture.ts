import type { Policy } from './policy.ts';

/** A policy that uses every field of the format but the workflows and health of environments and the keys of the ledger. */
export const fullPolicyText = `version: 1
repository: acme/shop

merge:
  into: [main]
  tests:                                    # every one must end in success
    - { check: unit,        workflow: .github/workflows/ci.yml }
    - { check: integration, workflow: .github/workflows/ci.yml, attempts: 2 }
    - { check: codescan,    app: 57789 }
    - { check: ci/docs,     status-by: 4102, paths: ["docs/**", "*.md"] }
  review:
    approvals: 1
    permission: write
    sensitive:
      - { paths: [".github/**", "infra/**"], approvals: 2, team: acme/platform }
    code-owners: required
    signatures: required
    people: [{ name: Ana, accounts: [101, 111] }]
    machines: [{ name: dependency updater, account: 900 }]

build:
  workflow: .github/workflows/build.yml
  provenance: required

environments:
  staging:
    promote: automatic
  production:
    after: { environment: staging, soak: 24h }
    window: saturday-morning
    promote: automatic
    must-fit: true
    override: security-fix
    rollback: anytime

windows:
  saturday-morning:
    zone: America/Los_Angeles
    days: [saturday]
    from: "06:00"
    to: "12:00"
    except: [2026-12-26]
    extra: [{ from: 2026-12-29T06:00, to: 2026-12-29T10:00, owner: "@release-manager", reason: year-end release }]

freezes:
  - { name: holidays, zone: America/Los_Angeles, from: 2026-12-19T00:00, to: 2027-01-04T00:00, owner: "@release-manager", reason: peak season }

calendars:
  - { name: public holidays, holidays: US-CA, types: [public, bank], except: [2026-11-11], owner: "@release-manager", reason: nobody is there }
  - { name: company freezes, file: .github/freezes.ics, max-age: 90d, owner: "@release-manager", reason: the company says so }
  - { name: payment provider, url: "https://status.example.com/freezes.ics", sha256: 0f0e0d0c0b0a090807060504030201000f0e0d0c0b0a09080706050403020100, without-events: open, zone: Europe/Berlin, owner: "@payments", reason: the provider is closed }

overrides:
  security-fix:
    approvers: { team: acme/security-leads, approvals: 1 }
    requires: [reason, advisory]
    waives: [window, soak]
    expires-after: 4h
    review-within: 3d

notify:
  - { to: github, of: [override-requested, override-used], mention: [acme/security-leads, mia] }
  - { to: slack }
`;

/** What `fullPolicyText` means. */
export const fullPolicy: Policy = {
  version: 1,
  repository: 'acme/shop',
  merge: {
    into: ['main'],
    tests: [
      { check: 'unit', from: 'workflow', workflow: '.github/workflows/ci.yml', paths: null, attempts: null },
      { check: 'integration', from: 'workflow', workflow: '.github/workflows/ci.yml', paths: null, attempts: 2 },
      { check: 'codescan', from: 'app', app: 57_789, paths: null, attempts: null },
      { check: 'ci/docs', from: 'status', creator: 4102, paths: ['docs/**', '*.md'], attempts: null },
    ],
    review: {
      approvals: 1,
      permission: 'write',
      sensitive: [{ paths: ['.github/**', 'infra/**'], approvals: 2, team: 'acme/platform' }],
      codeOwners: 'required',
      signatures: 'required',
      people: [{ name: 'Ana', accounts: [101, 111] }],
      machines: [{ name: 'dependency updater', account: 900 }],
    },
  },
  build: { workflow: '.github/workflows/build.yml', provenance: 'required' },
  environments: [
    {
      name: 'staging',
      workflow: '.github/workflows/deploy.yml',
      after: null,
      window: null,
      promote: 'automatic',
      mustFit: true,
      override: null,
      rollback: 'window',
    },
    {
      name: 'production',
      workflow: '.github/workflows/deploy.yml',
      after: { environment: 'staging', soakSeconds: 86_400 },
      window: 'saturday-morning',
      promote: 'automatic',
      mustFit: true,
      override: 'security-fix',
      rollback: 'anytime',
    },
  ],
  windows: [
    {
      name: 'saturday-morning',
      zone: 'America/Los_Angeles',
      days: ['saturday'],
      from: '06:00',
      to: '12:00',
      except: ['2026-12-26'],
      extra: [{ from: '2026-12-29T06:00', to: '2026-12-29T10:00', owner: '@release-manager', reason: 'year-end release' }],
    },
  ],
  freezes: [
    {
      name: 'holidays',
      zone: 'America/Los_Angeles',
      from: '2026-12-19T00:00',
      to: '2027-01-04T00:00',
      owner: '@release-manager',
      reason: 'peak season',
    },
  ],
  calendars: [
    {
      name: 'public holidays',
      zone: 'America/Los_Angeles',
      owner: '@release-manager',
      reason: 'nobody is there',
      source: { kind: 'holidays', place: 'US-CA', types: ['public', 'bank'], except: ['2026-11-11'] },
    },
    {
      name: 'company freezes',
      zone: 'America/Los_Angeles',
      owner: '@release-manager',
      reason: 'the company says so',
      source: { kind: 'feed', at: { in: 'repository', path: '.github/freezes.ics' }, longestAgeSeconds: 7_776_000, withoutEvents: 'closed' },
    },
    {
      name: 'payment provider',
      zone: 'Europe/Berlin',
      owner: '@payments',
      reason: 'the provider is closed',
      source: {
        kind: 'feed',
        at: { in: 'web', url: 'https://status.example.com/freezes.ics', sha256: '0f0e0d0c0b0a090807060504030201000f0e0d0c0b0a09080706050403020100' },
        longestAgeSeconds: 31_622_400,
        withoutEvents: 'open',
      },
    },
  ],
  overrides: [
    {
      name: 'security-fix',
      approvers: { team: 'acme/security-leads', approvals: 1 },
      requires: ['reason', 'advisory'],
      waives: ['window', 'soak'],
      expiresAfterSeconds: 14_400,
      reviewWithinSeconds: 259_200,
    },
  ],
  notify: [
    { to: 'github', of: ['override-requested', 'override-used'], mention: ['acme/security-leads', 'mia'] },
    { to: 'slack', of: ['window-opens', 'override-requested', 'override-used', 'window-missed', 'drift', 'bypass-seen'], mention: [] },
  ],
  ledger: { keys: [] },
};

/** The shortest policy there is. */
export const threeLinePolicyText = `version: 1
merge:
  tests: [{ check: unit, workflow: .github/workflows/ci.yml }]
`;

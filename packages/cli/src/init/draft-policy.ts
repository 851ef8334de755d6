import type { Answers } from './answers.ts';

/** The policy file. Everything that is left out has the safe default. */
export function draftPolicy({ repository, branch, tests, securityLeads, provenance }: Answers): string {
  const lines = [
    '# What Sallyport enforces here. Every field: sallyport policy schema. Check it: sallyport policy check.',
    'version: 1',
    `repository: ${repository.owner}/${repository.name}`,
    '',
    'merge:',
    `  into: [${quoted(branch)}]`,
    '  tests:                                    # every one must end in success on the final commit',
    ...tests.map(({ check, workflow }) => `    - { check: ${quoted(check)}, workflow: ${quoted(workflow)} }`),
    '  review:',
    '    approvals: 1                            # by people who had no part in the change',
    '    permission: write',
    '    sensitive:',
    '      - { paths: [".github/**"], approvals: 2 }   # the workflows and this file',
    '',
    'build:',
    '  workflow: .github/workflows/build.yml',
    `  provenance: ${provenance ? 'required                      # signed by the build workflow, checked at every hop' : 'none                          # builds are not signed; docs/provenance.md says how they are'}`,
    '',
    'environments:',
    '  staging:',
    '    promote: automatic',
    '  production:',
    '    after: { environment: staging, soak: 24h }',
    '    window: saturday-morning',
    '    promote: automatic',
    '    must-fit: true                          # do not start what is not expected to end in time',
    ...(securityLeads === null ? [] : ['    override: security-fix']),
    '    rollback: window',
    '',
    'windows:',
    '  saturday-morning:',
    '    zone: America/Los_Angeles',
    '    days: [saturday]',
    '    from: "06:00"',
    '    to: "12:00"',
    ...(securityLeads === null ? [] : ['', ...overrides(securityLeads), '', ...notices(securityLeads)]),
    '',
    'ledger:',
    '  keys: []                                  # `sallyport setup app` puts the public key here',
  ];
  return `${lines.join('\n')}\n`;
}

const overrides = (team: string): readonly string[] => [
  'overrides:',
  '  security-fix:',
  `    approvers: { team: ${quoted(team)}, approvals: 1 }`,
  '    requires: [reason, advisory]            # a CVE, GHSA or incident id',
  '    waives: [window, soak]                  # never tests, review, provenance or staging',
  '    expires-after: 4h',
  '    review-within: 3d',
];

const notices = (team: string): readonly string[] => [
  'notify:                                      # also slack and teams: docs/notices.md',
  `  - { to: github, of: [override-requested, override-used], mention: [${quoted(team)}] }`,
];

/** JSON strings are YAML strings: whatever a name holds, it stays one. */
const quoted = (text: string): string => (/^[A-Za-z][A-Za-z0-9_./-]*$/.test(text) && !['true', 'false', 'null', 'yes', 'no', 'on', 'off'].includes(text.toLowerCase()) ? text : JSON.stringify(text));

/** Which policy text is on main. `wide` is what an attacker would like: every day, all day; `daily` opens anew every day, so that people are told of it. */
export type PolicyName = 'plain' | 'wide' | 'daily';

export const policyPath = '.github/sallyport.yml';
export const soakMilliseconds = 2 * 60 * 60 * 1000;

const everyDay = 'days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]';
const openings: Readonly<Record<PolicyName, string>> = {
  plain: 'days: [saturday], from: "06:00", to: "12:00"',
  wide: `${everyDay}, from: "00:00", to: "00:00"`,
  daily: `${everyDay}, from: "00:30", to: "23:30"`,
};

/** As adopters write it, with a soak that a story gets through. `key`: the ledger's verifier key. */
export const policyText = (name: PolicyName, key: string): string => `version: 1
repository: acme/shop
merge:
  tests: [{ check: unit, workflow: .github/workflows/ci.yml }]
build: { provenance: none }
environments:
  staging: { promote: automatic }
  production:
    after: { environment: staging, soak: 2h }
    window: saturday-morning
    promote: automatic
    must-fit: true
    override: security-fix
    rollback: anytime
windows:
  saturday-morning: { zone: America/Los_Angeles, ${openings[name]} }
freezes:
  - { name: stocktaking, zone: America/Los_Angeles, from: 2026-11-28T00:00, to: 2026-11-29T00:00, owner: "@rika", reason: stocktaking }
overrides:
  security-fix:
    approvers: { team: acme/security-leads, approvals: 1 }
    requires: [reason, advisory]
    waives: [window, soak]
    expires-after: 4h
    review-within: 3d
${name === 'plain' ? '' : 'notify: [{ to: github }]\n'}ledger: { keys: ["${key}"] }
`;

/** A Wednesday. */
export const startAt = Date.parse('2026-11-18T09:00:00Z');

/** The Saturdays of a story, 06:00 to 12:00 in Los Angeles, which is eight hours behind UTC until March. Written out, so that nothing of the product works them out. */
export const saturdays: readonly { readonly from: number; readonly to: number }[] = ['2026-11-21', '2026-11-28', '2026-12-05', '2026-12-12', '2026-12-19', '2026-12-26', '2027-01-02', '2027-01-09'].map((day) => ({
  from: Date.parse(`${day}T14:00:00Z`),
  to: Date.parse(`${day}T20:00:00Z`),
}));

export const freeze = { from: Date.parse('2026-11-28T08:00:00Z'), to: Date.parse('2026-11-29T08:00:00Z') } as const;

export const overrideLastsMilliseconds = 4 * 60 * 60 * 1000;
export const rollbackHoldsMilliseconds = 4 * 60 * 60 * 1000;
/** Past this the calendar above ends, and so does the story. */
export const endsAt = Date.parse('2027-01-10T00:00:00Z');

import { parsePolicy } from '@sallyport/policy';
import { holidayProblems, zoneProblems } from '@sallyport/pipeline';
import { seenIn } from './story.ts';
import type { PartStory, Seen } from './story.ts';

const policyIn = (zone: string, place: 'window' | 'freeze' | 'calendar'): string => `version: 1
repository: acme/shop
merge:
  tests: [{ check: unit, workflow: .github/workflows/ci.yml }]
build: { provenance: none }
environments:
  staging: {}
  production: { after: { environment: staging, soak: 24h }, window: mornings }
windows:
  mornings: { zone: ${place === 'window' ? zone : 'America/Los_Angeles'}, days: [saturday], from: "06:00", to: "12:00" }
freezes:
  - { name: peak, zone: ${place === 'freeze' ? zone : 'America/Los_Angeles'}, from: 2026-12-19T00:00, to: 2027-01-04T00:00, owner: "@dia", reason: peak season }
calendars:
  - { name: company, zone: ${place === 'calendar' ? zone : 'America/Los_Angeles'}, file: .github/freezes.ics, owner: "@dia", reason: the company says so }
`;

/** Everything that reading a policy complains of, as the gatekeeper reads it: an error is no policy. */
async function readPolicyText(text: string): Promise<Seen> {
  const parsed = parsePolicy(text);
  const places = parsed.ok ? [...zoneProblems(parsed.policy, text), ...(await holidayProblems(parsed.policy, text))] : [];
  return seenIn([...parsed.problems, ...places].filter(({ severity }) => severity === 'error').map(({ line, code, message }) => `line ${line}: ${code}: ${message}`));
}

const zoned = (id: string, name: string, says: string, zone: string, place: 'window' | 'freeze' | 'calendar' = 'window'): PartStory => ({
  id,
  name,
  says,
  play: (attacked) => readPolicyText(policyIn(attacked ? zone : 'Europe/Berlin', place)),
});

export const policyStories: readonly PartStory[] = [
  zoned('W02.1', 'A window’s zone is a place that does not exist.', 'line 10: unknown-zone: ', 'America/Los_Angelos'),
  zoned('W02.2', 'A window’s zone is an abbreviation.', 'is an abbreviation', 'PST'),
  zoned('W02.3', 'A window’s zone is a fixed offset.', 'is a fixed offset', 'UTC-8'),
  zoned('W02.4', 'A window’s zone is a fixed offset that the database of zones has a name for.', 'is a fixed offset', 'Etc/GMT+8'),
  zoned('W02.5', 'A window’s zone is empty.', 'bad-zone', '""'),
  zoned('W02.6', 'A freeze’s zone is a place that does not exist.', 'line 12: unknown-zone: ', 'Mars/Olympus_Mons', 'freeze'),
  zoned('W02.7', 'A calendar’s zone is an abbreviation.', 'is an abbreviation', 'CET', 'calendar'),
];

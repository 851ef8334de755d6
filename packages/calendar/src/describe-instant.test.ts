import { expect, it } from 'vitest';
import { describeInstant } from './describe-instant.ts';

it.each([
  ['winter', '2026-12-05T14:00:00Z', 'America/Los_Angeles', 'Sat 5 Dec 2026 06:00 PST (14:00 UTC)'],
  ['summer', '2026-07-04T13:00:00Z', 'America/Los_Angeles', 'Sat 4 Jul 2026 06:00 PDT (13:00 UTC)'],
  ['another date in UTC', '2026-12-06T02:30:00Z', 'America/Los_Angeles', 'Sat 5 Dec 2026 18:30 PST (Sun 6 Dec 02:30 UTC)'],
  ['UTC itself', '2026-12-06T02:30:00Z', 'UTC', 'Sun 6 Dec 2026 02:30 UTC'],
])('describes an instant in %s', (_name, at, zone, text) => {
  expect(describeInstant(Date.parse(at), zone)).toBe(text);
});

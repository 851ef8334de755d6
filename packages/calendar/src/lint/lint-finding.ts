import type { Instant } from '../calendar.ts';

/** What can be found in windows and freezes that are valid and yet may not do what was meant. A closed list. */
export const lintCodes = [
  /** Daylight saving takes time from an occurrence, adds some, takes all of it, or moves its opening. */
  'shortened',
  'lengthened',
  'emptied',
  'moved',
  /** It would be on a date that the zone does not have. */
  'skipped-date',
  /** Every minute of a rule is open by others, or some are. */
  'adds-nothing',
  'overlaps',
  /** A rule does not open within the span, or only while it is frozen. */
  'never-opens',
  'always-frozen',
  /** No environment uses it. */
  'unused-window',
  'freeze-over',
  'freeze-without-window',
  'past-exception',
  'long-gap',
  /** Releases of the tz database disagree about the zone. */
  'zone-rules-changed',
] as const;

export type LintCode = (typeof lintCodes)[number];

export type LintFinding = {
  /** `note`: nothing here is wrong, but somebody should know. */
  readonly severity: 'warning' | 'note';
  readonly code: LintCode;
  /** Where in the policy, e.g. `['windows', 'nights', 'also', 0]`. */
  readonly path: readonly (string | number)[];
  /** What, where, why, and what to do. */
  readonly message: string;
  /** When it shows first, at most three times. Empty for what has no time of its own. */
  readonly instants: readonly Instant[];
};

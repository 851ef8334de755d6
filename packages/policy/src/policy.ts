/**
 * The policy as the gates see it: every default filled in, every duration in seconds, every name resolved.
 * Wall-clock times stay wall-clock times; only `@sallyport/calendar` turns them into instants.
 */
export type Policy = {
  readonly version: 1;
  /** `owner/name`, or null when the file leaves it out (then the repository it was read from). */
  readonly repository: string | null;
  readonly merge: MergePolicy;
  readonly build: BuildPolicy;
  /** In file order; the order is the way a build travels. */
  readonly environments: readonly EnvironmentPolicy[];
  readonly windows: readonly WindowPolicy[];
  readonly freezes: readonly FreezePolicy[];
  /** Never empty. */
  readonly calendars?: readonly CalendarPolicy[];
  readonly overrides: readonly OverridePolicy[];
  /** Never empty. */
  readonly notify?: readonly NotifyPolicy[];
  readonly ledger: LedgerPolicy;
};

export type MergePolicy = {
  /** Branches that only the merge gate may admit to; exact names. */
  readonly into: readonly string[];
  /** Never empty. */
  readonly tests: readonly TestPolicy[];
  readonly review: ReviewPolicy;
};

/** A test is a name plus exactly one place it must come from: a workflow file, a GitHub App, or the account that posts a commit status. */
export type TestPolicy = (
  | { readonly check: string; readonly from: 'workflow'; readonly workflow: string }
  | { readonly check: string; readonly from: 'app'; readonly app: number }
  | { readonly check: string; readonly from: 'status'; readonly creator: number }
) & {
  /** Needed only when the change touches one of these globs; null: always needed. */
  readonly paths: readonly string[] | null;
  /** The latest attempt may be at most this one; null: no limit. Only for tests from a workflow. */
  readonly attempts: number | null;
};

export type ReviewPolicy = {
  /** At least 1. */
  readonly approvals: number;
  readonly permission: 'write' | 'maintain' | 'admin';
  readonly sensitive: readonly SensitivePathsPolicy[];
  readonly codeOwners: 'ignored' | 'required';
  /** `required`: every commit is signed, the signature verifies, and the signer pushed. Then an author's name alone disqualifies nobody. */
  readonly signatures: 'ignored' | 'required';
  /** Accounts of one person: an approval by one of them is no second person's. */
  readonly people: readonly PersonPolicy[];
  /** Machine accounts that act on nobody's word, such as a dependency updater. Any other machine needs a person who set it to work. */
  readonly machines: readonly MachinePolicy[];
};

/** Numeric account ids, two or more, no account in two lists. */
export type PersonPolicy = { readonly name: string; readonly accounts: readonly number[] };

export type MachinePolicy = { readonly name: string; readonly account: number };

export type SensitivePathsPolicy = {
  /** Globs over repository paths, `/` as separator. */
  readonly paths: readonly string[];
  readonly approvals: number;
  /** `organisation/slug`, or null when any permitted person counts. */
  readonly team: string | null;
};

export type BuildPolicy = {
  readonly workflow: string;
  readonly provenance: 'required' | 'none';
  /** Path of a sigstore trusted_root.json; absent: the public-good instance's, as released with Sallyport. */
  readonly trustRoot?: string;
};

export type EnvironmentPolicy = {
  readonly name: string;
  /** The workflow a promotion tag of this environment starts. */
  readonly workflow: string;
  readonly after: { readonly environment: string; readonly soakSeconds: number } | null;
  /** Name of a window, or null: open at any time. */
  readonly window: string | null;
  readonly promote: 'automatic' | 'scheduled';
  readonly mustFit: boolean;
  /** Name of an override rule, or null: no override exists for this environment. */
  readonly override: string | null;
  readonly rollback: 'anytime' | 'window';
  /** How soon after a promotion the run of `workflow` has to be there; absent: `defaultStartWithinSeconds`. */
  readonly startWithinSeconds?: number;
  /** How it is known to be healthy after the deploy; absent: the deploy's success is all that is known. */
  readonly health?: HealthPolicy;
};

/** Runs of `workflow` on the default branch are probes: success is healthy, failure is not. */
export type HealthPolicy = { readonly workflow: string; /** How often one is expected, at least. */ readonly everySeconds: number };

export type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

export type Ordinal = 'first' | 'second' | 'third' | 'fourth' | 'fifth' | 'last';

/** A weekday, or one day of every month: `second tuesday`. */
export type DayRule = Weekday | `${Ordinal} ${Weekday}`;

/** When something opens, by the wall clock. Fields that a policy does not use are absent, so that its digest does not change when a field is invented. */
export type OpeningHours = {
  readonly days: readonly DayRule[];
  /** `HH:MM`, wall clock. `to <= from` ends on the next day. */
  readonly from: string;
  readonly to: string;
  /** `YYYY-MM-DD`: the starting date of occurrences that do not happen. */
  readonly except: readonly string[];
  /** `YYYY-MM-DD`, inclusive: the first and the last date on which an occurrence may start. */
  readonly since?: string;
  readonly until?: string;
};

/** Its own opening hours and, within its own `since`, `until` and `except`, those of `also`. */
export type WindowPolicy = OpeningHours & {
  readonly name: string;
  /** IANA name, checked by the calendar. */
  readonly zone: string;
  /** Never empty. */
  readonly also?: readonly OpeningHours[];
  /** Whatever `since`, `until` and `except` say. */
  readonly extra: readonly ExtraWindowPolicy[];
};

export type ExtraWindowPolicy = {
  /** `YYYY-MM-DDTHH:MM`, wall clock in the window's zone. */
  readonly from: string;
  readonly to: string;
  readonly owner: string;
  readonly reason: string;
};

/** A time in which nothing is deployed: once, or every year. */
export type FreezePolicy = FreezeOncePolicy | YearlyFreezePolicy;

type FreezeTerms = {
  readonly name: string;
  readonly zone: string;
  readonly owner: string;
  readonly reason: string;
};

export type FreezeOncePolicy = FreezeTerms & {
  readonly every?: never;
  /** `YYYY-MM-DDTHH:MM`, wall clock in `zone`. */
  readonly from: string;
  /** null: until somebody takes the freeze out of the policy. */
  readonly to: string | null;
};

export type YearlyFreezePolicy = FreezeTerms & {
  readonly every: 'year';
  /** `MM-DDTHH:MM`, wall clock in `zone`; never 29 February. */
  readonly from: string;
  /** Earlier in the year than `from`: in the next year. Never equal. */
  readonly to: string;
};

/** Freezes that are kept elsewhere. While they cannot be read in full, everything is frozen. */
export type CalendarPolicy = {
  readonly name: string;
  /** IANA name: where whole days begin and end. */
  readonly zone: string;
  readonly owner: string;
  readonly reason: string;
  readonly source: CalendarSourcePolicy;
};

export type CalendarSourcePolicy = HolidaysPolicy | FeedPolicy;

export type HolidaysPolicy = {
  readonly kind: 'holidays';
  /** `COUNTRY[-STATE[-REGION]]`. */
  readonly place: string;
  readonly types: readonly HolidayType[];
  /** `YYYY-MM-DD`: days whose holidays do not count. */
  readonly except: readonly string[];
};

export type HolidayType = 'public' | 'bank' | 'school' | 'optional' | 'observance';

export type FeedPolicy = {
  readonly kind: 'feed';
  /** A file of the default branch, or the address of one whose bytes are agreed on. `sha256`: 64 digits of hex. */
  readonly at: { readonly in: 'repository'; readonly path: string } | { readonly in: 'web'; readonly url: string; readonly sha256: string };
  /** How old it may be by what it says of itself. */
  readonly longestAgeSeconds: number;
  readonly withoutEvents: 'closed' | 'open';
};

export type OverridePolicy = {
  readonly name: string;
  readonly approvers: { readonly team: string; readonly approvals: number };
  readonly requires: readonly ('reason' | 'advisory')[];
  readonly waives: readonly ('window' | 'soak' | 'freeze')[];
  /** At most 8 hours. */
  readonly expiresAfterSeconds: number;
  readonly reviewWithinSeconds: number;
};

export type NoticeEvent = 'window-opens' | 'override-requested' | 'override-used' | 'window-missed' | 'drift' | 'bypass-seen';

export type NotifyPolicy = {
  readonly to: 'github' | 'slack' | 'teams';
  readonly of: readonly NoticeEvent[];
  /** Logins and teams (`organisation/slug`), only for `github`. */
  readonly mention: readonly string[];
};

export type LedgerPolicy = {
  /** C2SP signed-note verifier keys (`name+hash+base64`). Empty: nobody but the key holder can verify. */
  readonly keys: readonly string[];
};

/** What reading a calendar file may cost. */
export type FeedLimits = {
  readonly maximumBytes: number;
  /** Components within components; a calendar needs three. */
  readonly maximumDepth: number;
  readonly maximumEvents: number;
  /** Dates that recurrence rules look at, and times that are looked up in a zone. */
  readonly maximumSteps: number;
  /** Those after are counted, not told. */
  readonly maximumProblems: number;
};

export const defaultFeedLimits: FeedLimits = {
  maximumBytes: 1024 * 1024,
  maximumDepth: 8,
  maximumEvents: 10_000,
  maximumSteps: 500_000,
  maximumProblems: 50,
};

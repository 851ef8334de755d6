/** Epoch milliseconds, UTC. */
export type Instant = number;

/** Half-open span of time: `[from, to)`. */
export type Interval = { readonly from: Instant; readonly to: Instant };

/** What the calendar says of one environment's window at one instant. */
export type WindowState =
  | {
      readonly state: 'open';
      readonly window: string;
      readonly since: Instant;
      readonly until: Instant;
      /** The occurrence after this one; null when none comes within the horizon. */
      readonly nextOpening: Interval | null;
    }
  | {
      readonly state: 'closed';
      readonly window: string;
      readonly because: 'outside-window' | 'freeze';
      /** Set when `because` is `freeze`. */
      readonly freeze: string | null;
      readonly nextOpening: Interval | null;
    };

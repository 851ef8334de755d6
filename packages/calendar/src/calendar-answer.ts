import type { Instant } from './calendar.ts';
import type { WindowRule } from './window-rules.ts';

/** An opening as it is announced. `to` is null when it does not close within the horizon after `from`. */
export type Opening = { readonly from: Instant; readonly to: Instant | null };

/** A freeze and the time it is in force. */
export type FreezeInForce = {
  readonly name: string;
  readonly owner: string;
  readonly reason: string;
  readonly since: Instant;
  /** null: until somebody ends it. */
  readonly until: Instant | null;
};

/** What the calendar says of a window at one instant; all instants in epoch milliseconds. null: not within the horizon. */
export type CalendarAnswer = OpenAnswer | ClosedAnswer;

type Asked = {
  readonly at: Instant;
  readonly window: string;
  /** The next opening that begins after `at`. */
  readonly nextOpening: Opening | null;
  /** When it closes next, be it open now or later. */
  readonly nextClosing: Instant | null;
  /** Until it closes when it is open, until it opens when it is closed. */
  readonly remainingMilliseconds: number | null;
};

export type OpenAnswer = Asked & {
  readonly state: 'open';
  /** The first rule in the file by which it is open now. */
  readonly rule: WindowRule;
  /** When it opened and when it closes, whatever rules carry it on in between. Half-open: at `until` it is closed. */
  readonly since: Instant | null;
  readonly until: Instant | null;
};

export type ClosedAnswer = Asked & {
  readonly state: 'closed';
  readonly why: { readonly because: 'no-window' } | { readonly because: 'freeze'; readonly freeze: FreezeInForce };
  /** When it closed and when it opens. */
  readonly since: Instant | null;
  readonly until: Instant | null;
};

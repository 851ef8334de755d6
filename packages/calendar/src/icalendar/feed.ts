import type { Instant } from '../calendar.ts';

/** What is shown in people's calendars: open time, closed time, or a planned deploy. */
export type FeedEventKind = 'window' | 'freeze' | 'release';

/** One entry of a feed, `[from, to)`, in whole seconds: a part of a second at either end is counted in. */
export type FeedEvent = {
  /** Names the event for good within its repository; the UID is made of it. */
  readonly key: string;
  readonly kind: FeedEventKind;
  readonly from: Instant;
  /** No earlier than `from`. */
  readonly to: Instant;
  /** IANA name of the zone in which people read it. */
  readonly zone: string;
  readonly summary: string;
  /** Empty: none. */
  readonly description: string;
  /** Left out of the feed unless it is http or https and carries no password. */
  readonly url: string | null;
  /** How often the event was changed since it was first published; 0 at first (RFC 5545 §3.8.7.4). */
  readonly sequence: number;
};

export type Feed = {
  /** `owner/name`; part of every UID, so that feeds of two repositories can be read into one calendar. */
  readonly repository: string;
  /** The title that calendar programs show. */
  readonly name: string;
  /** How often subscribers are asked to look again. */
  readonly refreshMinutes: number;
  readonly events: readonly FeedEvent[];
};

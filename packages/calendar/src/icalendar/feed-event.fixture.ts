import type { Feed, FeedEvent } from './feed.ts';

/** The first Saturday morning of December 2026 in Los Angeles. */
export const saturday: FeedEvent = {
  key: 'production/saturday-morning/2026-12-05',
  kind: 'window',
  from: Date.parse('2026-12-05T14:00Z'),
  to: Date.parse('2026-12-05T20:00Z'),
  zone: 'America/Los_Angeles',
  summary: 'Production window',
  description: '',
  url: null,
  sequence: 0,
};

export const feedOf = (...events: readonly FeedEvent[]): Feed => ({ repository: 'acme/shop', name: 'acme/shop releases', refreshMinutes: 60, events });

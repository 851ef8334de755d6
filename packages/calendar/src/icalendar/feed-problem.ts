import { printable } from './content-text.ts';

/** Why a calendar file is not believed. */
export type FeedProblemCode =
  | 'too-large'
  | 'encoding'
  | 'control-character'
  | 'folding'
  | 'content-line'
  | 'nesting'
  | 'not-a-calendar'
  | 'unsupported'
  | 'no-events'
  | 'too-many-events'
  | 'missing-property'
  | 'repeated-property'
  | 'duplicate-uid'
  | 'date-time'
  | 'duration'
  | 'floating-time'
  | 'mixed-types'
  | 'unknown-zone'
  | 'zone-definition'
  | 'zone-disagrees'
  | 'empty-event'
  | 'recurrence'
  | 'too-many-steps'
  | 'too-many-problems';

export type FeedProblem = {
  readonly code: FeedProblemCode;
  /** Of the file, from 1; null for the file as a whole. */
  readonly line: number | null;
  /** What is wrong and what to do about it. Holds text of the file, without its control characters. */
  readonly message: string;
};

/** Notes a problem and goes on, so that all are found at once. */
export type Report = (code: FeedProblemCode, line: number | null, message: string) => void;

/** A piece of the file for a message: no longer than a glance, and no character cut in two. */
export function quote(text: string): string {
  const shown = printable(text);
  return `“${shown.length > 60 ? `${printable(shown.slice(0, 60))}…` : shown}”`;
}

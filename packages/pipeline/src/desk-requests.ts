import type { FactList, OverrideFacts, Person } from '@sallyport/gates';

/** What people ask for on a release issue, as written and not judged. `digestPrefix` is `sha256:` and at least 12 hex digits. */
export type ReleaseCommand =
  | { readonly name: 'hold'; readonly environment: string; readonly reason: string }
  | { readonly name: 'resume'; readonly environment: string }
  | { readonly name: 'unschedule'; readonly environment: string }
  /** `on` is a date (YYYY-MM-DD) in the window's zone, or `next`. */
  | { readonly name: 'schedule'; readonly environment: string; readonly on: string; readonly digestPrefix: string | null }
  | { readonly name: 'override'; readonly environment: string; readonly digestPrefix: string; readonly advisory: string | null; readonly reason: string }
  | { readonly name: 'approve'; readonly environment: string; readonly digestPrefix: string }
  | { readonly name: 'deny'; readonly environment: string; readonly digestPrefix: string; readonly reason: string }
  | { readonly name: 'rollback'; readonly environment: string; readonly digestPrefix: string; readonly reason: string }
  | { readonly name: 'status' }
  /** `problem` says how it would be written. */
  | { readonly name: 'unreadable'; readonly problem: string };

export type ReleaseComment = { readonly id: number; readonly person: Person; readonly commentedAt: number; readonly edited: boolean; readonly command: ReleaseCommand };

export type ReleaseIssue = {
  readonly issue: number;
  readonly open: boolean;
  readonly title: string;
  /** Markdown, without the mark by which it is found. */
  readonly body: string;
  /** The comments that are commands, oldest first. */
  readonly commands: FactList<ReleaseComment>;
  /** The commands that were answered, by their comments' ids. */
  readonly answered: ReadonlySet<number>;
};

export type OverrideRequest = OverrideFacts['request'];

/** `written`: the open issues of that label that hold no request that can be read. */
export type OverrideRequests = FactList<OverrideRequest> & { readonly written: readonly WrittenRequest[] };

export type WrittenRequest = {
  readonly issue: number;
  /** null: the account is gone. */
  readonly author: Person | null;
  readonly askedAt: number;
  readonly url: string;
  /** null: it is not written in the form. */
  readonly form: OverrideForm | FormProblems | null;
};

/** What somebody filled into the issue form for an override, as written and not judged. */
export type OverrideForm = {
  /** A version, or a digest, or at least 12 hex digits of one. */
  readonly build: string;
  readonly environment: string;
  readonly urgency: 'exploited' | 'exploit-public' | 'undisclosed' | 'incident';
  readonly advisory: string | null;
  readonly reason: string;
  readonly waives: readonly ('window' | 'soak' | 'freeze')[];
  /** null: as long as the policy allows. */
  readonly holdsSeconds: number | null;
};

/** Why a form cannot be read: a sentence each, with the field and what to write. */
export type FormProblems = { readonly problems: readonly string[] };

export type RollbackRequest = {
  /** Names the comment for good. */
  readonly id: string;
  readonly issue: number;
  readonly environment: string;
  /** `sha256:` and the first 12 or more hex digits of a build's digest. */
  readonly digestPrefix: string;
  readonly reason: string;
  readonly requester: Person;
  readonly requestedAt: number;
  readonly edited: boolean;
  readonly url: string;
};

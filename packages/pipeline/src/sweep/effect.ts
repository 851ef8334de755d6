import type { Decision, Digest } from '@sallyport/gates';
import type { EntryBody } from '@sallyport/ledger';
import type { PublishedRelease } from '../ledger-state.ts';
import type { Desk, Notice, NoticeChannel } from '../ports.ts';

/** One thing the gatekeeper would do, as data: what `--dry-run` prints is exactly what is applied. */
export type Effect =
  /** Appends all entries in one step, only if the ledger still has `ifSize` entries. */
  | { readonly effect: 'record'; readonly ifSize: number; readonly entries: readonly EntryDraft[] }
  | { readonly effect: 'create-tag'; readonly tag: string; readonly commit: string; readonly message: string; readonly taggedAt: number }
  | { readonly effect: 'open-review'; readonly override: string; readonly title: string; readonly body: string; readonly dueAt: number }
  | Courtesy;

/** Keeps people informed. It comes last, and nothing depends on it: when one fails, that is a note. */
export type Courtesy =
  | { readonly effect: 'open-release'; readonly environment: string; readonly after: number; readonly title: string; readonly body: string }
  | { readonly effect: 'publish-release'; readonly entry: PublishedRelease; readonly commit: string; readonly body: string; readonly checkpoint: { readonly name: string; readonly text: string } }
  | { readonly effect: 'update-release'; readonly issue: number; readonly title?: string; readonly body?: string; readonly state?: 'open' | 'closed' }
  | { readonly effect: 'answer-command'; readonly issue: number; readonly comment: number; readonly accepted: boolean; readonly body: string }
  /** A form that was refused is closed as well. */
  | { readonly effect: 'answer-form'; readonly issue: number; readonly accepted: boolean; readonly body: string }
  | { readonly effect: 'open-override'; readonly comment: number; readonly title: string; readonly block: Parameters<Desk['openOverride']>[0]['block']; readonly page: string }
  /** People are told by one channel, and that they were is recorded. */
  | { readonly effect: 'give-notice'; readonly channel: NoticeChannel; readonly notice: Notice; readonly mention: readonly string[] };

export type EntryDraft = { readonly key: string; readonly body: EntryBody };

/** Something a person should know that the gatekeeper neither decided nor did. */
export type Note = { readonly code: 'deploy-pending' | 'deploy-silent' | 'deploy-not-begun' | 'deploy-unreadable' | 'tag-disagrees' | 'tag-unknown' | 'staging-held' | 'drift' | 'probes-unreadable' | 'request-unreadable' | 'command-unjudged' | 'courtesy-failed'; readonly message: string };

export type MadeDecision = { readonly decision: Decision; readonly digest: Digest; /** Id of the rollback that it was asked about; null for what goes forward. */ readonly rollback: string | null };

/** What one look at the repository leads to. */
export type RoundPlan = { readonly effects: readonly Effect[]; /** Worked out only where nothing else is left to do. */ readonly courtesies: () => Promise<readonly Courtesy[]>; readonly decisions: readonly MadeDecision[]; readonly notes: readonly Note[] };

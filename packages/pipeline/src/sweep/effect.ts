import type { Decision, Digest } from '@sallyport/gates';
import type { EntryBody } from '@sallyport/ledger';

/** One thing the gatekeeper would do, as data: what `--dry-run` prints is exactly what is applied. */
export type Effect =
  /** Appends all entries in one step, only if the ledger still has `ifSize` entries. */
  | { readonly effect: 'record'; readonly ifSize: number; readonly entries: readonly EntryDraft[] }
  | { readonly effect: 'create-tag'; readonly tag: string; readonly commit: string; readonly message: string; readonly taggedAt: number }
  | { readonly effect: 'open-review'; readonly override: string; readonly title: string; readonly body: string; readonly dueAt: number };

export type EntryDraft = { readonly key: string; readonly body: EntryBody };

/** Something a person should know that the gatekeeper neither decided nor did. */
export type Note = { readonly code: 'deploy-pending' | 'deploy-silent' | 'deploy-unreadable' | 'tag-disagrees' | 'tag-unknown' | 'staging-held' | 'request-unreadable'; readonly message: string };

export type MadeDecision = { readonly decision: Decision; readonly digest: Digest };

/** What one look at the repository leads to. */
export type RoundPlan = { readonly effects: readonly Effect[]; readonly decisions: readonly MadeDecision[]; readonly notes: readonly Note[] };

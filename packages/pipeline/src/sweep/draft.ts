import { decision as decisionSchema, digestOf } from '@sallyport/gates';
import type { Decision, Sealed } from '@sallyport/gates';
import * as z from 'zod';
import { lastDecision, rollbackAsked, saysSomethingNew } from '../ledger-state.ts';
import type { LedgerState } from '../ledger-state.ts';
import type { Effect, EntryDraft, MadeDecision, Note, RoundPlan } from './effect.ts';

/** Collects a round's plan. Ledger entries know their index beforehand, because they are appended only if the ledger has not moved. */
export type Draft = {
  record(entry: EntryDraft): number;
  /** Notes a decision; records it when it says something new or `always`. Gives its ledger index, null when it was not recorded. */
  decide(decision: Decision, facts: Sealed<unknown>, options?: { readonly always: boolean }): number | null;
  /** Whether this round already intends a promotion to the environment. */
  intends(environment: string): boolean;
  effect(effect: Effect): void;
  note(note: Note): void;
  finish(): Omit<RoundPlan, 'courtesies'>;
};

export function startDraft(state: LedgerState): Draft {
  const entries: EntryDraft[] = [];
  const effects: Effect[] = [];
  const decisions: MadeDecision[] = [];
  const notes: Note[] = [];
  const record = (entry: EntryDraft): number => state.size + entries.push(entry) - 1;
  return {
    record,
    decide(decision, facts, options = { always: false }) {
      const document = decisionDocument(decision);
      decisions.push({ decision, digest: digestOf(document), rollback: rollbackAsked(facts.document) });
      if (!options.always && !saysSomethingNew(decision, lastDecision(state, decision, facts.document))) return null;
      return record(decisionEntry(decision, facts, state.size + entries.length));
    },
    intends: (environment) => entries.some(({ body }) => body.type === 'promotion-intended' && body.environment === environment),
    effect: (effect) => void effects.push(effect),
    note: (note) => void notes.push(note),
    finish: () => ({ effects: entries.length === 0 ? effects : [{ effect: 'record', ifSize: state.size, entries }, ...effects], decisions, notes }),
  };
}

/** A decision as JSON, instants in ISO 8601. */
export const decisionDocument = (decision: Decision): Record<string, unknown> => z.encode(decisionSchema, decision);

/** Decisions may repeat word for word at another time, so their key carries their place. */
export function decisionEntry(decision: Decision, facts: Sealed<unknown>, index: number): EntryDraft {
  return {
    key: `decision:${decision.gate}:${index}:${facts.digest}`,
    body: { type: 'decision-made', gate: decision.gate, subject: decision.subject, outcome: decision.outcome, decision: decisionDocument(decision), facts: facts.document as Record<string, unknown> },
  };
}

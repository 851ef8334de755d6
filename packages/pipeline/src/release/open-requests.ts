import type { LedgerState } from '../ledger-state.ts';
import type { Desk, OverrideRequest, WrittenRequest } from '../ports.ts';
import { overrideAsRecorded } from './recorded-override.ts';

/** An issue that is written in the form; read or not. */
export type WrittenForm = WrittenRequest & { readonly form: NonNullable<WrittenRequest['form']> };

export type OpenRequests = {
  /** As the ledger has them, by whichever door they came. */
  readonly requests: readonly OverrideRequest[];
  /** As written by programs that nobody asked to. */
  readonly programs: readonly OverrideRequest[];
  /** What could not be read, in words; null: nothing. */
  readonly missing: string | null;
  /** The issues whose form the ledger has. */
  readonly handled: readonly number[];
  /** Those by the form that the ledger knows nothing of. */
  readonly forms: readonly WrittenForm[];
};

/** Every open request for an override: by a block, by a command, and by the form once it is recorded, whatever its issue says by then. */
export async function openRequests(desk: Pick<Desk, 'listOverrideRequests'>, state: LedgerState): Promise<OpenRequests> {
  const listed = await desk.listOverrideRequests();
  const recorded = listed.written.flatMap((written) => requestIn(state, written) ?? []);
  const written = [...listed.items, ...recorded].map((request) => ({ request, asKept: overrideAsRecorded(state, request) }));
  return {
    requests: written.flatMap(({ asKept }) => asKept ?? []),
    programs: written.flatMap(({ request, asKept }) => (asKept === null && !state.askedOverrides.has(Number(request.id)) ? [request] : [])),
    missing: listed.complete ? null : listed.missing,
    handled: [...listed.items.map(({ id }) => Number(id)), ...listed.written.map(({ issue }) => issue)].filter((issue) => state.askedOverrides.get(issue)?.type === 'form-handled'),
    forms: listed.written.flatMap((one) => (one.form === null || state.askedOverrides.has(one.issue) ? [] : [{ ...one, form: one.form }])),
  };
}

/** What the ledger holds of an issue that says nothing any more, or is the form itself. */
function requestIn(state: LedgerState, { issue, askedAt, url }: WrittenRequest): OverrideRequest | null {
  const asked = state.askedOverrides.get(issue);
  if (asked?.command.name !== 'override') return null;
  const { environment, build, reason, advisory } = asked.command;
  return { id: String(issue), open: true, requester: asked.person, requestedAt: askedAt, environment, build, reason, advisory, url };
}

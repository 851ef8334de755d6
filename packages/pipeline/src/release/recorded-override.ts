import type { LedgerState } from '../ledger-state.ts';
import type { OverrideRequest } from '../ports.ts';
import { deniedRequests } from './standing-commands.ts';

/**
 * A request as the ledger has it. The gatekeeper itself writes the issue that a command asked for, so who asked, and for what, is as it was
 * recorded, whatever the issue says by now; what a lead denied is closed. Null: a program wrote it, and no command asked for it.
 */
export function overrideAsRecorded(state: LedgerState, request: OverrideRequest): OverrideRequest | null {
  const open = request.open && !deniedRequests(state).has(request.id);
  const asked = state.askedOverrides.get(Number(request.id));
  if (asked?.command.name !== 'override') return request.requester.kind === 'user' ? { ...request, open } : null;
  const { environment, build, reason, advisory } = asked.command;
  return { ...request, open, requester: asked.person, environment, build, reason, advisory };
}

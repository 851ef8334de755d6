import type { LedgerState, RecordedCommand, RecordedForm } from '../ledger-state.ts';
import type { OverrideRequest } from '../ports.ts';
import { deniedRequests } from './standing-commands.ts';

/**
 * A request as the ledger has it. The gatekeeper itself writes the issue that a command asked for, and takes up what a form asks for, so who
 * asked, and for what, is as it was recorded, whatever the issue says by now; what a lead denied is closed. Null: it is nobody's, because a program
 * wrote it and no command asked for it, or because the form that it was is refused.
 */
export function overrideAsRecorded(state: LedgerState, request: OverrideRequest): OverrideRequest | null {
  const open = request.open && !deniedRequests(state).has(request.id);
  const asked = state.askedOverrides.get(Number(request.id));
  if (asked === undefined) return request.requester.kind === 'user' ? { ...request, open } : null;
  if (asked.command.name !== 'override') return null;
  const { environment, build, reason, advisory } = asked.command;
  const { id, requestedAt, url } = request;
  return { id, open, requester: asked.person, requestedAt, environment, build, reason, advisory, ...lessThanAllowed(asked.command), url };
}

type Asked = Extract<(RecordedCommand | RecordedForm)['command'], { readonly name: 'override' }>;

/** Only a form asks for less than the policy allows. */
function lessThanAllowed(command: Asked): Pick<OverrideRequest, 'waives' | 'holdsSeconds'> {
  if (!('waives' in command)) return {};
  const { waives, holdsSeconds } = command;
  return { waives, ...(holdsSeconds === null ? {} : { holdsSeconds }) };
}

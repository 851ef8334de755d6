import { decideOverride, overrideFacts, seal } from '@sallyport/gates';
import { gatherOverrideFacts } from '@sallyport/pipeline';
import { connect, readingScopes } from '../connect.ts';
import { exitCodeOf } from '../exit-code.ts';
import type { ExitCode, Io } from '../io.ts';
import { loadRecord } from '../load-record.ts';
import { decideOffline } from '../offline/decide-offline.ts';
import { parseNumber } from '../parse-number.ts';
import { findRequest } from '../override-request.ts';
import { printDecision } from '../print-decision.ts';
import { offlineOptions, requireSubject, withGateOptions } from './gate-options.ts';
import type { GateOptions } from './gate-options.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';

/** Does this request become an override? Reads, and changes nothing. */
export async function gateOverride(io: Io, issue: string | undefined, options: GateOptions): Promise<ExitCode> {
  const offline = offlineOptions(issue, options);
  if (offline !== null) return decideOffline(io, 'override', offline);
  const number = parseNumber(requireSubject(issue, 'request'), 'an issue');
  const { outside } = await connect(io, options, readingScopes);
  const { repository, policy, state } = await loadRecord(outside);
  const request = await findRequest(outside.desk, state, number);
  const facts = await gatherOverrideFacts({ ...outside, repository, state }, request, policy.sealed.value);
  const decision = decideOverride(policy.sealed, seal(overrideFacts, facts), await outside.clock.read());
  printDecision(io, decision, policy.sealed.value, options);
  return exitCodeOf(decision.outcome);
}

export const registerGateOverride: Register = (parent, run) => {
  const command = parent.command('override').argument('[issue]', 'number of the request').summary('does this request become an override?').description('Says whether an override request is approved as the policy wants: by whom, in time, for this build, once.');
  withExamples(withGateOptions(command), 'sallyport gate override 41').action((issue: string | undefined, options: GateOptions) => run((io) => gateOverride(io, issue, options)));
};

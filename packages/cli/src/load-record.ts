import { describeFault, explainMissing, openLedgerReader, readPolicy, readState, requireIntact } from '@sallyport/pipeline';
import type { CurrentPolicy, LedgerState, OutsideReader, PolicyReading, RepositoryFact } from '@sallyport/pipeline';
import type { LedgerFault, VerifiedLedger } from '@sallyport/ledger';
import { InputError } from './input-error.ts';
import { invalidPolicy } from './policy-file.ts';
import { plain } from './render/plain.ts';

export type RepositoryRecord = { readonly repository: RepositoryFact; readonly policy: CurrentPolicy; readonly ledger: VerifiedLedger; readonly state: LedgerState };

/** Policy and verified ledger of a repository. Throws InputError without a valid policy, OutsideError when the ledger is not intact. */
export async function loadRecord(outside: Pick<OutsideReader, 'changes' | 'policy' | 'ledger'>): Promise<RepositoryRecord> {
  const [repository, reading] = await Promise.all([outside.changes.repository(), readPolicy(outside.policy)]);
  const policy = requirePolicy(reading);
  const ledger = requireIntact(await openLedgerReader(outside.ledger, { policy: policy.sealed.value, repository }).read(), 'nothing is decided by it');
  return { repository, policy, ledger, state: readState(ledger) };
}

/** The policy of the default branch. Throws InputError when it is missing or not valid. */
export function requirePolicy(reading: PolicyReading): CurrentPolicy {
  return reading.state === 'valid' ? reading.current : refusePolicy(reading);
}

/** Throws the InputError that says why there is no policy to decide by. */
export function refusePolicy(missing: Exclude<PolicyReading, { readonly state: 'valid' }>): never {
  if (missing.state === 'policy-missing') throw new InputError(explainMissing(missing, 'nothing is allowed'));
  throw invalidPolicy(`${missing.path} on the default branch`, missing.problems.filter(({ severity }) => severity === 'error'));
}

export const faultLine = (fault: LedgerFault): string => plain(describeFault(fault));

import { OutsideError, openLedgerReader, readPolicy, readState } from '@sallyport/pipeline';
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
  const ledger = await openLedgerReader(outside.ledger, { policy: policy.sealed.value, repository }).read();
  if (ledger.state === 'broken') throw new OutsideError('refused', `The ledger is not intact, so nothing is decided by it:\n${ledger.faults.map(faultLine).join('\n')}`, { retryable: false });
  return { repository, policy, ledger, state: readState(ledger) };
}

/** The policy of the default branch. Throws InputError when it is missing or not valid. */
export function requirePolicy(reading: PolicyReading): CurrentPolicy {
  if (reading.state === 'valid') return reading.current;
  if (reading.state === 'policy-missing') {
    throw new InputError(`There is no ${plain(reading.path)} on the default branch, so nothing is allowed.`, { next: `Add one; \`sallyport policy check\` says whether it is valid.` });
  }
  throw invalidPolicy(`${reading.path} on the default branch`, reading.problems.filter(({ severity }) => severity === 'error'));
}

export const faultLine = ({ code, index, message }: LedgerFault): string => plain(index === null ? `${code}: ${message}` : `${code} at entry ${index}: ${message}`);

import { canonicalJson, proveConsistency } from '@sallyport/ledger';
import { InputError } from '../input-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { plain } from '../render/plain.ts';
import { writeOutput } from '../write-output.ts';
import { sayFaults } from './intact-ledger.ts';
import { checkLedger, withLedgerSource } from './ledger-options.ts';
import type { ProofOptions } from './ledger-proof.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';

/** Writes the proof that the ledger begins with what an older checkpoint signed. 0 written, 1 when it does not. */
export async function ledgerConsistency(io: Io, file: string, options: ProofOptions): Promise<ExitCode> {
  const { check, remembered } = await checkLedger(io, { ...options, against: [...(options.against ?? []), file] });
  if (check.state === 'broken') {
    sayFaults(io, check.faults, `The ledger is not intact, or not the one of ${plain(file)}, so nothing is proved from it`);
    return 1;
  }
  const older = remembered.at(-1);
  const proof = older === undefined ? null : proveConsistency(check, older);
  if (proof === null) throw new InputError('There is no proof between an empty ledger and a checkpoint.', { next: 'Nothing has been recorded yet.' });
  await writeOutput(io, `${canonicalJson(proof)}\n`, options.out);
  return 0;
}

export const registerLedgerConsistency: Register = (parent, run) => {
  const command = withLedgerSource(parent.command('consistency').argument('<checkpoint>', 'an older checkpoint of this ledger; - reads standard input'))
    .option('--out <file>', 'where to write it (default: standard output)')
    .summary('one file that proves nothing before a checkpoint was rewritten')
    .description('Verifies the ledger and writes a proof that it begins with all that the older checkpoint signed. `sallyport ledger verify-proof` checks it offline, without the entries.');
  withExamples(command, 'sallyport ledger consistency remembered.txt --out proof.json --repo acme/shop').action((file: string, options: ProofOptions) => run((io) => ledgerConsistency(io, file, options)));
};

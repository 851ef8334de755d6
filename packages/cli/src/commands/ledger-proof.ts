import { canonicalJson, proveInclusion } from '@sallyport/ledger';
import type { ExitCode, Io } from '../io.ts';
import { parseIndex, requireEntry } from '../parse-range.ts';
import { writeOutput } from '../write-output.ts';
import { readIntact } from './intact-ledger.ts';
import { withLedgerSource } from './ledger-options.ts';
import type { LedgerOptions } from './ledger-options.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';

export type ProofOptions = LedgerOptions & { readonly out?: string };

/** Writes the proof that an entry is in the ledger. 0 written, 1 when the ledger is not intact. */
export async function ledgerProof(io: Io, entry: string, options: ProofOptions): Promise<ExitCode> {
  const wanted = parseIndex(entry, 'The entry');
  const ledger = await readIntact(io, options, 'nothing is proved from it');
  if (ledger === null) return 1;
  const proof = proveInclusion(ledger, requireEntry(wanted, ledger.head.size));
  await writeOutput(io, `${canonicalJson(proof)}\n`, options.out);
  return 0;
}

export const registerLedgerProof: Register = (parent, run) => {
  const command = withLedgerSource(parent.command('proof').argument('<index>', 'the entry, counted from 0'))
    .option('--out <file>', 'where to write it (default: standard output)')
    .summary('one file that proves an entry is in the ledger')
    .description('Verifies the ledger and writes a proof that holds the entry, its path to the root, and the signed checkpoint. `sallyport ledger verify-proof` checks it offline.');
  withExamples(command, 'sallyport ledger proof 41 --out proof.json --repo acme/shop').action((entry: string, options: ProofOptions) => run((io) => ledgerProof(io, entry, options)));
};

import { Option } from 'commander';
import { encodeEntry } from '@sallyport/ledger';
import type { ExitCode, Io } from '../io.ts';
import { parseRange } from '../parse-range.ts';
import type { RangeOptions } from '../parse-range.ts';
import { writeOutput } from '../write-output.ts';
import { readIntact } from './intact-ledger.ts';
import { withLedgerSource } from './ledger-options.ts';
import type { LedgerOptions } from './ledger-options.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';

export type ExportOptions = LedgerOptions & RangeOptions & { readonly out?: string };

/** Writes entries of a verified ledger, the exact bytes of each on a line of its own. 0 written, 1 when the ledger is not intact. */
export async function ledgerExport(io: Io, options: ExportOptions): Promise<ExitCode> {
  const ledger = await readIntact(io, options, 'nothing is exported');
  if (ledger === null) return 1;
  const { from, end } = parseRange(options, ledger.head.size);
  const text = ledger.entries.slice(from, end).map((entry) => Buffer.from(encodeEntry(entry).bytes).toString('utf8')).join('');
  await writeOutput(io, text, options.out);
  return 0;
}

export const registerLedgerExport: Register = (parent, run) => {
  const command = withLedgerSource(parent.command('export'))
    .option('--from <index>', 'the first entry (default: 0)')
    .option('--to <index>', 'the last entry (default: the last)')
    .addOption(new Option('--format <format>', 'one canonical JSON document a line').choices(['jsonl']).default('jsonl'))
    .option('--out <file>', 'where to write it (default: standard output)')
    .summary('entries, one JSON document a line')
    .description('Verifies the ledger and writes its entries, byte for byte as they were hashed: each is canonical JSON (RFC 8785) and a newline. A ledger that is not intact is not exported.');
  withExamples(command, 'sallyport ledger export --repo acme/shop > ledger.jsonl', 'sallyport ledger export --from 100 --to 199 --out entries.jsonl').action((options: ExportOptions) => run((io) => ledgerExport(io, options)));
};

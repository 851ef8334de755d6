import { describeInstant } from '@sallyport/calendar';
import type { LedgerEntry } from '@sallyport/ledger';
import { InputError } from '../input-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { plain } from '../render/plain.ts';
import { readIntact } from './intact-ledger.ts';
import { withLedgerOptions } from './ledger-options.ts';
import type { LedgerOptions } from './ledger-options.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';

export type LedgerShowOptions = LedgerOptions & { readonly count?: string };

/** The last entries of a verified ledger, newest last. */
export async function ledgerShow(io: Io, options: LedgerShowOptions): Promise<ExitCode> {
  const count = options.count ?? '10';
  if (!/^[1-9][0-9]{0,5}$/.test(count)) throw new InputError(`-n is "${plain(count)}"; it takes a number from 1 up.`);
  const ledger = await readIntact(io, options, 'its entries are not shown');
  if (ledger === null) return 1;
  const shown = ledger.entries.slice(-Number(count));
  if (options.json === true) io.stdout(`${JSON.stringify(shown)}\n`);
  else io.stdout(shown.map((entry) => `${entryLine(entry)}\n`).join(''));
  return 0;
}

const entryLine = ({ index, at, key, body }: LedgerEntry): string => `${String(index).padStart(5)}  ${describeInstant(Date.parse(at), 'UTC')}  ${body.type}  ${plain(key)}`;

export const registerLedgerShow: Register = (parent, run) => {
  const command = parent.command('show').summary('the last entries').description('Verifies the ledger and shows its last entries.');
  withExamples(withLedgerOptions(command).option('-n, --count <number>', 'how many entries', '10'), 'sallyport ledger show -n 20 --repo acme/shop').action((options: LedgerShowOptions) => run((io) => ledgerShow(io, options)));
};

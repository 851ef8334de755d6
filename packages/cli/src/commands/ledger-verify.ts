import { canonicalJson } from '@sallyport/ledger';
import type { ExitCode, Io } from '../io.ts';
import { faultLine } from '../load-record.ts';
import { entryCount, plain } from '../render/plain.ts';
import { checkLedger, checkLedgerBytes, withLedgerOptions } from './ledger-options.ts';
import type { LedgerOptions } from './ledger-options.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';

export type VerifyLedgerOptions = LedgerOptions & { readonly bytes?: boolean };

/** Says that the ledger is intact, or every fault and where it is. 0 intact, 1 not. */
export async function ledgerVerify(io: Io, options: VerifyLedgerOptions): Promise<ExitCode> {
  const { check, origin } = await (options.bytes === true ? checkLedgerBytes : checkLedger)(io, options);
  if (options.json === true) {
    io.stdout(`${canonicalJson(check.state === 'intact' ? { schema: 1, state: 'intact', entries: options.bytes === true ? 'not-read' : 'read', origin, size: check.head.size, root: check.head.root, checkpoint: check.checkpoint } : { schema: 1, state: 'broken', origin, faults: check.faults })}\n`);
  } else if (check.state === 'intact') {
    const unread = options.bytes === true ? '  These are the bytes that were signed. Whether each is an entry was not looked at.\n' : '';
    io.stdout(`${io.colors.green('✓ intact')}  ${plain(origin)}\n  ${entryCount(check.head.size)}, root ${check.head.root}\n${unread}`);
  } else {
    io.stdout(`${io.colors.red('✗ not intact')}  ${plain(origin)}\n${check.faults.map((fault) => `  ${faultLine(fault)}\n`).join('')}`);
  }
  return check.state === 'intact' ? 0 : 1;
}

export const registerLedgerVerify: Register = (parent, run) => {
  const command = parent.command('verify').summary('is the record intact?').description('Verifies the ledger from its bytes: every entry, the chain, the root, the signature. Exit status 0 intact, 1 not.');
  withLedgerOptions(command).option('--bytes', 'only whether these are the bytes that were signed; many times as fast, for whoever watches a long ledger');
  withExamples(command, 'sallyport ledger verify --repo acme/shop', 'sallyport ledger verify --directory ./ledger --origin github.com/acme/shop/sallyport --key "$VKEY" --against remembered.txt').action((options: VerifyLedgerOptions) =>
    run((io) => ledgerVerify(io, options)),
  );
};

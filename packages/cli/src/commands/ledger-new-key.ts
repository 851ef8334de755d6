import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { newSigningKey, verifierKey } from '@sallyport/ledger';
import { ledgerOrigin } from '@sallyport/pipeline';
import { InputError } from '../input-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { plain } from '../render/plain.ts';
import { findRepository } from '../repository.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';

export type NewKeyOptions = { readonly repo?: string; readonly out: string; readonly json?: boolean };

/** Makes a signing key for a repository's ledger: the private key into a new file that only its owner can read, the verifier key onto standard output. */
export async function ledgerNewKey(io: Io, options: NewKeyOptions): Promise<ExitCode> {
  const origin = ledgerOrigin(await findRepository(io, options.repo));
  const privateKey = newSigningKey();
  await writeNew(io, options.out, privateKey);
  const key = verifierKey(origin, privateKey);
  if (options.json === true) {
    io.stdout(`${JSON.stringify({ schema: 1, origin, verifierKey: key, file: options.out })}\n`);
    return 0;
  }
  io.stdout(`${key}\n`);
  io.stderr(`The private key is in ${plain(options.out)}. Put it into the secret SALLYPORT_LEDGER_KEY of the environment sallyport, then delete the file.\nThe line above is the verifier key: put it into the policy under ledger.keys, beside the one that is there.\n`);
  return 0;
}

/** Never over a file that is there: it may be the only copy of another key. */
async function writeNew(io: Io, out: string, text: string): Promise<void> {
  try {
    const file = await open(resolve(io.cwd, out), 'wx', 0o600);
    await file.writeFile(text).finally(() => file.close());
  } catch (cause) {
    const exists = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    throw new InputError(exists ? `${plain(out)} is there already, and a key is never written over a file.` : `${plain(out)} cannot be written: ${cause instanceof Error ? plain(cause.message) : 'for an unknown reason'}.`, { cause, next: exists ? 'Give a name that is not taken.' : 'Give a file in a folder that exists and that you may write to.' });
  }
}

export const registerLedgerNewKey: Register = (parent, run) => {
  const command = parent.command('new-key')
    .requiredOption('--out <file>', 'where the private key goes; the file must not exist')
    .option('--repo <owner/name>', 'whose ledger it signs (default: GITHUB_REPOSITORY, else the remote origin)')
    .option('--json', 'print JSON')
    .summary('a signing key for a ledger')
    .description('Makes an Ed25519 key for a repository’s ledger and prints its verifier key for the policy. Nothing is sent anywhere. For the first key, and to change one.');
  withExamples(command, 'sallyport ledger new-key --repo acme/shop --out ledger-key.pem').action((options: NewKeyOptions) => run((io) => ledgerNewKey(io, options)));
};

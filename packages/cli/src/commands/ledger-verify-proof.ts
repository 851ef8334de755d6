import type { Command } from 'commander';
import { describeInstant } from '@sallyport/calendar';
import { canonicalJson, verifyConsistency, verifyInclusion } from '@sallyport/ledger';
import type { ConsistencyCheck, InclusionCheck } from '@sallyport/ledger';
import { ledgerOrigin } from '@sallyport/pipeline';
import { InputError } from '../input-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { parseJsonFile } from '../parse-json.ts';
import { defaultPolicyFile, readPolicyFile } from '../policy-file.ts';
import { readTextFile } from '../read-file.ts';
import { describeEntry } from '../render/entry-text.ts';
import { entryCount, plain } from '../render/plain.ts';
import { findRepository } from '../repository.ts';
import { collect } from './ledger-options.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';

export type VerifyProofOptions = { readonly key?: readonly string[]; readonly policy?: string; readonly origin?: string; readonly json?: boolean };

type Trust = { readonly keys: readonly string[]; /** null: whichever ledger a trusted key speaks for. */ readonly origin: string | null };
type Proved = Extract<InclusionCheck, { ok: true }> | Extract<ConsistencyCheck, { ok: true }>;

/** Checks a proof file offline, and says what it proves. 0 it holds, 1 it does not. */
export async function ledgerVerifyProof(io: Io, file: string, options: VerifyProofOptions): Promise<ExitCode> {
  const name = file === '-' ? 'standard input' : file;
  const proof = parseJsonFile(await readTextFile(io, file, 'proof'), name, 'proof');
  const trust = await readTrust(io, options);
  const check = isConsistency(proof) ? verifyConsistency(proof, trust.keys) : verifyInclusion(proof, trust.keys);
  if (!check.ok && check.code === 'proof-malformed') throw new InputError(`${plain(name)} is no proof: ${check.message}`, { next: 'Give a file as `sallyport ledger proof` or `sallyport ledger consistency` writes it.' });
  if (!check.ok && check.code === 'no-trusted-key') throw new InputError(check.message, { next: 'Give --key, or the --policy that has the key under ledger.keys.' });
  if (!check.ok) return refuse(io, check, options);
  const { origin } = headOf(check);
  if (trust.origin !== null && origin !== trust.origin) return refuse(io, { code: 'checkpoint-origin', message: `The proof is of ${origin}, not of ${trust.origin}.` }, options);
  io.stdout(options.json === true ? `${canonicalJson(documentOf(check))}\n` : `${textOf(check, io)}\n`);
  return 0;
}

const isConsistency = (proof: unknown): boolean => typeof proof === 'object' && proof !== null && Object.hasOwn(proof, 'older');

const headOf = (check: Proved) => ('entry' in check ? check.head : check.newer);

/** With a policy, the proof must be of its repository's ledger; a key alone vouches for the ledger it names. */
async function readTrust(io: Io, { key, policy, origin }: VerifyProofOptions): Promise<Trust> {
  if (key !== undefined) return { keys: key, origin: origin ?? null };
  const { ledger, repository } = (await readPolicyFile(io, policy ?? defaultPolicyFile)).sealed.value;
  const own = repository === null ? null : ledgerOrigin(await findRepository(io, repository));
  return { keys: ledger.keys, origin: origin ?? own };
}

function refuse(io: Io, { code, message }: { readonly code: string; readonly message: string }, { json }: VerifyProofOptions): ExitCode {
  io.stdout(json === true ? `${canonicalJson({ schema: 1, state: 'refused', code, message })}\n` : `${io.colors.red('✗ not proved')}  ${code}\n  ${plain(message)}\n`);
  return 1;
}

function documentOf(check: Proved): Record<string, unknown> {
  if ('entry' in check) return { schema: 1, state: 'included', ...check.head, index: check.entry.index, entry: check.entry };
  return { schema: 1, state: 'consistent', ...check.newer, older: { size: check.older.size, root: check.older.root } };
}

function textOf(check: Proved, { colors }: Pick<Io, 'colors'>): string {
  const { origin, size, root } = headOf(check);
  const ending = `  root ${root}`;
  if (!('entry' in check)) return [`${colors.green('✓ nothing rewritten')}  ${plain(origin)}`, `  ${entryCount(size)}, of which the first ${check.older.size} are those of the older checkpoint`, ending].join('\n');
  const { index, at, key, body } = check.entry;
  return [
    `${colors.green('✓ in the ledger')}  ${plain(origin)}`,
    `  entry ${index} of ${entryCount(size)}, counted from 0, recorded ${describeInstant(Date.parse(at), 'UTC')}`,
    `  ${describeEntry(body)}`,
    `  ${body.type}, ${plain(key)}`,
    ending,
  ].join('\n');
}

const withTrustOptions = (command: Command): Command =>
  command
    .option('--key <vkey>', 'a verifier key to trust, name+hash+base64; may be repeated (default: ledger.keys of the policy)', collect)
    .option('--policy <file>', `where the keys come from (default: ${defaultPolicyFile})`)
    .option('--origin <name>', 'the ledger it must be of (default: that of the policy’s repository; with --key, the one the key names)')
    .option('--json', 'print JSON');

export const registerLedgerVerifyProof: Register = (parent, run) => {
  const command = withTrustOptions(parent.command('verify-proof').argument('<file>', 'a proof of an entry or of consistency; - reads standard input'))
    .summary('does a proof hold?')
    .description('Checks a proof offline, with nothing but a verifier key, and says which ledger it is of and what it proves. Exit status 0 it holds, 1 it does not.');
  withExamples(command, 'sallyport ledger verify-proof proof.json --key "$VKEY"', 'sallyport ledger verify-proof proof.json --policy sallyport.yml --json').action((file: string, options: VerifyProofOptions) => run((io) => ledgerVerifyProof(io, file, options)));
};

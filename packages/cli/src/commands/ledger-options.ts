import type { Command } from 'commander';
import { openCheckpoint, verifyBytes, verifyLedger } from '@sallyport/ledger';
import type { BytesCheck, LedgerCheck, LedgerFiles, TreeHead, VerifyOptions } from '@sallyport/ledger';
import { ledgerOrigin, readPolicy } from '@sallyport/pipeline';
import { connect } from '../connect.ts';
import type { GitHubOptions } from '../connect.ts';
import { InputError } from '../input-error.ts';
import type { Io } from '../io.ts';
import { readLedgerFolder } from '../ledger-folder.ts';
import { requirePolicy } from '../load-record.ts';
import { defaultPolicyFile, readPolicyFile } from '../policy-file.ts';
import { readTextFile } from '../read-file.ts';
import { plain } from '../render/plain.ts';
import { findRepository } from '../repository.ts';
import { withGitHubOptions } from './register.ts';
import { resolve } from 'node:path';

export type LedgerOptions = GitHubOptions & {
  readonly directory?: string;
  readonly key?: readonly string[];
  readonly origin?: string;
  readonly policy?: string;
  readonly against?: readonly string[];
  readonly json?: boolean;
};

export const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value];

/** Which ledger to read and whom to trust. */
export const withLedgerSource = (command: Command): Command =>
  withGitHubOptions(command)
    .option('--directory <folder>', 'a checked-out copy of the ledger branch, instead of GitHub')
    .option('--key <vkey>', 'a verifier key to trust, name+hash+base64; may be repeated (default: ledger.keys of the policy)', collect)
    .option('--origin <name>', 'the ledger name its checkpoints carry (default: github.com/<owner>/<name>/sallyport)')
    .option('--policy <file>', `with --directory: where the keys come from (default: ${defaultPolicyFile})`)
    .option('--against <file>', 'a checkpoint remembered from elsewhere; may be repeated', collect);

export const withLedgerOptions = (command: Command): Command => withLedgerSource(command).option('--json', 'print JSON');

/** A signed note that was kept outside the ledger, and what it signs. */
export type Remembered = { readonly head: TreeHead; readonly text: string };

export type CheckedLedger<C = LedgerCheck> = { readonly check: C; readonly origin: string; /** The checkpoints of `--against`, in the order given. */ readonly remembered: readonly Remembered[] };

/** Reads a ledger from a folder or from GitHub and verifies it against the trusted keys and the remembered checkpoints. */
export async function checkLedger(io: Io, options: LedgerOptions): Promise<CheckedLedger> {
  const { files, ...source } = await readSource(io, options);
  return { origin: source.origin, remembered: source.remembered, check: verifyLedger(files, verifyOptions(source)) };
}

/** The same, without reading the entries: only whether their bytes are those that were signed. */
export async function checkLedgerBytes(io: Io, options: LedgerOptions): Promise<CheckedLedger<BytesCheck>> {
  const { files, ...source } = await readSource(io, options);
  return { origin: source.origin, remembered: source.remembered, check: verifyBytes(files, verifyOptions(source)) };
}

type Trusted = { readonly origin: string; readonly keys: readonly string[]; readonly remembered: readonly Remembered[] };

const verifyOptions = ({ origin, keys, remembered }: Trusted): VerifyOptions => ({ origin, keys, remembered: remembered.map(({ head }) => head) });

type Source = Trusted & { readonly files: LedgerFiles };

async function readSource(io: Io, options: LedgerOptions): Promise<Source> {
  if (options.directory === undefined) return readFromGitHub(io, options);
  const folder = resolve(io.cwd, options.directory);
  const files = await readLedgerFolder(folder).catch((cause: unknown) => {
    throw new InputError(`The ledger folder ${plain(options.directory ?? '')} cannot be read: ${cause instanceof Error ? cause.message : 'for an unknown reason'}`, { cause, next: 'Check out the branch sallyport-ledger and give its folder.' });
  });
  if (files.checkpoint === null && files.entries.length === 0) throw new InputError(`The folder ${plain(options.directory)} holds no ledger: neither a checkpoint nor entries.`, { next: 'Check out the branch sallyport-ledger and give its folder.' });
  const keys = options.key ?? (await keysOfFile(io, options.policy ?? defaultPolicyFile));
  const origin = options.origin ?? ledgerOrigin(await repositoryOf(io, options));
  return { files, origin, keys, remembered: await readRemembered(io, options, keys) };
}

async function readFromGitHub(io: Io, options: LedgerOptions): Promise<Source> {
  const { outside, repository } = await connect(io, options, 'a fine-grained token with read access to contents and metadata');
  const keys = options.key ?? requirePolicy(await readPolicy(outside.policy)).sealed.value.ledger.keys;
  const origin = options.origin ?? ledgerOrigin(repository);
  return { files: await outside.ledger.read(), origin, keys, remembered: await readRemembered(io, options, keys) };
}

async function keysOfFile(io: Io, path: string): Promise<readonly string[]> {
  return (await readPolicyFile(io, path)).sealed.value.ledger.keys;
}

/** The policy names the repository where it can; the origin follows from it. */
async function repositoryOf(io: Io, options: LedgerOptions) {
  if (options.repo !== undefined || options.key !== undefined) return findRepository(io, options.repo);
  const { repository } = (await readPolicyFile(io, options.policy ?? defaultPolicyFile)).sealed.value;
  return findRepository(io, repository ?? undefined);
}

async function readRemembered(io: Io, { against = [] }: LedgerOptions, keys: readonly string[]): Promise<readonly Remembered[]> {
  const checkpoints: Remembered[] = [];
  for (const path of against) {
    const text = await readTextFile(io, path, 'checkpoint');
    const opened = openCheckpoint(text, keys);
    if (!opened.ok) throw new InputError(`The checkpoint ${plain(path)} cannot be used: ${opened.message}`, { next: 'Give a signed note as the ledger keeps it, signed by a trusted key.' });
    checkpoints.push({ head: opened.head, text });
  }
  return checkpoints;
}

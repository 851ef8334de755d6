import { toBase64 } from './base64.ts';
import { signCheckpoint } from './checkpoint.ts';
import { canonicalJson, encodeEntry } from './entry-bytes.ts';
import { checkpointPath, entryPath } from './entry-path.ts';
import type { EntryBody, LedgerEntry } from './entry.ts';
import { LedgerBrokenError, LedgerError } from './ledger-error.ts';
import type { LedgerStore, TreeHead, VerifiedLedger } from './ledger.ts';
import { appendLeaf, hashLeaf, rangeRoot } from './merkle-tree.ts';
import { verifierKey } from './signed-note.ts';
import { verifyLedger } from './verify-ledger.ts';
import type { LedgerVerifier } from './verify-ledger.ts';

export type AppendContext = {
  readonly store: LedgerStore;
  readonly origin: string;
  /** Ed25519, PKCS#8 PEM. */
  readonly privateKeyPem: string;
  /** Trusted verifier keys; the signing key's own must be among them. */
  readonly keys: readonly string[];
  readonly remembered?: readonly TreeHead[];
  /** Says whether what was read is intact; without it, `verifyLedger` does, anew each time. */
  readonly verify?: LedgerVerifier;
  /** The entries' time, ISO 8601 with offset. */
  readonly at: string;
  /** How often to try when others append too; at least 1. */
  readonly attempts: number;
  /** Waits; without it, the next try follows at once. */
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** A number from 0 up to 1 by which a wait is shortened, so that writers do not meet again; without it, waits are full. */
  readonly jitter?: () => number;
};

export type NewEntry = { readonly key: string; readonly body: EntryBody };

export type AppendResult =
  | {
      /** `present`: every key was there already and nothing was written. */
      readonly state: 'appended' | 'present';
      readonly ledger: VerifiedLedger;
      /** The ledger's entry of each key asked for, in the order asked. */
      readonly entries: readonly LedgerEntry[];
      /** Keys that were there already with another body: the recorded one stands. */
      readonly differing: readonly string[];
    }
  /** The ledger no longer has the size asked for, and lacks a key: nothing was written. */
  | { readonly state: 'moved'; readonly ledger: VerifiedLedger };

const firstWaitMilliseconds = 250;
const longestWaitMilliseconds = 8000;

/**
 * Adds entries in one commit, each key once. Reads and verifies what is there first; when another writer was faster, reads again and
 * retries. With `ifSize` it writes only on top of exactly that many entries.
 * Throws LedgerBrokenError for a ledger that does not verify, and LedgerError `ledger-busy` (retryable), `key-unusable`,
 * `key-not-trusted` or `entry-refused`; what the store throws passes through, and the same call may then be made again.
 */
export async function appendEntries(context: AppendContext, wanted: readonly NewEntry[], options: { readonly ifSize?: number } = {}): Promise<AppendResult> {
  checkRequest(context, wanted);
  for (let attempt = 1; attempt <= context.attempts; attempt += 1) {
    if (attempt > 1) await waitBefore(attempt, context);
    const files = await context.store.read();
    const ledger = context.verify?.(files) ?? verifyLedger(files, context);
    if (ledger.state === 'broken') throw new LedgerBrokenError(ledger.faults);
    const known = new Map(ledger.entries.map((entry) => [entry.key, entry]));
    const missing = wanted.filter(({ key }) => !known.has(key));
    if (missing.length === 0) return resultOf('present', ledger, known, wanted);
    if (options.ifSize !== undefined && options.ifSize !== ledger.head.size) return { state: 'moved', ledger };

    const addition = growLedger(context, ledger, missing);
    if ((await context.store.write(files.commit, addition.files, addition.message)) === 'written') {
      const added = addition.ledger.entries.slice(ledger.entries.length).map((entry): [string, LedgerEntry] => [entry.key, entry]);
      return resultOf('appended', addition.ledger, new Map([...known, ...added]), wanted);
    }
  }
  throw new LedgerError('ledger-busy', `Others kept appending to the ledger ${context.origin}; nothing was added after ${context.attempts} attempts. Run it again.`, { retryable: true });
}

type Addition = { readonly ledger: VerifiedLedger; readonly files: ReadonlyMap<string, Uint8Array>; readonly message: string };

function growLedger({ origin, privateKeyPem, at }: AppendContext, ledger: VerifiedLedger, missing: readonly NewEntry[]): Addition {
  let { range } = ledger;
  const files = new Map<string, Uint8Array>();
  const added = missing.map(({ key, body }) => {
    const { bytes, entry } = encodeEntry({ schema: 1, index: range.size, at, key, previousRoot: toBase64(rangeRoot(range)), body });
    files.set(entryPath(range.size), bytes);
    range = appendLeaf(range, hashLeaf(bytes));
    return entry;
  });
  const head: TreeHead = { origin, size: range.size, root: toBase64(rangeRoot(range)) };
  const checkpoint = signCheckpoint(head, privateKeyPem);
  files.set(checkpointPath, Buffer.from(checkpoint, 'utf8'));
  const message = missing.length === 1 ? `Record ${missing[0]?.body.type} as entry ${ledger.head.size}` : `Record entries ${ledger.head.size} to ${range.size - 1}`;
  return { ledger: { state: 'intact', commit: null, head, checkpoint, entries: [...ledger.entries, ...added], range }, files, message };
}

function resultOf(state: 'appended' | 'present', ledger: VerifiedLedger, known: ReadonlyMap<string, LedgerEntry>, wanted: readonly NewEntry[]): AppendResult {
  const pairs = wanted.flatMap(({ key, body }) => {
    const entry = known.get(key);
    return entry === undefined ? [] : [{ entry, same: canonicalJson(entry.body) === canonicalJson(body) }];
  });
  return { state, ledger, entries: pairs.map(({ entry }) => entry), differing: pairs.filter(({ same }) => !same).map(({ entry }) => entry.key) };
}

function checkRequest({ origin, privateKeyPem, keys, attempts }: AppendContext, wanted: readonly NewEntry[]): void {
  if (!Number.isSafeInteger(attempts) || attempts < 1) throw new RangeError(`attempts is ${attempts}; it must be at least 1.`);
  requireTrustedKey({ origin, privateKeyPem, keys });
  const seen = new Set<string>();
  const twice = wanted.find(({ key }) => seen.size === seen.add(key).size);
  if (twice !== undefined) throw new LedgerError('entry-refused', `The key “${twice.key}” was given twice in one request.`, { retryable: false });
}

/** Throws LedgerError `key-not-trusted`, naming the public key, when checkpoints by this private key would not be believed. */
export function requireTrustedKey({ origin, privateKeyPem, keys }: Pick<AppendContext, 'origin' | 'privateKeyPem' | 'keys'>): void {
  const own = verifierKey(origin, privateKeyPem);
  if (!keys.includes(own)) throw new LedgerError('key-not-trusted', `Nobody would believe a checkpoint by this signing key: put ${own} into the policy under ledger.keys, or sign with the key that is there.`, { retryable: false });
}

async function waitBefore(attempt: number, { sleep, jitter }: AppendContext): Promise<void> {
  const longest = Math.min(longestWaitMilliseconds, firstWaitMilliseconds * 2 ** (attempt - 2));
  await sleep?.(Math.ceil(longest * (1 - (jitter?.() ?? 0))));
}

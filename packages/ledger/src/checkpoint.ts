import { fromBase64 } from './base64.ts';
import type { TreeHead } from './ledger.ts';
import { openNote, signNote } from './signed-note.ts';

/** Checkpoints as in https://c2sp.org/tlog-checkpoint: origin, size and root, a line each, as a signed note. Read 2026-11-23. */
export type OpenedCheckpoint =
  | { readonly ok: true; readonly head: TreeHead }
  | { readonly ok: false; readonly code: 'checkpoint-malformed' | 'checkpoint-signature' | 'no-trusted-key'; readonly message: string };

/** Why a checkpoint is not believed. */
export type CheckpointCode = Extract<OpenedCheckpoint, { readonly ok: false }>['code'];

/** The signed note over a head, signed in the origin's name. Throws LedgerError `key-unusable`. */
export const signCheckpoint = (head: TreeHead, privateKeyPem: string): string => signNote(`${head.origin}\n${head.size}\n${head.root}\n`, head.origin, privateKeyPem);

/**
 * Opens a checkpoint with the trusted verifier keys. Only a signature in the name of the checkpoint's own origin counts,
 * so that a key trusted for one ledger cannot speak for another. Never throws on bad text.
 */
export function openCheckpoint(text: string, keys: readonly string[]): OpenedCheckpoint {
  const note = openNote(text, keys);
  if (!note.ok) return { ok: false, code: note.code === 'no-trusted-key' ? note.code : `checkpoint-${note.code}`, message: note.message };
  const head = parseBody(note.text);
  if (head === null) return { ok: false, code: 'checkpoint-malformed', message: 'The checkpoint does not say origin, size and root, a line each.' };
  if (!note.signers.includes(head.origin)) return { ok: false, code: 'checkpoint-signature', message: `The checkpoint of ${head.origin} is signed in the name of ${note.signers.join(', ')} only.` };
  return { ok: true, head };
}

/** Lines after the third are extensions, which the format lets readers pass over. */
function parseBody(text: string): TreeHead | null {
  const lines = text.slice(0, -1).split('\n');
  const [origin, size, root] = lines;
  if (origin === undefined || size === undefined || root === undefined || lines.includes('')) return null;
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(size) || !Number.isSafeInteger(Number(size))) return null;
  return fromBase64(root)?.length === 32 ? { origin, size: Number(size), root } : null;
}

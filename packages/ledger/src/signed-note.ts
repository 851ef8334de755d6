import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { fromBase64, toBase64 } from './base64.ts';
import { LedgerError } from './ledger-error.ts';

/** Signed notes as in https://c2sp.org/signed-note (Ed25519, signature type 0x01), read 2026-11-23. */
const ed25519Type = 0x01;
const keyBytes = 32;
const keyHashBytes = 4;
const signatureBytes = 64;
const signatureLine = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u;
const keyName = /^[^\s+]+$/u;
/** Anyone may add lines to a note; beyond this it is not worth reading. */
const maxSignatures = 64;

export type NoteKey = { readonly name: string; readonly hash: string; readonly publicKey: KeyObject };

export type OpenedNote =
  | { readonly ok: true; readonly text: string; /** Names of the keys whose signatures hold. */ readonly signers: readonly string[] }
  | { readonly ok: false; readonly code: 'malformed' | 'signature' | 'no-trusted-key'; readonly message: string };

/** A new signing key, different each time: Ed25519, PKCS#8 PEM. */
export const newSigningKey = (): string => generateKeyPairSync('ed25519', { publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } }).privateKey;

/** The verifier key `name+hash+base64(0x01 || public key)` of a private key (PKCS#8 PEM, Ed25519). Throws LedgerError `key-unusable`. */
export function verifierKey(name: string, privateKeyPem: string): string {
  const encoded = encodedPublicKey(readPrivateKey(privateKeyPem));
  return `${checkName(name)}+${keyHash(name, encoded).toString('hex')}+${toBase64(encoded)}`;
}

/** Reads a verifier key; null when it is not one, or its hash is not that of its name and key. */
export function parseVerifierKey(text: string): NoteKey | null {
  // Base64 may hold '+', the name and the hash cannot.
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(text);
  const [, name, hash, base64] = match ?? [];
  if (name === undefined || hash === undefined || base64 === undefined) return null;
  const encoded = fromBase64(base64);
  if (encoded?.length !== 1 + keyBytes || encoded[0] !== ed25519Type) return null;
  if (!keyHash(name, encoded).equals(Buffer.from(hash, 'hex'))) return null;
  const x = Buffer.from(encoded.subarray(1)).toString('base64url');
  return { name, hash, publicKey: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }) };
}

/** A note over `text` (which ends in a newline) with one signature. Throws LedgerError `key-unusable`. */
export function signNote(text: string, name: string, privateKeyPem: string): string {
  const privateKey = readPrivateKey(privateKeyPem);
  const hash = keyHash(checkName(name), encodedPublicKey(privateKey));
  const signature = Buffer.concat([hash, sign(null, Buffer.from(text, 'utf8'), privateKey)]);
  return `${text}\n— ${name} ${toBase64(signature)}\n`;
}

/**
 * Opens a note with trusted verifier keys. Signatures by unknown keys are passed over; one that claims a trusted key and does not
 * hold spoils the note. At least one trusted signature is needed. Never throws on bad text.
 */
export function openNote(note: string, keys: readonly string[]): OpenedNote {
  const trusted = keys.map(parseVerifierKey).filter((key) => key !== null);
  if (trusted.length === 0) return { ok: false, code: 'no-trusted-key', message: 'No usable verifier key was given. Put the ledger’s verifier key into the policy under ledger.keys.' };
  const parts = splitNote(note);
  if (parts === null) return { ok: false, code: 'malformed', message: 'The checkpoint is not a signed note: a text, an empty line and signature lines are expected.' };

  const signers: string[] = [];
  for (const { name, bytes } of parts.signatures) {
    const hash = Buffer.from(bytes.subarray(0, keyHashBytes)).toString('hex');
    const signature = bytes.subarray(keyHashBytes);
    for (const key of trusted.filter((candidate) => candidate.name === name && candidate.hash === hash)) {
      if (signature.length !== signatureBytes || !verify(null, Buffer.from(parts.text, 'utf8'), key.publicKey, signature)) {
        return { ok: false, code: 'signature', message: `The checkpoint’s signature by ${name} does not hold: the text or the signature was changed.` };
      }
      signers.push(name);
    }
  }
  if (signers.length === 0) return { ok: false, code: 'signature', message: 'No trusted key has signed the checkpoint. If the key was changed, put the new verifier key into the policy under ledger.keys.' };
  return { ok: true, text: parts.text, signers };
}

function splitNote(note: string): { readonly text: string; readonly signatures: readonly { readonly name: string; readonly bytes: Uint8Array }[] } | null {
  const separator = note.lastIndexOf('\n\n');
  // Control characters have no place in a note, and a lone surrogate has no UTF-8.
  if (separator === -1 || !note.endsWith('\n') || /[\p{Cc}\p{Cs}]/u.test(note.replaceAll('\n', ''))) return null;
  const lines = note.slice(separator + 2, -1).split('\n');
  if (lines.length > maxSignatures) return null;
  const signatures = lines.map((line) => {
    const [, name, base64] = signatureLine.exec(line) ?? [];
    const bytes = base64 === undefined ? null : fromBase64(base64);
    return name === undefined || bytes === null || bytes.length <= keyHashBytes ? null : { name, bytes };
  });
  if (signatures.some((signature) => signature === null)) return null;
  return { text: note.slice(0, separator + 1), signatures: signatures.filter((signature) => signature !== null) };
}

const keyHash = (name: string, encodedKey: Uint8Array): Buffer =>
  createHash('sha256').update(name, 'utf8').update('\n').update(encodedKey).digest().subarray(0, keyHashBytes);

function encodedPublicKey(privateKey: KeyObject): Uint8Array {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  return Buffer.concat([new Uint8Array([ed25519Type]), Buffer.from(x ?? '', 'base64url')]);
}

function readPrivateKey(pem: string): KeyObject {
  // The cause is left out on purpose: nothing about a private key belongs into a log.
  const refusal = new LedgerError('key-unusable', 'The ledger’s signing key cannot be used. An Ed25519 private key as PKCS#8 PEM is needed.', { retryable: false });
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: pem, format: 'pem' });
  } catch {
    throw refusal;
  }
  if (key.asymmetricKeyType !== 'ed25519') throw refusal;
  return key;
}

function checkName(name: string): string {
  if (!keyName.test(name)) throw new LedgerError('key-unusable', `“${name}” cannot name a key: it is empty or holds white space or a plus sign.`, { retryable: false });
  return name;
}

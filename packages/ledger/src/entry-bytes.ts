import canonicalize from 'canonicalize';
import { ledgerEntry } from './entry.ts';
import type { LedgerEntry } from './entry.ts';
import { LedgerError } from './ledger-error.ts';

export const maxEntryBytes = 1024 * 1024;
export const maxEntryDepth = 64;

export type DecodedEntry = { readonly ok: true; readonly entry: LedgerEntry } | { readonly ok: false; readonly message: string };

/** A value as canonical JSON (RFC 8785). Throws for what JSON cannot say. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('There is no JSON for this value.');
  return text;
}

/** The bytes of an entry: canonical JSON and a newline. Throws LedgerError `entry-refused` for what could not be read back. */
export function encodeEntry(entry: LedgerEntry): { readonly bytes: Uint8Array; readonly entry: LedgerEntry } {
  const bytes = toBytes(entry);
  const decoded = decodeEntry(bytes);
  if (!decoded.ok) throw refused(entry, decoded.message);
  return { bytes, entry: decoded.entry };
}

/**
 * Reads an entry's bytes and refuses whatever has two readings: only the canonical spelling is accepted, which leaves no room for
 * duplicate keys, other spellings of numbers, white space or a byte order mark. Never throws.
 */
export function decodeEntry(bytes: Uint8Array): DecodedEntry {
  if (bytes.length > maxEntryBytes) return no(`it has ${bytes.length} bytes, at most ${maxEntryBytes} are read`);
  const json = parseJson(bytes);
  if (json === null) return no('it is not JSON in UTF-8');
  const { odd, ordered } = lookThrough(json.value, 1);
  if (odd !== null) return no(odd);
  if (!isCanonical(json, ordered)) return no('it is not canonical JSON (RFC 8785) and a newline; a duplicate key or an oddly written number does that too');
  const parsed = ledgerEntry.safeParse(json.value);
  if (!parsed.success) return no(`it does not have the shape of an entry: ${parsed.error.issues.map((issue) => `${issue.path.join('.') || 'entry'}: ${issue.message}`).join('; ')}`);
  // The value itself, not zod's copy: the copy leaves out a key called __proto__, and the bytes must come back the same.
  return { ok: true, entry: json.value as LedgerEntry };
}

const no = (message: string): DecodedEntry => ({ ok: false, message });

const refused = (entry: LedgerEntry, why: string, cause?: unknown): LedgerError =>
  new LedgerError('entry-refused', `The entry “${entry.key}” cannot go into the ledger: ${why}.`, { retryable: false, cause });

function toBytes(entry: LedgerEntry): Uint8Array {
  try {
    return Buffer.from(`${canonicalJson(entry)}\n`, 'utf8');
  } catch (error) {
    throw refused(entry, 'it holds something that JSON cannot say', error);
  }
}

/**
 * What JSON.stringify writes is canonical when the keys are in order and no surrogate stands alone, which it writes as an escape:
 * RFC 8785 takes numbers and strings from it. It is many times faster, and anything it leaves in doubt is spelled out.
 */
const isCanonical = ({ text, value }: { readonly text: string; readonly value: unknown }, hasKeysInOrder: boolean): boolean =>
  (hasKeysInOrder && !text.includes('\\ud') && `${JSON.stringify(value)}\n` === text) || canonicalOf(value) === text;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function parseJson(bytes: Uint8Array): { readonly text: string; readonly value: unknown } | null {
  try {
    const text = utf8.decode(bytes);
    return { text, value: JSON.parse(text) };
  } catch {
    return null;
  }
}

/** Runs after the depth is known to be small, because canonicalize is recursive. Null for a lone surrogate, for instance. */
function canonicalOf(value: unknown): string | null {
  try {
    return `${canonicalJson(value)}\n`;
  } catch {
    return null;
  }
}

/** What is odd about a value, if anything, and whether all keys in it are in order: one walk, for it is done to every entry of a long ledger. */
function lookThrough(value: unknown, depth: number): Look {
  if (typeof value === 'number') return Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value)) ? plain : { odd: 'it holds a number too large to be exact', ordered: true };
  if (typeof value !== 'object' || value === null) return plain;
  if (depth > maxEntryDepth) return { odd: `it is nested deeper than ${maxEntryDepth}`, ordered: true };
  let ordered = true;
  let before = '';
  for (const [key, inner] of Object.entries(value)) {
    ordered &&= Array.isArray(value) || before <= key;
    before = key;
    const look = lookThrough(inner, depth + 1);
    if (look.odd !== null) return look;
    ordered &&= look.ordered;
  }
  return ordered ? plain : unordered;
}

type Look = { readonly odd: string | null; readonly ordered: boolean };

const plain: Look = { odd: null, ordered: true };
const unordered: Look = { odd: null, ordered: false };

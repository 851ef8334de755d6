import { createPrivateKey } from 'node:crypto';
import { appendEntries } from './append.ts';
import type { AppendContext, NewEntry } from './append.ts';
import { createMemoryStore } from './memory-store.ts';
import type { MemoryStore } from './memory-store.ts';
import { verifierKey } from './signed-note.ts';

/** RFC 8410 §7: what stands before the 32 bytes of an Ed25519 private key in PKCS#8. */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The same Ed25519 signing key each time for the same number (0 to 255): never for anything but tests. */
export function testKeyPem(seed = 1): string {
  const key = Buffer.concat([pkcs8Prefix, Buffer.alloc(32, seed)]);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' }).toString();
}

export const testOrigin = 'github.com/acme/shop/sallyport';

/** What appending needs, with the test key and one attempt, on a store in memory unless another is given. */
export function testContext<S extends AppendContext['store'] = MemoryStore>(changes: Partial<AppendContext> & { readonly store?: S } = {}): AppendContext & { readonly store: S } {
  const origin = changes.origin ?? testOrigin;
  const privateKeyPem = changes.privateKeyPem ?? testKeyPem();
  const store = changes.store ?? (createMemoryStore() as AppendContext['store'] as S);
  return { at: '2026-03-02T10:00:00Z', attempts: 1, keys: [verifierKey(origin, privateKeyPem)], ...changes, origin, privateKeyPem, store };
}

/** An entry to append, different for each number. */
export const testEntry = (number: number): NewEntry => ({
  key: `review:override-${number}`,
  body: { type: 'review-opened', override: `override-${number}`, issue: number + 1, dueAt: '2026-03-09T10:00:00Z' },
});

/** A store whose ledger has so many entries, appended one by one. */
export async function testLedgerOf(count: number, changes: Partial<AppendContext> = {}): Promise<AppendContext & { readonly store: MemoryStore }> {
  const context = testContext({ ...changes, store: createMemoryStore() });
  for (let number = 0; number < count; number += 1) await appendEntries(context, [testEntry(number)]);
  return context;
}

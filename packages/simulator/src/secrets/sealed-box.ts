import { createHash } from 'node:crypto';
import type Sodium from 'libsodium-wrappers';
import type { SealingKey } from '../world/world.ts';

/** Loaded when it is first needed: most who start a simulator never seal anything. */
async function loadSodium(): Promise<typeof Sodium> {
  const { default: sodium } = await import('libsodium-wrappers');
  await sodium.ready;
  return sodium;
}

/** A fresh X25519 key pair, numbered by its public half. */
export async function makeSealingKey(): Promise<SealingKey> {
  const sodium = await loadSodium();
  const { publicKey, privateKey } = sodium.crypto_box_keypair();
  return { id: createHash('sha256').update(publicKey).digest().readBigUInt64BE(0).toString(), publicKey, privateKey };
}

/** The text in a libsodium sealed box (base64); null when the box was not sealed for this key. */
export async function openSealedBox(key: SealingKey, encrypted: string): Promise<string | null> {
  const sodium = await loadSodium();
  try {
    return Buffer.from(sodium.crypto_box_seal_open(Buffer.from(encrypted, 'base64'), key.publicKey, key.privateKey)).toString('utf8');
  } catch {
    return null;
  }
}

import { blake2b } from '@noble/hashes/blake2.js';
import nacl from 'tweetnacl';
import { describe, expect, it } from 'vitest';
import { sealFor } from './seal-for.ts';

/** Opens a sealed box as the documentation of libsodium says: the first 32 bytes are the sender's key, and the nonce follows from both keys. */
function open(sealed: string, pair: nacl.BoxKeyPair): string | null {
  const bytes = Buffer.from(sealed, 'base64');
  const sender = bytes.subarray(0, 32);
  const opened = nacl.box.open(bytes.subarray(32), blake2b(Buffer.concat([sender, pair.publicKey]), { dkLen: 24 }), sender, pair.secretKey);
  return opened === null ? null : Buffer.from(opened).toString('utf8');
}

const keyOf = (pair: nacl.BoxKeyPair): string => Buffer.from(pair.publicKey).toString('base64');

describe('sealing for a public key', () => {
  it.each(['', 'token', '-----BEGIN PRIVATE KEY-----\nä€𝄞\n', 'x'.repeat(48_000)])('is opened by the private key and no other: %#', (text) => {
    const [pair, other] = [nacl.box.keyPair(), nacl.box.keyPair()];
    const sealed = sealFor(keyOf(pair), text) ?? '';
    expect(open(sealed, pair)).toBe(text);
    expect(open(sealed, other)).toBeNull();
  });

  it('is another each time, and says nothing of its text but the length', () => {
    const pair = nacl.box.keyPair();
    const [one, other] = [sealFor(keyOf(pair), 'same'), sealFor(keyOf(pair), 'same')];
    expect(one).not.toBe(other);
    expect(Buffer.from(one ?? '', 'base64').length).toBe(32 + 16 + 4);
  });

  it.each(['', 'AAAA', 'not base64!', Buffer.alloc(33).toString('base64')])('refuses what is no key: %j', (key) => {
    expect(sealFor(key, 'secret')).toBeNull();
  });
});

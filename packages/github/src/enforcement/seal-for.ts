import { randomBytes } from 'node:crypto';
import { blake2b } from '@noble/hashes/blake2.js';
import nacl from 'tweetnacl';

const nonceBytes = 24;

/**
 * A sealed box of libsodium (https://doc.libsodium.org/public-key_cryptography/sealed_boxes): only whoever holds the private key opens it, and nobody learns who
 * sealed it. GitHub takes secrets in no other way. `publicKey` and the box are base64; null when the key is none.
 */
export function sealFor(publicKey: string, text: string): string | null {
  const key = Buffer.from(publicKey, 'base64');
  if (key.length !== nacl.box.publicKeyLength) return null;
  const sender = nacl.box.keyPair.fromSecretKey(randomBytes(nacl.box.secretKeyLength));
  const nonce = blake2b(Buffer.concat([sender.publicKey, key]), { dkLen: nonceBytes });
  const box = nacl.box(Buffer.from(text, 'utf8'), nonce, key, sender.secretKey);
  return Buffer.concat([sender.publicKey, box]).toString('base64');
}

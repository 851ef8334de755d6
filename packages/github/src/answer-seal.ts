import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Names and seals what is kept, with keys that only the holder of one credential can make. */
export type AnswerSeal = {
  /** The name to keep the answer to this question under: 64 hexadecimal digits that tell nothing about the question. */
  nameOf(question: string): string;
  seal(question: string, plain: Uint8Array): Uint8Array;
  /** null: not sealed by this credential, not for this question, or changed since. */
  open(question: string, sealed: Uint8Array): Uint8Array | null;
};

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + nonceBytes + tagBytes;

/**
 * AES-256-GCM with a random nonce; the question is the additional data, so that an answer cannot be passed off as the answer
 * to another question. Keys by HKDF-SHA-256 (RFC 5869) from the credential: whoever may write where answers are kept, but does
 * not have the credential, can take answers away and can do no more.
 */
export function createAnswerSeal(credential: string): AnswerSeal {
  const keyFor = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', credential, new Uint8Array(), `sallyport kept answers ${version}: ${purpose}`, 32));
  const [sealKey, nameKey] = [keyFor('seal'), keyFor('name')];
  return {
    nameOf: (question) => createHmac('sha256', nameKey).update(question).digest('hex'),
    seal(question, plain) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce).setAAD(Buffer.from(question));
      const hidden = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), hidden]);
    },
    open(question, sealed) {
      if (sealed.byteLength < headBytes || sealed[0] !== version) return null;
      const decipher = createDecipheriv('aes-256-gcm', sealKey, sealed.subarray(1, 1 + nonceBytes), { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(question)).setAuthTag(sealed.subarray(1 + nonceBytes, headBytes));
      try {
        return Buffer.concat([decipher.update(sealed.subarray(headBytes)), decipher.final()]);
      } catch {
        return null;
      }
    },
  };
}

import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openCheckpoint, signCheckpoint } from './checkpoint.ts';
import { testKeyPem, testOrigin } from './ledger-builder.ts';
import { openNote, parseVerifierKey, signNote, verifierKey } from './signed-note.ts';

/** A verifier key as published with the Go package golang.org/x/mod/sumdb/note, which the format comes from. */
const publishedKey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';

const key = verifierKey('log.example', testKeyPem());
const otherKey = verifierKey('other.example', testKeyPem(2));
const note = signNote('one\n\ntwo\n', 'log.example', testKeyPem());

describe('verifier keys', () => {
  it('are name, first four bytes of the hash, and the key with its type', () => {
    const [name, hash, base64] = key.split('+', 2).concat(key.split('+').slice(2).join('+'));
    const encoded = Buffer.from(base64 ?? '', 'base64');
    expect([name, encoded.length, encoded[0]]).toEqual(['log.example', 33, 1]);
    expect(hash).toBe(createHash('sha256').update('log.example\n').update(encoded).digest('hex').slice(0, 8));
    expect(parseVerifierKey(key)).toMatchObject({ name, hash });
  });

  it('are read as published elsewhere', () => {
    expect(parseVerifierKey(publishedKey)).toMatchObject({ name: 'PeterNeumann', hash: 'c74f20a3' });
  });

  it.each([
    ['nothing', ''],
    ['a hash of another name', key.replace('log.example', 'log.exampl')],
    ['a key of another type', 'log.example+00000000+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
    ['base64 with a space', key.replace(/.{4}$/, ' $&')],
    ['a name with a space', key.replace('log.example', 'log example')],
    ['a short key', 'log.example+00000000+AQ=='],
  ])('are refused: %s', (_name, text) => {
    expect(parseVerifierKey(text)).toBeNull();
  });

  it.each([
    ['an RSA key', generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(), 'log.example'],
    ['text', 'not a key', 'log.example'],
    ['a name with a plus sign', testKeyPem(), 'log+example'],
  ])('are not made from %s', (_name, pem, name) => {
    expect(() => verifierKey(name, pem)).toThrow(expect.objectContaining({ code: 'key-unusable' }));
  });
});

describe('opening a signed note', () => {
  it('is opening what the format says, byte by byte: the key’s hash, then Ed25519 over the text with its last newline', () => {
    const [text = '', signatures = ''] = signNote('one\ntwo\n', 'log.example', testKeyPem()).split('\n\n');
    const [, base64 = ''] = /^\u2014 log\.example (\S+)\n$/.exec(signatures) ?? [];
    const bytes = Buffer.from(base64, 'base64');
    expect(bytes.subarray(0, 4).toString('hex')).toBe(key.split('+')[1]);
    expect(verify(null, Buffer.from(`${text}\n`), createPublicKey(testKeyPem()), bytes.subarray(4))).toBe(true);
  });

  it('gives back the text up to the last empty line', () => {
    expect(openNote(note, [otherKey, key])).toEqual({ ok: true, text: 'one\n\ntwo\n', signers: ['log.example'] });
  });

  it('passes over signatures by keys it does not know', () => {
    const witness = signNote('one\n\ntwo\n', 'other.example', testKeyPem(2)).split('\n').at(-2) ?? '';
    expect(openNote(`${note}${witness}\n`, [key])).toMatchObject({ ok: true, signers: ['log.example'] });
    expect(openNote(`${note}${witness}\n`, [otherKey, key])).toMatchObject({ ok: true, signers: ['log.example', 'other.example'] });
  });

  it('is spoilt by one bad signature in a trusted name beside a good one', () => {
    const bad = signNote('three\n', 'other.example', testKeyPem(2)).split('\n').at(-2) ?? '';
    expect(openNote(`${note}${bad}\n`, [otherKey, key])).toMatchObject({ ok: false, code: 'signature' });
  });

  it.each([
    ['changed text', note.replace('one', 'One'), [key], 'signature'],
    ['a key that did not sign', note, [otherKey], 'signature'],
    ['no keys', note, [], 'no-trusted-key'],
    ['only keys that are none', note, ['log.example'], 'no-trusted-key'],
    ['nothing', '', [key], 'malformed'],
    ['no signature', 'one\n\n', [key], 'malformed'],
    ['no newline at the end', note.slice(0, -1), [key], 'malformed'],
    ['a carriage return', note.replace('one', 'one\r'), [key], 'malformed'],
    ['a lone surrogate', note.replace('one', '\ud800'), [key], 'malformed'],
    ['a hyphen for the dash', note.replace('—', '-'), [key], 'malformed'],
    ['base64 without padding', note.replace(/=+\n$/, '\n'), [key], 'malformed'],
    ['more signatures than anyone needs', `${note}${`${note.split('\n').at(-2)}\n`.repeat(64)}`, [key], 'malformed'],
  ])('refuses %s', (_name, text, keys, code) => {
    expect(openNote(text, keys)).toMatchObject({ ok: false, code });
  });
});

describe('checkpoints', () => {
  const head = { origin: testOrigin, size: 3, root: Buffer.alloc(32, 7).toString('base64') };
  const keys = [verifierKey(testOrigin, testKeyPem())];
  const signed = (body: string): string => signNote(body, testOrigin, testKeyPem());

  it('say origin, size and root, a line each', () => {
    const text = signCheckpoint(head, testKeyPem());
    expect(text.split('\n').slice(0, 4)).toEqual([testOrigin, '3', head.root, '']);
    expect(openCheckpoint(text, keys)).toEqual({ ok: true, head });
  });

  it('may have more lines', () => {
    expect(openCheckpoint(signed(`${testOrigin}\n3\n${head.root}\nmore\n`), keys)).toEqual({ ok: true, head });
  });

  it.each([
    ['size with a leading zero', `${testOrigin}\n03\n${head.root}\n`],
    ['size below zero', `${testOrigin}\n-3\n${head.root}\n`],
    ['size too large to be exact', `${testOrigin}\n9007199254740993\n${head.root}\n`],
    ['root of 31 bytes', `${testOrigin}\n3\n${Buffer.alloc(31).toString('base64')}\n`],
    ['root with spare bits set', `${testOrigin}\n3\n${head.root.slice(0, -2)}d=\n`],
    ['empty line', `${testOrigin}\n3\n${head.root}\n\nmore\n`],
    ['missing line', `${testOrigin}\n3\n`],
  ])('are refused though signed: %s', (_name, body) => {
    expect(openCheckpoint(signed(body), keys)).toMatchObject({ ok: false, code: 'checkpoint-malformed' });
  });

  it('do not count when a trusted key speaks for another origin than its own', () => {
    const text = signNote(`github.com/acme/other/sallyport\n3\n${head.root}\n`, testOrigin, testKeyPem());
    expect(openCheckpoint(text, keys)).toMatchObject({ ok: false, code: 'checkpoint-signature' });
  });
});

import { describe, expect, it } from 'vitest';
import { createAnswerSeal } from './answer-seal.ts';

const question = 'GET https://api.example/things/7';
const seal = createAnswerSeal('token ghp_0000');
const plain = Buffer.from('{"email":"ada@example.invalid"}');
const flip = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));

describe('a sealed answer', () => {
  it('opens with the same credential, also in another process', () => {
    const opened = createAnswerSeal('token ghp_0000').open(question, seal.seal(question, plain));
    expect(Buffer.from(opened ?? []).toString()).toBe(plain.toString());
  });

  it('shows nothing of the body or the question', () => {
    const shown = Buffer.from(seal.seal(question, plain)).toString('latin1');
    for (const part of ['ada', 'example', 'email']) expect(shown).not.toContain(part);
    expect(seal.nameOf(question)).toMatch(/^[0-9a-f]{64}$/);
    expect(createAnswerSeal('token ghp_0001').nameOf(question)).not.toBe(seal.nameOf(question));
  });

  it('looks different each time', () => {
    expect(seal.seal(question, plain)).not.toEqual(seal.seal(question, plain));
  });

  it.each([
    ['another credential', (sealed: Uint8Array) => createAnswerSeal('token ghp_0001').open(question, sealed)],
    ['another question', (sealed: Uint8Array) => seal.open('GET https://api.example/things/8', sealed)],
    ['another version', (sealed: Uint8Array) => seal.open(question, flip(sealed, 0))],
    ['another nonce', (sealed: Uint8Array) => seal.open(question, flip(sealed, 1))],
    ['another tag', (sealed: Uint8Array) => seal.open(question, flip(sealed, 13))],
    ['a changed body', (sealed: Uint8Array) => seal.open(question, flip(sealed, sealed.byteLength - 1))],
    ['a body cut short', (sealed: Uint8Array) => seal.open(question, sealed.subarray(0, -1))],
    ['something added', (sealed: Uint8Array) => seal.open(question, Buffer.concat([sealed, Buffer.of(0)]))],
    ['less than a head', (sealed: Uint8Array) => seal.open(question, sealed.subarray(0, 28))],
    ['nothing', () => seal.open(question, new Uint8Array())],
  ])('does not open for %s', (_name, open) => {
    expect(open(seal.seal(question, plain))).toBeNull();
  });
});

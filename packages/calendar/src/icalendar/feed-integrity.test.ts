import { describe, expect, it } from 'vitest';
import { checkIntegrity } from './feed-integrity.ts';

const abc = new TextEncoder().encode('abc');
/** FIPS 180-2, appendix B.1. */
const digestOfAbc = 'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

describe('checkIntegrity', () => {
  it.each([
    ['the digest of the bytes', digestOfAbc, 'same'],
    ['the digest of others', digestOfAbc.replace('ba', 'bb'), 'different'],
    ['a digest in capitals', digestOfAbc.toUpperCase(), 'unknown'],
    ['a digest without its algorithm', digestOfAbc.slice(7), 'unknown'],
    ['a part of the digest', digestOfAbc.slice(0, 20), 'unknown'],
    ['the digest and a line break', `${digestOfAbc}\n`, 'unknown'],
    ['nothing', '', 'unknown'],
  ])('compares with %s', (_name, expected, state) => {
    expect(checkIntegrity(abc, expected).state).toBe(state);
  });
});

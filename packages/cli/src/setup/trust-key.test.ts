import { describe, expect, it } from 'vitest';
import { withLedgerKey } from './trust-key.ts';

const key = 'github.com/acme/shop/sallyport+12345678+AAA=';

describe('trusting a ledger key', () => {
  it('writes it into the empty list, in place of what was said about it', () => {
    expect(withLedgerKey('version: 1\nledger:\n  keys: []    # not yet\n', key)).toBe(`version: 1\nledger:\n  keys: ["${key}"]\n`);
  });

  it('adds it to those that are there, and leaves everything else', () => {
    expect(withLedgerKey('ledger:\n  # ours\n\n  keys: ["one"] # first\nwindows: {}\n', key)).toBe(`ledger:\n  # ours\n\n  keys: ["one", "${key}"] # first\nwindows: {}\n`);
  });

  it('changes nothing when it is there', () => {
    const policy = `ledger:\n  keys: ["${key}"]\n`;
    expect(withLedgerKey(policy, key)).toBe(policy);
  });

  it.each(['version: 1\n', 'ledger:\n  keys:\n    - one\n', 'ledger: { keys: [] }\n', 'other:\n  keys: []\n', 'ledger:\n  other: 1\nkeys: []\nmore:\n  keys: []\n', '# ledger:\n#   keys: []\n'])('does not guess: %j', (policy) => {
    expect(withLedgerKey(policy, key)).toBeNull();
  });
});

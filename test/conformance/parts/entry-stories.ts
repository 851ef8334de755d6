import { Buffer } from 'node:buffer';
import { decodeEntry, encodeEntry, maxEntryBytes, maxEntryDepth } from '@sallyport/ledger';
import type { LedgerEntry } from '@sallyport/ledger';
import { parseOverrideBlock, parseReleaseCommand } from '@sallyport/github';
import { mustEndWithin } from './bounded.ts';
import { refused, seenIn, sound } from './story.ts';
import type { PartStory, Seen } from './story.ts';

const decision: LedgerEntry = {
  schema: 1,
  index: 0,
  at: '2026-11-28T15:00:00Z',
  key: 'decision:merge:1',
  previousRoot: Buffer.from('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'hex').toString('base64'),
  body: { type: 'decision-made', gate: 'merge', subject: 'pull request 1', outcome: 'allow', decision: {}, facts: { a: 1 } },
};
const plain = Buffer.from(encodeEntry(decision).bytes).toString('utf8');
const withFacts = (facts: string): Uint8Array => Buffer.from(plain.replace('{"a":1}', () => facts));
const spliced = (bytes: readonly number[]): Uint8Array => Buffer.concat([Buffer.from(plain.slice(0, 10)), Buffer.from(bytes), Buffer.from(plain.slice(10))]);

const read = (bytes: Uint8Array): Seen => {
  const decoded = decodeEntry(bytes);
  return decoded.ok ? sound : refused(decoded.message);
};

/** Reads the bytes of an entry, in the attack malformed ones, in no more than two seconds. */
const malformed = (id: string, name: string, says: string, attack: () => Uint8Array): PartStory => ({ id, name, says, play: (attacked) => mustEndWithin(2000, () => read(attacked ? attack() : Buffer.from(plain))) });

const address = 'ana.b@mail.example.org';
const token = `ghp_${'a1B2'.repeat(9)}`;
const build = `sha256:${'b1'.repeat(32)}`;

/** What a person wrote, as the record would keep it: neither secret may be found in it. */
const keptFree = (id: string, name: string, keep: (words: string) => unknown): PartStory => ({
  id,
  name,
  says: null,
  play: (attacked) => {
    const words = attacked ? `ask ${address}, the key is ${token}` : 'the shop is shut';
    const kept = JSON.stringify(keep(words));
    if (!attacked && !kept.includes(words)) return refused('the words themselves were lost');
    return seenIn([address, token].filter((secret) => kept.includes(secret)).map((secret) => `it is kept: ${secret}`));
  },
});

/** Writes an entry that no schema knows, or in the twin one that it does. */
const beyondSchema = (id: string, name: string, entry: LedgerEntry, extra: (entry: LedgerEntry) => object): PartStory => ({
  id,
  name,
  says: 'does not have the shape of an entry',
  play: (attacked) => {
    try {
      encodeEntry((attacked ? extra(entry) : entry) as LedgerEntry);
      return sound;
    } catch (error) {
      return refused(String(error));
    }
  },
});

const granted: LedgerEntry = {
  ...decision,
  key: 'override:31',
  body: { type: 'override-granted', id: '31', environment: 'production', build, requester: { id: 104, login: 'dia', kind: 'user' }, approvers: [{ id: 103, login: 'cho', kind: 'user' }], reason: 'a hole', advisory: 'GHSA-1234', waives: ['window'], grantedAt: decision.at, expiresAt: decision.at, decisionIndex: 0 },
};

export const entryStories: readonly PartStory[] = [
  malformed('L07.1', 'An entry has the same key twice.', 'not canonical', () => withFacts('{"a":1,"a":2}')),
  malformed('L07.2', 'An entry has the key of its index twice.', 'not canonical', () => Buffer.from(plain.replace('"index":0', '"index":0,"index":7'))),
  malformed('L07.3', 'A number is too large to be exact.', 'too large to be exact', () => withFacts('{"a":9007199254740993}')),
  malformed('L07.4', 'A number is beyond all numbers.', 'too large to be exact', () => withFacts('{"a":1e400}')),
  malformed('L07.5', 'The bytes are no UTF-8.', 'not JSON in UTF-8', () => spliced([0xff])),
  malformed('L07.6', 'A character is spelled longer than it has to be, to slip past a comparison.', 'not JSON in UTF-8', () => spliced([0xc0, 0xaf])),
  malformed('L07.7', 'An entry is nested a hundred thousand levels deep.', `nested deeper than ${maxEntryDepth}`, () => withFacts(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)),
  malformed('L07.8', 'An entry has 100 MB.', `at most ${maxEntryBytes} are read`, () => withFacts(`{"a":"${'x'.repeat(100_000_000)}"}`)),
  malformed('L07.9', 'An entry has a field that no schema knows.', 'does not have the shape of an entry', () => Buffer.from(plain.replace('"schema":1', '"schema":1,"x":1'))),
  keptFree('L08.1', 'Somebody puts an address and a token into the reason of a hold.', (words) => parseReleaseCommand(`/hold production ${words}`)),
  keptFree('L08.2', 'Somebody puts them into the reason of an override that is asked for by command.', (words) => parseReleaseCommand(`/override production ${build} GHSA-1234 ${words}`)),
  keptFree('L08.3', 'Somebody puts them into the block of an override’s issue.', (words) => parseOverrideBlock(['```sallyport-override', `build: ${build}`, 'environment: production', `reason: ${words}`, '```'].join('\n'))),
  beyondSchema('L08.4', 'An entry would carry the address of an approver beside her account.', granted, (entry) => ({ ...entry, body: { ...granted.body, approvers: [{ id: 103, login: 'cho', kind: 'user', email: address }] } })),
  beyondSchema('L08.5', 'An entry would carry a field that its schema does not name.', granted, (entry) => ({ ...entry, body: { ...granted.body, token } })),
];

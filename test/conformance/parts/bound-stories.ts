import { parseFeed } from '@sallyport/calendar';
import { parseFacts } from '@sallyport/gates';
import { parseOverrideBlock, parseReleaseCommand } from '@sallyport/github';
import { parsePolicy } from '@sallyport/policy';
import { ownGate } from '../gate-under-test.ts';
import { applyPatch } from '../json-patch.ts';
import { healthyCase } from '../scenario.ts';
import type { Case, Suite } from '../scenario.ts';
import { mustEndWithin } from './bounded.ts';
import { refused, seenIn, sound } from './story.ts';
import type { PartStory, Seen } from './story.ts';

/** What grows beyond all bounds takes minutes; a machine that is busy with something else, not this long. */
const longest = 5000;

const timely = (id: string, name: string, says: string | null, play: (attacked: boolean) => Seen | Promise<Seen>): PartStory => ({ id, name, says, play: (attacked) => mustEndWithin(longest, () => play(attacked)) });

const readPolicyText = (text: string): Seen => seenIn(parsePolicy(text).problems.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code}: ${message}`));

/** The merge gate's answer; a wait is one too. */
const answered = async (document: Case): Promise<Seen> => (await ownGate(document).then(() => sound, (error: unknown) => refused(String(error))));

const feed = (rule: string): Uint8Array => Buffer.from(['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', 'BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20261101T000000Z', 'DTSTART:20261101T000000Z', 'DTEND:20261101T000001Z', ...(rule === '' ? [] : [rule]), 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n'));

function readFeed(bytes: Uint8Array): Seen {
  const read = parseFeed(bytes, { from: Date.parse('2026-11-01T00:00:00Z'), to: Date.parse('2027-11-01T00:00:00Z'), zone: 'UTC' });
  return read.ok ? sound : seenIn(read.problems.map(({ code }) => code));
}

/** Facts, or a policy, that would give every object a field. */
function spoiled(read: () => Seen): Seen {
  const seen = read();
  const inherited = ({} as { readonly allowed?: unknown }).allowed;
  if (inherited === undefined) return seen;
  delete (Object.prototype as { allowed?: unknown }).allowed;
  throw new Error('Every object has the field now.');
}

export const boundStories = (suite: Suite): readonly PartStory[] => {
  const healthy = healthyCase(suite, 'merge', 'plain');
  const patched = (...operations: Parameters<typeof applyPatch>[1]): Case => ({ ...healthy, facts: applyPatch(healthy.facts, operations) });
  const longPath = `${'a'.repeat(60_000)}b`;
  const withFile = (path: string): Case => patched({ op: 'replace', path: '/files/items/0/path', value: path });
  const owned = (pattern: string, path: string): Case => ({
    ...patched({ op: 'replace', path: '/files/items/0/path', value: path }, { op: 'replace', path: '/codeOwners', value: { known: { path: 'CODEOWNERS', text: `${pattern} @ben\n`, accounts: [{ login: 'ben', person: { known: { id: 102, login: 'ben', kind: 'user' } } }] } } }),
    policy: healthy.policy.replace('merge:', 'merge:\n  review: { code-owners: required }'),
  });
  const sensitive = (glob: string): string => healthy.policy.replace('merge:', `merge:\n  review: { sensitive: [{ paths: ["${glob}"], approvals: 1 }] }`);
  const facts = (extra: string): unknown => JSON.parse(JSON.stringify(healthy.facts).replace('{', () => `{${extra}`));
  const judged = (document: unknown): Seen => {
    const parsed = parseFacts('any', document);
    return parsed.ok ? sound : refused(parsed.problems.map(({ message }) => message).join('; '));
  };
  const bomb = ['a: &a ["x","x","x","x","x","x","x","x","x"]', ...'bcdefghi'.split('').map((name, place) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefgh'.charAt(place)}`).join(',')}]`), ''].join('\n');

  return [
    timely('X05.1', 'A policy is a bomb of aliases that stand for a billion words.', 'anchor', (attacked) => readPolicyText(attacked ? bomb : healthy.policy)),
    timely('X05.2', 'A policy is nested a hundred thousand levels deep.', 'too-deep', (attacked) => readPolicyText(attacked ? `a: ${'['.repeat(100_000)}${']'.repeat(100_000)}\n` : healthy.policy)),
    timely('X05.3', 'A policy has 20 MB.', 'too-large', (attacked) => readPolicyText(attacked ? `${healthy.policy}# ${'x'.repeat(20_000_000)}\n` : healthy.policy)),
    timely('X05.4', 'A glob with many stars meets a long name that it nearly matches.', null, (attacked) => answered({ ...withFile(attacked ? longPath : 'a/b'), policy: sensitive(`${'*a'.repeat(7)}*c`) })),
    timely('X05.5', 'A glob with many folders of any depth meets a deep path that it nearly matches.', null, (attacked) => answered({ ...withFile(attacked ? 'a/'.repeat(2000) + 'b' : 'a/b'), policy: sensitive(`${'**/a/'.repeat(4)}c`) })),
    timely('X05.14', 'A glob of the policy has more stars than a match can be bounded with.', 'at most 8 stars', (attacked) => readPolicyText(sensitive(`${'*a'.repeat(attacked ? 30 : 7)}*c`))),
    timely('X05.6', 'A line of the code owners has many stars.', null, (attacked) => answered(owned(attacked ? `${'*a'.repeat(30)}*c` : '*.ts', attacked ? longPath : 'src/cart.ts'))),
    timely('X05.7', 'A calendar repeats every second for ever.', 'recurrence', (attacked) => readFeed(feed(attacked ? 'RRULE:FREQ=SECONDLY' : ''))),
    timely('X05.8', 'A calendar’s rule looks at every day of ten thousand years and finds none.', null, (attacked) => readFeed(feed(attacked ? 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' : 'RRULE:FREQ=YEARLY'))),
    timely('X05.9', 'A comment of a megabyte is nearly a command, with nearly an address in it.', null, (attacked) => {
      const read = parseReleaseCommand(`/hold production ${attacked ? 'a.'.repeat(500_000) : 'the shop is shut'}`);
      return read !== null && read.name === (attacked ? 'unreadable' : 'hold') ? sound : refused(`read as ${read?.name ?? 'nothing'}`);
    }),
    timely('X05.10', 'An issue of a megabyte is nearly a block for an override.', 'it holds no block', (attacked) => {
      const block = ['```sallyport-override', `build: sha256:${'b1'.repeat(32)}`, 'environment: production', 'reason: x', '```'].join('\n');
      const read = parseOverrideBlock(attacked ? '```sallyport-override\n'.repeat(50_000) : block);
      return typeof read === 'string' ? refused(read) : sound;
    }),
    timely('X05.11', 'Facts have a field that would give every object another.', 'nrecognized key', (attacked) => spoiled(() => judged(attacked ? facts('"__proto__":{"allowed":true},"constructor":{"prototype":{"allowed":true}},') : healthy.facts))),
    timely('X05.12', 'A policy has a field that would give every object another.', 'bad-key', (attacked) => spoiled(() => readPolicyText(attacked ? `${healthy.policy}__proto__: { allowed: true }\n` : healthy.policy))),
    timely('X05.13', 'Facts are nested a hundred thousand levels deep.', '', (attacked) => judged(attacked ? JSON.parse(`{"gate":"merge","schema":${'['.repeat(5000)}${']'.repeat(5000)}}`) : healthy.facts)),
  ];
};


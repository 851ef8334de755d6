import { completeList, known, partialList, unknown } from '@sallyport/gates';
import type { Fact, Role } from '@sallyport/gates';
import { ben, cho, policyOf } from '@sallyport/gates/testing';
import { expect, it } from 'vitest';
import { emptyState } from '../ledger-state.ts';
import type { LedgerState } from '../ledger-state.ts';
import type { ReleaseCommand, ReleaseComment, ReleaseIssue } from '../ports.ts';
import { holdsIn } from './standing-commands.ts';
import { withFreshHolds } from './with-fresh-holds.ts';

const at = Date.parse('2026-11-28T15:00:00Z');
const empty: LedgerState = { ...emptyState, size: 9, releases: [{ type: 'release-opened', environment: 'production', after: 0, issue: 41 }] };
const hold: ReleaseCommand = { name: 'hold', environment: 'production', reason: 'full' };
const resume: ReleaseCommand = { name: 'resume', environment: 'production' };
const unclear: ReleaseCommand = { name: 'unreadable', problem: 'a slip' };

let ids = 9000;
const says = (command: ReleaseCommand, change: Partial<ReleaseComment> = {}): ReleaseComment => ({ id: (ids += 1), person: ben, commentedAt: at - 60_000, edited: false, command, ...change });
const issueWith = (...comments: readonly ReleaseComment[]): ReleaseIssue => ({ issue: 41, open: true, title: '', body: '', commands: completeList(comments), answered: new Set() });

async function heldBy(issue: Fact<ReleaseIssue | null>, role: Fact<Role> = known('write'), state = empty) {
  const now = await withFreshHolds({ desk: { readRelease: () => Promise.resolve(issue), readRole: () => Promise.resolve(role) }, policy: policyOf(), state, environment: 'production', at });
  return { holds: holdsIn(now.state, 'production').map(({ owner, reason }) => `${owner.login}: ${reason}`), unread: now.unread };
}

it.each<[string, readonly ReleaseComment[], readonly string[]]>([
  ['nobody holds where nobody said so', [], []],
  ['a hold counts from when it is written', [says(hold)], ['ben: full']],
  ['a hold of somewhere else does not', [says({ ...hold, environment: 'staging' })], []],
  ['one that was edited does', [says(hold, { edited: true })], ['ben: full']],
  ['one that lay there for a day does', [says(hold, { commentedAt: at - 24 * 3_600_000 })], ['ben: full']],
  ['a comment that became one after the end of another does', [says(hold, { commentedAt: at - 120_000 }), says({ ...hold, reason: 'not yet' }, { commentedAt: at - 90_000, edited: true }), says(resume)], ['ben: not yet']],
  ['an end that was edited or lay there for a day ends nothing', [says(hold), says(resume, { edited: true }), says(resume, { commentedAt: at - 24 * 3_600_000 })], ['ben: full']],
  ['an end that comes right after it ends it, as at the gatekeeper', [says(hold), says(resume)], []],
  ['an end that comes before it ends nothing', [says(resume), says(hold)], ['ben: full']],
  ['an end by somebody else who may only write ends nothing', [says(hold), says(resume, { person: cho })], ['ben: full']],
  ['other commands change nothing', [says({ name: 'status' }), says({ name: 'deny', environment: 'production', digestPrefix: 'sha256:b1b1b1b1b1b1', reason: 'no' })], []],
  ['of several persons all count', [says(hold), says(hold, { person: cho })], ['ben: full', 'cho: full']],
])('%s', async (_name, comments, expected) => {
  expect(await heldBy(known(issueWith(...comments)))).toEqual({ holds: expected, unread: null });
});

it('a hold of somebody who may not give it does not count, and neither does a slip of theirs', async () => {
  expect(await heldBy(known(issueWith(says(hold), says(unclear))), known('triage'))).toEqual({ holds: [], unread: null });
});

it('an end that is not handled yet ends a hold that is recorded', async () => {
  const held = await withFreshHolds({ desk: { readRelease: () => Promise.resolve(known(issueWith(says(hold)))), readRole: () => Promise.resolve(known('write')) }, policy: policyOf(), state: empty, environment: 'production', at });
  expect(await heldBy(known(issueWith(says(resume))), known('write'), held.state)).toEqual({ holds: [], unread: null });
});

it.each<[string, Fact<ReleaseIssue | null>, Fact<Role>, RegExp]>([
  ['the issue is gone', known(null), known('write'), /cannot be seen; it was deleted, or the token may not read issues/],
  ['the issue cannot be read', unknown('no answer'), known('write'), /#41 could not be read: no answer/],
  ['not all comments are read', known({ ...issueWith(), commands: partialList([], 'more than 1,000') }), known('write'), /more than 1,000/],
  ['the role of whoever holds is not told', known(issueWith(says(hold))), unknown('no answer'), /the command of ben on #41 cannot be judged: no answer/],
  ['somebody who may hold made a slip', known(issueWith(says(unclear))), known('write'), /ben wrote a command on #41 that is not understood/],
  ['more wait than are judged at once', known(issueWith(...Array.from({ length: 31 }, () => says(hold)))), known('write'), /more than 30 commands/],
])('it is not known whether somebody holds when %s (L5)', async (_name, issue, role, why) => {
  expect((await heldBy(issue, role)).unread).toMatch(why);
});

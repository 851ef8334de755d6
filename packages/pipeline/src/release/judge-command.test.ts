import type { Role } from '@sallyport/gates';
import { buildDigest, cho, dia, otherDigest, policyOf, requestedAt, thursdayAt, windowClosesAt, windowOpensAt } from '@sallyport/gates/testing';
import { describe, expect, it } from 'vitest';
import { emptyState } from '../ledger-state.ts';
import type { LedgerState, RecordedCommand, RegisteredBuild } from '../ledger-state.ts';
import type { OverrideRequest, ReleaseCommand } from '../ports.ts';
import { commandHoldsSeconds, judgeCommand } from './judge-command.ts';
import type { CommandContext } from './judge-command.ts';

const build = (digest: string, version: string): RegisteredBuild => ({ type: 'build-registered', digest, version, commit: 'c'.repeat(40), artifacts: [], workflow: '', runId: 1, release: '', index: 3, at: 0 });
const empty: LedgerState = { ...emptyState, builds: new Map([build(buildDigest, '1.8.0'), build(otherDigest, '1.7.0')].map((one) => [one.digest, one])) };
const request: OverrideRequest = { id: '31', open: true, requester: dia, requestedAt, environment: 'production', build: buildDigest, reason: 'urgent', advisory: null, url: '' };
const opening = { from: windowOpensAt, to: windowClosesAt };

const heldBy = (person: typeof cho): LedgerState => {
  const given: RecordedCommand = { type: 'command-handled', comment: 1, issue: 41, person, role: 'write', commentedAt: '2026-11-26T10:00:00.000Z', command: { name: 'hold', environment: 'production', reason: 'full' }, outcome: 'accepted', answer: '', index: 1 };
  return { ...empty, commands: new Map([[1, given]]) };
};

type Change = Partial<Omit<CommandContext, 'comment'>> & { readonly edited?: boolean; readonly age?: number };

function judged(command: ReleaseCommand, { edited = false, age = 60_000, ...changes }: Change = {}) {
  const comment = { id: 9001, person: cho, commentedAt: thursdayAt - age, edited, command };
  return judgeCommand({ policy: policyOf(), state: empty, at: thursdayAt, comment, role: 'maintain', lead: false, openings: () => [opening], requests: [request], ...changes });
}

const hold: ReleaseCommand = { name: 'hold', environment: 'production', reason: 'full' };
const resume: ReleaseCommand = { name: 'resume', environment: 'production' };
const schedule: ReleaseCommand = { name: 'schedule', environment: 'production', on: '2026-11-28', digestPrefix: null };
const override: ReleaseCommand = { name: 'override', environment: 'production', digestPrefix: buildDigest.slice(0, 19), advisory: null, reason: 'urgent' };
const deny: ReleaseCommand = { name: 'deny', environment: 'production', digestPrefix: buildDigest.slice(0, 19), reason: '' };
const approve: ReleaseCommand = { name: 'approve', environment: 'production', digestPrefix: buildDigest.slice(0, 19) };
const rollback: ReleaseCommand = { name: 'rollback', environment: 'production', digestPrefix: otherDigest.slice(0, 19), reason: '' };
const every: readonly ReleaseCommand[] = [hold, resume, schedule, { name: 'unschedule', environment: 'production' }, override, approve, deny, rollback, { name: 'status' }];

describe('whatever the command', () => {
  it.each<[string, Change, readonly ReleaseCommand[]]>([
    ['it was changed after it was written', { edited: true }, every.filter((command) => command !== hold)],
    ['it lay unread for a day', { age: commandHoldsSeconds * 1000 }, every.filter((command) => command !== hold)],
    ...(['none', 'read', 'triage', 'other'] as const satisfies readonly Role[]).map((role): [string, Change, readonly ReleaseCommand[]] => [`its author has the ${role} role`, { role }, every]),
  ])('it is refused when %s (X08)', (_name, change, commands) => {
    for (const command of commands) {
      const state = command.name === 'resume' ? heldBy(cho) : empty;
      expect([command.name, judged(command, { state }).outcome]).toEqual([command.name, 'accepted']);
      expect([command.name, judged(command, { state, lead: true, ...change })]).toEqual([command.name, { command: { name: 'refused' }, outcome: 'refused', answer: expect.any(String) as string }]);
    }
  });

  it.each([['was changed', { edited: true }], ['lay unread for a week', { age: 7 * commandHoldsSeconds * 1000 }]])('a hold that %s holds: who is not sure stops (L5)', (_name, change) => {
    expect(judged(hold, change)).toMatchObject({ outcome: 'accepted', command: hold });
  });

  it('a hold that may be somebody else’s word says so, because whoever may write may edit the comments of others', () => {
    expect(judged(hold, { edited: true }).answer).toContain('changed after it was written, perhaps by somebody else than');
    expect(judged(hold).answer).not.toContain('changed');
  });

  it('it is taken to the last millisecond of its day', () => {
    expect(judged({ name: 'status' }, { age: commandHoldsSeconds * 1000 - 1 }).outcome).toBe('accepted');
  });

  it.each<[string, ReleaseCommand]>([['is not understood', { name: 'unreadable', problem: 'a slip' }], ['names no environment there is', { ...hold, environment: 'prodution' }]])('whoever gave one that %s is told that mending the comment does nothing', (_name, command) => {
    expect(judged(command).answer).toContain('in a new comment');
  });

  it('it is refused for an environment that the policy does not have', () => {
    expect(judged({ ...hold, environment: 'moon' }).answer).toContain('The policy has staging, production');
  });

  it('what a gate judges is kept by name alone', () => {
    expect([approve, rollback].map((command) => judged(command).command)).toEqual([{ name: 'approve' }, { name: 'rollback' }]);
  });
});

describe('the write role is enough', () => {
  it.each<[string, ReleaseCommand, Change, string]>([
    ['to hold', hold, {}, 'accepted'],
    ['to end a hold of one’s own', resume, { state: heldBy(cho) }, 'accepted'],
    ['not to end somebody else’s', resume, { state: heldBy(dia) }, 'refused'],
    ['not to name an opening', schedule, {}, 'refused'],
    ['not to take one back', { name: 'unschedule', environment: 'production' }, {}, 'refused'],
    ['to request an override', override, {}, 'accepted'],
    ['not to deny one', deny, {}, 'refused'],
    ['to deny one as somebody who could approve it', deny, { lead: true }, 'accepted'],
    ['not to roll back', rollback, {}, 'refused'],
    ['to ask where everything stands', { name: 'status' }, {}, 'accepted'],
  ])('%s', (_name, command, change, outcome) => {
    expect(judged(command, { role: 'write', ...change }).outcome).toBe(outcome);
  });
});

describe('an opening', () => {
  it('is the one that begins on the date, by the window’s clock', () => {
    expect(judged(schedule).command).toEqual({ name: 'schedule', environment: 'production', from: '2026-11-28T14:00:00.000Z', to: '2026-11-28T20:00:00.000Z', build: null });
    expect(judged({ ...schedule, on: 'next', digestPrefix: buildDigest.slice(0, 19) }).command).toMatchObject({ from: '2026-11-28T14:00:00.000Z', build: buildDigest });
  });

  it.each<[string, Partial<typeof schedule>, Change, string]>([
    ['that there is none of', { on: '2026-11-27' }, {}, 'has no opening on 2026-11-27. The next ones begin 2026-11-28'],
    ['of a calendar that has none', { on: 'next' }, { openings: () => [] }, 'has no opening in sight.'],
    ['of an environment without a window', { environment: 'staging' }, {}, 'staging has no window'],
    ['for a build nobody registered', { digestPrefix: 'sha256:ffffffffffff' }, {}, 'the beginning of no registered build'],
    ['for a digest that two builds begin with', { digestPrefix: 'sha256:b' }, {}, 'the beginning of 2 builds'],
  ])('%s is refused', (_name, changes, context, answer) => {
    expect(judged({ ...schedule, ...changes }, context)).toMatchObject({ outcome: 'refused', answer: expect.stringContaining(answer) as string });
  });
});

describe('an override', () => {
  it('is requested for the one build that is meant', () => {
    expect(judged(override).command).toEqual({ name: 'override', environment: 'production', build: buildDigest, advisory: null, reason: 'urgent' });
  });

  it.each<[string, ReleaseCommand, Change, string]>([
    ['that the policy does not offer is not requested', { ...override, environment: 'staging' }, {}, 'offers no override for staging'],
    ['of a build nobody registered is not requested', { ...override, digestPrefix: 'sha256:ffffffffffff' }, {}, 'no registered build'],
    ['that nobody asked for is not approved', approve, { requests: [] }, 'No open request'],
    ['for elsewhere is not approved', approve, { requests: [{ ...request, environment: 'staging' }] }, 'No open request'],
    ['of another build is not approved', approve, { requests: [{ ...request, build: otherDigest }] }, 'No open request'],
    ['that nobody asked for is not denied', deny, { requests: [] }, 'No open request'],
    ['is not denied by digits that two requested builds share', { ...deny, digestPrefix: 'sha256:b' }, { requests: [request, { ...request, id: '32', build: otherDigest }] }, 'several requested builds'],
  ])('%s', (_name, command, change, answer) => {
    expect(judged(command, change)).toMatchObject({ outcome: 'refused', answer: expect.stringContaining(answer) as string });
  });

  it('is denied with every open request for the build', () => {
    expect(judged(deny, { requests: [request, { ...request, id: '32' }, { ...request, id: '33', build: otherDigest }] }).command).toMatchObject({ build: buildDigest, requests: ['31', '32'] });
  });
});

import { describe, expect, it } from 'vitest';
import { emptyState } from '../ledger-state.ts';
import type { LedgerState, RecordedCommand } from '../ledger-state.ts';
import { deniedRequests, holdsIn, scheduleIn } from './standing-commands.ts';

const ana = { id: 101, login: 'ana', kind: 'user' } as const;
const ben = { id: 102, login: 'ben', kind: 'user' } as const;
const opening = { from: '2026-12-05T14:00:00.000Z', to: '2026-12-05T20:00:00.000Z' };

type Given = Partial<RecordedCommand> & Pick<RecordedCommand, 'command'>;

function stateOf(...given: readonly Given[]): LedgerState {
  const commands = given.map((one, index): RecordedCommand => ({ type: 'command-handled', comment: 9000 + index, issue: 41, person: ana, role: 'write', commentedAt: '2026-11-30T09:00:00.000Z', outcome: 'accepted', answer: '', index, ...one }));
  return { ...emptyState, commands: new Map(commands.map((one) => [one.comment, one])) };
}

const hold = { name: 'hold', environment: 'production', reason: 'full' } as const;
const resume = { name: 'resume', environment: 'production' } as const;
const schedule = { name: 'schedule', environment: 'production', ...opening, build: null } as const;
const holders = (...given: readonly Given[]): readonly string[] => holdsIn(stateOf(...given), 'production').map(({ owner, reason }) => `${owner.login}: ${reason}`);

describe('holds by command', () => {
  it.each<[string, readonly Given[], readonly string[]]>([
    ['stand until they are ended', [{ command: hold }], ['ana: full']],
    ['are ended by whoever holds', [{ command: hold }, { command: resume }], []],
    ['are one for each person, by what they said last', [{ command: hold }, { command: { ...hold, reason: 'fuller' } }], ['ana: fuller']],
    ['of others stay when a writer ends their own', [{ command: hold }, { command: hold, person: ben }, { command: resume, person: ben }], ['ana: full']],
    ['are all ended by a maintainer', [{ command: hold }, { command: hold, person: ben }, { command: resume, person: ben, role: 'maintain' }], []],
    ['are not those that were refused', [{ command: { name: 'refused' }, outcome: 'refused' }], []],
    ['are not ended by what was refused', [{ command: hold }, { command: resume, outcome: 'refused' }], ['ana: full']],
    ['are those of the environment', [{ command: { ...hold, environment: 'staging' } }], []],
    ['are not ended by an end elsewhere', [{ command: hold }, { command: { ...resume, environment: 'staging' } }], ['ana: full']],
  ])('%s', (_name, given, expected) => {
    expect(holders(...given)).toEqual(expected);
  });

  it('say where and since when', () => {
    expect(holdsIn(stateOf({ command: hold }), 'production')).toEqual([{ issue: 41, owner: ana, reason: 'full', since: Date.parse('2026-11-30T09:00:00Z'), comment: 9000 }]);
  });
});

describe('the schedule', () => {
  it('is the one that was named last', () => {
    const build = `sha256:${'b1'.repeat(32)}`;
    expect(scheduleIn(stateOf({ command: schedule }, { command: { ...schedule, build } }), 'production')).toEqual({ id: '9001', from: Date.parse(opening.from), to: Date.parse(opening.to), build, by: ana, scheduledAt: Date.parse('2026-11-30T09:00:00Z') });
  });

  it.each<[string, readonly Given[]]>([
    ['nobody named one', []],
    ['it was taken back', [{ command: schedule }, { command: { name: 'unschedule', environment: 'production' } }]],
    ['it was refused', [{ command: schedule, outcome: 'refused' }]],
    ['it is for elsewhere', [{ command: { ...schedule, environment: 'staging' } }]],
  ])('is none where %s', (_name, given) => {
    expect(scheduleIn(stateOf(...given), 'production')).toBeNull();
  });
});

it('denied requests are those of accepted denials', () => {
  const deny = { name: 'deny' as const, environment: 'production', build: `sha256:${'b1'.repeat(32)}`, reason: '', requests: ['31', '32'] } satisfies RecordedCommand['command'];
  expect([...deniedRequests(stateOf({ command: deny }, { command: { ...deny, requests: ['33'] }, outcome: 'refused' }))]).toEqual(['31', '32']);
});

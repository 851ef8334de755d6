import { describe, expect, test } from 'vitest';
import { completeList } from '../facts/fact.ts';
import type { ReleaseFacts } from '../facts/release-facts.ts';
import type { ScheduleFact } from '../facts/schedule-facts.ts';
import { ask, buildDigest, cho, grantOf, holdOf, otherDigest, releaseFactsOf, rollbackOf, ruleOf, saidOf, saturdayAt, thursdayAt, windowClosesAt, windowOpensAt, withProduction } from '../testing/index.ts';

const scheduled = withProduction({ promote: 'scheduled' });
const week = 7 * 86_400_000;
const scheduleOf = (changes: Partial<ScheduleFact> = {}): ScheduleFact => ({ id: '7001', from: windowOpensAt, to: windowClosesAt, build: null, by: cho, scheduledAt: thursdayAt - 3_600_000, ...changes });
const on = (schedule: ScheduleFact | null, { at = saturdayAt, policy = scheduled, facts = {} }: { readonly at?: number; readonly policy?: typeof scheduled; readonly facts?: Partial<ReleaseFacts> } = {}) => ask(releaseFactsOf({ schedule, ...facts }), { at, policy });

describe('a release that is scheduled by hand', () => {
  test('waits, in an open window too, until somebody names the opening', () => {
    const made = on(null);
    expect([made.outcome, ruleOf(made, 'window').reason]).toEqual(['wait', 'not-scheduled']);
    expect(saidOf(made, 'window')).toMatchSnapshot();
    expect(made.next).toContainEqual(expect.objectContaining({ command: '/schedule production 2026-12-05' }));
  });

  test('goes in the opening that was named', () => {
    const made = on(scheduleOf());
    expect([made.outcome, ruleOf(made, 'window').reason]).toEqual(['allow', 'ok']);
    expect(saidOf(made, 'window')).toMatchSnapshot();
    expect(ruleOf(made, 'window').evidence).toContain('schedule 7001 by cho');
  });

  test('goes for the build that was named, and no other', () => {
    expect(on(scheduleOf({ build: buildDigest })).outcome).toBe('allow');
    const made = on(scheduleOf({ build: otherDigest }));
    expect([made.outcome, ruleOf(made, 'window').reason]).toEqual(['wait', 'scheduled-other-build']);
    expect(saidOf(made, 'window')).toMatchSnapshot();
  });

  test('waits for a later opening, and says when to look again', () => {
    const made = on(scheduleOf({ from: windowOpensAt + week, to: windowClosesAt + week }));
    expect([made.outcome, ruleOf(made, 'window').reason, made.recheckAt]).toEqual(['wait', 'scheduled-later', windowOpensAt + week]);
    expect(saidOf(made, 'window')).toMatchSnapshot();
  });

  test('is not made up for when its opening has passed, neither outside the window nor in the next one (W08)', () => {
    const past = scheduleOf({ from: windowOpensAt - week, to: windowClosesAt - week });
    expect([on(past).outcome, ruleOf(on(past), 'window').reason]).toEqual(['wait', 'schedule-missed']);
    expect(on(past, { at: windowClosesAt - week }).outcome).toBe('wait');
    expect(saidOf(on(past), 'window')).toMatchSnapshot();
  });

  test.each([
    ['the first instant of the opening', windowOpensAt, 'allow'],
    ['the instant before it', windowOpensAt - 1, 'wait'],
    ['the end of the opening', windowClosesAt, 'wait'],
  ])('holds at %s', (_name, at, outcome) => {
    expect(on(scheduleOf(), { at, policy: withProduction({ promote: 'scheduled', mustFit: false }) }).outcome).toBe(outcome);
  });

  test('opens no window that is closed: the schedule says which opening, the policy when there is one', () => {
    const made = on(scheduleOf({ from: thursdayAt - 1, to: thursdayAt + 1 }), { at: thursdayAt });
    expect([made.outcome, ruleOf(made, 'window').reason]).toEqual(['wait', 'window-closed']);
  });

  test('passes neither a hold nor the soak', () => {
    expect(on(scheduleOf(), { facts: { holds: completeList([holdOf()]) } }).outcome).toBe('wait');
    expect(ruleOf(on(scheduleOf(), { facts: { occupancy: { known: null } } }), 'soak').outcome).toBe('wait');
  });

  test('asks nothing of an override (O) or of a rollback (P13)', () => {
    expect(on(null, { at: thursdayAt, facts: { grants: completeList([grantOf()]) } }).outcome).toBe('allow');
    expect(on(null, { at: thursdayAt, policy: withProduction({ promote: 'scheduled', rollback: 'anytime' }), facts: { rollback: rollbackOf() } }).outcome).toBe('allow');
  });

  test('is not judged by facts from before schedules were gathered', () => {
    const made = ask(releaseFactsOf(), { at: saturdayAt, policy: scheduled });
    expect([made.outcome, ruleOf(made, 'policy-enforced').reason]).toEqual(['unknown', 'not-enforced']);
    expect(ruleOf(made, 'window').reason, 'what was decided then comes out as it did (L8)').toBe('ok');
  });
});

describe('an opening that is named where the policy releases by itself', () => {
  const automatic = withProduction({ promote: 'automatic' });

  test('puts the release off until then', () => {
    const made = on(scheduleOf({ from: windowOpensAt + week, to: windowClosesAt + week }), { policy: automatic });
    expect([made.outcome, ruleOf(made, 'window').reason]).toEqual(['wait', 'scheduled-later']);
  });

  test.each([
    ['none is', null],
    ['it has passed', scheduleOf({ from: windowOpensAt - week, to: windowClosesAt - week })],
    ['it is for another build', scheduleOf({ build: otherDigest, from: windowOpensAt + week, to: windowClosesAt + week })],
  ])('says nothing when %s', (_name, schedule) => {
    expect(on(schedule, { policy: automatic }).outcome).toBe('allow');
  });
});

test('a hold by command names the command that ends it', () => {
  const made = ask(releaseFactsOf({ holds: completeList([{ ...holdOf(), comment: 8001 }]) }), { at: saturdayAt });
  expect(ruleOf(made, 'holds').reason).toBe('hold');
  expect(made.next).toContainEqual({ who: 'dia, or someone with the maintain role', what: 'comment on #41 when promotions may go on', command: '/resume production' });
});

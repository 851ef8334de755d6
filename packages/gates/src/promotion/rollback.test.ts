import { describe, expect, test } from 'vitest';
import { completeList, known, unknown } from '../facts/fact.ts';
import type { ReleaseFacts } from '../facts/release-facts.ts';
import type { RollbackFact } from '../facts/rollback-facts.ts';
import type { ReasonCode } from '../reason-codes.ts';
import { ask, ben, cho, fakeDigest, grantOf, holdOf, otherDigest, policyOf, releaseFactsOf, rollbackOf, ruleOf, runningOf, saidOf, saturdayAt, stageFactsOf, startOf, thursdayAt, withProduction } from '../testing/index.ts';

/** Production runs 1.9.0, and so does staging: on a Thursday nothing about 1.8.0 is as a release would need it. */
const incident: Partial<ReleaseFacts> = {
  running: known(runningOf('1.9.0')),
  occupancy: known({ environment: 'staging', build: otherDigest, number: 12, healthySince: thursdayAt - 60_000 }),
};
const anytime = withProduction({ rollback: 'anytime' });
const back = (changes: Partial<RollbackFact> = {}, facts: Partial<ReleaseFacts> = {}, policy = anytime) => ask(releaseFactsOf({ ...incident, rollback: rollbackOf(changes), ...facts }), { at: thursdayAt, policy });

describe('a rollback to a build that was healthy there (P13)', () => {
  test('goes at any time where the policy says so, without staging it again', () => {
    const made = back();
    expect(made.outcome).toBe('allow');
    expect(['version', 'healthy-before', 'soak', 'window'].map((rule) => ruleOf(made, rule).reason)).toEqual(['rollback', 'rollback', 'rollback', 'rollback']);
    expect(saidOf(made, 'version')).toMatchSnapshot();
    expect(saidOf(made, 'window')).toMatchSnapshot();
  });

  test('is not thought of without being asked for', () => {
    const made = ask(releaseFactsOf(incident), { at: saturdayAt, policy: anytime });
    expect(ruleOf(made, 'version')).toMatchObject({ outcome: 'deny', reason: 'older-version' });
    expect(made.next).toContainEqual(expect.objectContaining({ command: 'sallyport rollback 1.8.0 --environment production' }));
  });

  test('waits for the window where the policy says so', () => {
    const made = back({}, {}, withProduction({ rollback: 'window' }));
    expect([made.outcome, ruleOf(made, 'window').outcome, ruleOf(made, 'version').outcome]).toEqual(['wait', 'wait', 'allow']);
  });

  test('passes a freeze and an overdue review, at any time', () => {
    const freezes = [{ name: 'stop', zone: 'America/Los_Angeles', from: '2026-11-01T00:00', to: null, owner: '@dia', reason: 'peak' }];
    const reviewTasks = completeList([{ overrideId: '31', issue: 77, dueAt: thursdayAt - 1, closed: false }]);
    const made = back({}, { reviewTasks }, { ...anytime, freezes });
    expect([made.outcome, ruleOf(made, 'freeze').reason, ruleOf(made, 'reviews').reason]).toEqual(['allow', 'rollback', 'rollback']);
  });

  test('passes no hold, and no promotion that is under way', () => {
    expect(ruleOf(back({}, { holds: completeList([holdOf()]) }), 'holds').outcome).toBe('wait');
    expect(back({}, { inFlight: completeList([{ number: 6, tag: 'promote/production/6', build: otherDigest, intendedAt: 1 }]) }).outcome).toBe('wait');
  });

  test('passes no doubt about how the commit landed (L1)', () => {
    expect(back({}, { landing: unknown('500') }).outcome).toBe('unknown');
  });

  test('also returns to a newer build that ran there, after an earlier rollback', () => {
    const made = back({}, { running: known(runningOf('1.7.0')) });
    expect([made.outcome, ruleOf(made, 'version').summary]).toEqual(['allow', 'cho asked to return from 1.7.0 to 1.8.0, which ran here as promotion 3: checkout fails.']);
  });

  test('starts nothing that runs already', () => {
    expect(ruleOf(back({}, { running: known(runningOf('1.8.0', rollbackOf().build)) }), 'version').reason).toBe('already-running');
  });

  test.each<[string, Partial<RollbackFact>, string, ReasonCode]>([
    ['for another build', { build: fakeDigest('ee') }, 'deny', 'rollback-other-build'],
    ['for another environment', { environment: 'staging' }, 'deny', 'rollback-other-build'],
    ['that was edited', { edited: true }, 'deny', 'rollback-edited'],
    ['by someone who may only write', { role: known('write') }, 'deny', 'rollback-not-permitted'],
    ['by someone with a role of their own making', { role: known('other') }, 'deny', 'rollback-not-permitted'],
    ['by an outsider (X08)', { role: known('none') }, 'deny', 'rollback-not-permitted'],
    ['by a bot', { requester: { ...ben, kind: 'bot' } }, 'deny', 'rollback-not-permitted'],
    ['by someone whose role is not known', { role: unknown('403') }, 'unknown', 'role-unknown'],
    ['that was carried out already (X08)', { consumedBy: 4 }, 'deny', 'rollback-used'],
    ['that is four hours old', { requestedAt: thursdayAt - 4 * 3_600_000 }, 'deny', 'rollback-expired'],
    ['that is still to come', { requestedAt: thursdayAt + 1 }, 'deny', 'rollback-expired'],
    ['to a build that never ran there', { ranAs: known(null) }, 'deny', 'rollback-never-ran'],
    ['to a build of which that is not known', { ranAs: unknown('the ledger is not intact') }, 'unknown', 'fact-missing'],
  ])('does not count %s', (_name, changes, outcome, reason) => {
    const made = back(changes);
    expect(ruleOf(made, 'version')).toMatchObject({ outcome, reason });
    expect(saidOf(made, 'version')).toMatchSnapshot();
    expect(made.outcome).not.toBe('allow');
    expect(ruleOf(made, 'window').outcome).toBe('wait');
  });

  test('holds until four hours have passed, and is never taken where the time is not trusted', () => {
    expect(back({ requestedAt: thursdayAt - 4 * 3_600_000 + 1 }).outcome).toBe('allow');
    const untimed = ask(releaseFactsOf({ ...incident, rollback: rollbackOf() }), { now: { serverAt: null, localAt: thursdayAt }, policy: anytime });
    expect([untimed.outcome, ruleOf(untimed, 'version').reason]).toEqual(['unknown', 'clock-untrusted']);
  });

  test('is asked again at the start, and counts for the number that carries it out', () => {
    const at = (consumedBy: number | null) => back({ consumedBy }, { asking: startOf() });
    expect([at(5).outcome, at(4).outcome, at(null).outcome]).toEqual(['allow', 'deny', 'deny']);
  });

  test('leans on a valid override first', () => {
    const made = back({}, { grants: completeList([grantOf()]) });
    expect(ruleOf(made, 'window').reason).toBe('overridden');
  });

  test('works in a first environment as well', () => {
    const rollback = rollbackOf({ environment: 'staging', requester: cho });
    expect(ask(stageFactsOf({ running: known(runningOf('1.9.0')), rollback }), { at: thursdayAt }).outcome).toBe('allow');
    const windowed = policyOf({ environments: policyOf().environments.map((environment) => (environment.name === 'staging' ? { ...environment, window: 'saturday-morning', rollback: 'anytime' as const } : environment)) });
    expect(ask(stageFactsOf({ running: known(runningOf('1.9.0')), rollback }), { at: thursdayAt, policy: windowed }).outcome).toBe('allow');
  });
});

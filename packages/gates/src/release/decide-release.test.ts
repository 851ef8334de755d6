import { describe, expect, test } from 'vitest';
import type { FreezePolicy, Policy } from '@sallyport/policy';
import { completeList, known, partialList, unknown } from '../facts/fact.ts';
import type { ReleaseFacts } from '../facts/release-facts.ts';
import type { ReasonCode } from '../reason-codes.ts';
import { ask, ben, buildDigest, cho, dia, grantOf, healthySince, holdOf, landingOf, otherDigest, policyOf, releaseFactsOf, robot, ruleOf, saidOf, saturdayAt, startOf, thursdayAt, windowClosesAt, windowOpensAt, withOverride, withProduction } from '../testing/index.ts';

const second = 1000;
const soak = 86_400 * second;
const freeze: FreezePolicy = { name: 'holidays', zone: 'America/Los_Angeles', from: '2026-11-26T00:00', to: '2026-11-30T00:00', owner: '@dia', reason: 'peak season' };
const frozen = policyOf({ freezes: [freeze] });
const occupiedBy = (build: string, since = healthySince) => known({ environment: 'staging', build, number: 9, healthySince: since });
const granted = (...grants: readonly ReturnType<typeof grantOf>[]) => releaseFactsOf({ grants: completeList(grants) });

describe('the release gate in the window', () => {
  test('allows what soaked', () => {
    expect(ask(releaseFactsOf(), { at: saturdayAt })).toMatchObject({ outcome: 'allow', subject: '1.8.0 to production', next: [] });
  });

  test.each<[string, ReleaseFacts, number, string, string, ReasonCode]>([
    ['allows at the instant the window opens', releaseFactsOf(), windowOpensAt, 'window', 'allow', 'ok'],
    ['waits one second before', releaseFactsOf(), windowOpensAt - second, 'window', 'wait', 'window-closed'],
    ['waits at the instant the window closes', releaseFactsOf(), windowClosesAt, 'window', 'wait', 'window-closed'],
    ['starts at the last safe start: 15 min and half of it before closing', releaseFactsOf(), windowClosesAt - 1350 * second, 'fit', 'allow', 'ok'],
    ['waits one second after the last safe start (W05)', releaseFactsOf(), windowClosesAt - 1349 * second, 'fit', 'wait', 'does-not-fit'],
    ['takes five minutes as the least reserve', releaseFactsOf({ recentDeploySeconds: completeList([60, 60, 60]) }), windowClosesAt - 360 * second, 'fit', 'allow', 'ok'],
    ['waits one second after that', releaseFactsOf({ recentDeploySeconds: completeList([60, 60, 60]) }), windowClosesAt - 359 * second, 'fit', 'wait', 'does-not-fit'],
    ['does not know durations that are cut short', releaseFactsOf({ recentDeploySeconds: partialList([60, 60, 60], '500') }), saturdayAt, 'fit', 'unknown', 'list-incomplete'],
    ['allows at the instant the soak ends', releaseFactsOf({ occupancy: occupiedBy(buildDigest, saturdayAt - soak) }), saturdayAt, 'soak', 'allow', 'ok'],
    ['waits one second before the soak ends', releaseFactsOf({ occupancy: occupiedBy(buildDigest, saturdayAt - soak + second) }), saturdayAt, 'soak', 'wait', 'soaking'],
    ['waits when staging runs another build (P02)', releaseFactsOf({ occupancy: occupiedBy(otherDigest) }), saturdayAt, 'healthy-before', 'wait', 'not-healthy-before'],
    ['waits when nothing is healthy in staging (P08)', releaseFactsOf({ occupancy: known(null) }), saturdayAt, 'healthy-before', 'wait', 'not-healthy-before'],
    ['waits when health is dated in the future', releaseFactsOf({ occupancy: occupiedBy(buildDigest, saturdayAt + second) }), saturdayAt, 'healthy-before', 'wait', 'not-healthy-before'],
    ['does not know health that could not be read', releaseFactsOf({ occupancy: unknown('500') }), saturdayAt, 'healthy-before', 'unknown', 'fact-missing'],
    ['does not take another environment for staging', releaseFactsOf({ occupancy: known({ environment: 'dev', build: buildDigest, number: 1, healthySince }) }), saturdayAt, 'healthy-before', 'unknown', 'fact-missing'],
    ['waits while someone holds', releaseFactsOf({ holds: completeList([holdOf()]) }), saturdayAt, 'holds', 'wait', 'hold'],
    ['refuses a re-run of a number that has ended (P05)', releaseFactsOf({ asking: startOf({ ended: true }) }), saturdayAt, 'number', 'deny', 'number-used'],
    ['refuses when a review is one second overdue (O07)', releaseFactsOf({ reviewTasks: completeList([{ overrideId: '7', issue: 8, dueAt: saturdayAt - second, closed: false }]) }), saturdayAt, 'reviews', 'deny', 'review-overdue'],
    ['allows while a review is just due', releaseFactsOf({ reviewTasks: completeList([{ overrideId: '7', issue: 8, dueAt: saturdayAt, closed: false }]) }), saturdayAt, 'reviews', 'allow', 'ok'],
    ['allows once the review is closed', releaseFactsOf({ reviewTasks: completeList([{ overrideId: '7', issue: 8, dueAt: 0, closed: true }]) }), saturdayAt, 'reviews', 'allow', 'ok'],
    ['does not know reviews that are cut short', releaseFactsOf({ reviewTasks: partialList([], '500') }), saturdayAt, 'reviews', 'unknown', 'list-incomplete'],
  ])('%s', (_name, facts, at, rule, outcome, reason) => {
    const made = ask(facts, { at });
    expect(ruleOf(made, rule)).toMatchObject({ outcome, reason });
    expect(saidOf(made, rule)).toMatchSnapshot();
    expect(made.outcome).toBe(outcome);
  });

  test('says when the window opens, and asks again then', () => {
    const made = ask(releaseFactsOf(), { at: thursdayAt });
    expect(made).toMatchObject({ outcome: 'wait', recheckAt: windowOpensAt });
    expect(ruleOf(made, 'window').summary).toBe('Window saturday-morning is closed; it opens Sat 28 Nov 2026 06:00 PST (14:00 UTC).');
  });

  test('asks again when the soak ends', () => {
    const made = ask(releaseFactsOf({ occupancy: occupiedBy(buildDigest, saturdayAt - soak + second) }), { at: saturdayAt });
    expect(made.recheckAt).toBe(saturdayAt + second);
  });

  test('needs no fit where the policy does not ask for it', () => {
    expect(ask(releaseFactsOf(), { at: windowClosesAt - second, policy: withProduction({ mustFit: false }) }).outcome).toBe('allow');
  });

  test('does not know a window the policy does not describe', () => {
    expect(ask(releaseFactsOf(), { at: saturdayAt, policy: policyOf({ windows: [] }) }).outcome).toBe('unknown');
  });

  test('waits in a freeze although the window is open, and one instant after it does not', () => {
    const ends = Date.parse('2026-11-28T15:00:00Z');
    const policy = policyOf({ freezes: [{ ...freeze, to: '2026-11-28T07:00' }] });
    expect(ruleOf(ask(releaseFactsOf(), { at: ends - 1, policy }), 'freeze')).toMatchObject({ outcome: 'wait', reason: 'freeze' });
    expect(ask(releaseFactsOf(), { at: ends - 1, policy }).recheckAt).toBe(ends);
    expect(ask(releaseFactsOf(), { at: ends, policy }).outcome).toBe('allow');
  });
});

describe('the clock', () => {
  test.each([
    ['is trusted sixty seconds apart', { serverAt: saturdayAt, localAt: saturdayAt + 60_000 }, 'allow'],
    ['is not trusted a millisecond more apart', { serverAt: saturdayAt, localAt: saturdayAt + 60_001 }, 'unknown'],
    ['is not trusted when the machine is behind', { serverAt: saturdayAt, localAt: saturdayAt - 60_001 }, 'unknown'],
    ['is not trusted without the server (W01)', { serverAt: null, localAt: saturdayAt }, 'unknown'],
    ['is the server’s', { serverAt: windowOpensAt, localAt: windowOpensAt - 1000 }, 'allow'],
  ])('%s', (_name, now, outcome) => {
    expect(ask(releaseFactsOf(), { now }).outcome).toBe(outcome);
  });
});

describe('an override', () => {
  test('lets exactly its build go outside the window, and says so', () => {
    const made = ask(granted(grantOf()), { at: thursdayAt });
    expect(made.outcome).toBe('allow');
    expect(ruleOf(made, 'window')).toMatchObject({ outcome: 'allow', reason: 'overridden' });
    expect(ruleOf(made, 'override').judged).toMatchObject([{ what: 'override 31', counted: true }]);
  });

  test.each<[string, ReleaseFacts, ReasonCode]>([
    ['of another build', granted(grantOf({ build: otherDigest })), 'override-other-build'],
    ['of another environment', granted(grantOf({ environment: 'staging' })), 'override-other-environment'],
    ['that was used (O04)', granted(grantOf({ consumedBy: 4 })), 'override-used'],
    ['that expires this instant (O04)', granted(grantOf({ expiresAt: thursdayAt })), 'override-expired'],
    ['dated in the future', granted(grantOf({ grantedAt: thursdayAt + 1 })), 'override-not-yet-granted'],
    ['whose requester is among the approvers (O01)', granted(grantOf({ approvers: [cho, ben] })), 'override-approved-by-requester'],
    ['approved by a bot', granted(grantOf({ approvers: [robot] })), 'override-approvals-missing'],
    ['that waives nothing the policy lets it waive', granted(grantOf({ waives: ['freeze'] })), 'override-waives-nothing'],
    ['used by another number, at the start', releaseFactsOf({ grants: completeList([grantOf({ consumedBy: 4 })]), asking: startOf() }), 'override-used'],
    ['that this promotion was not made under, at the start', releaseFactsOf({ grants: completeList([grantOf()]), asking: startOf() }), 'override-used'],
  ])('%s waives nothing', (_name, facts, reason) => {
    const made = ask(facts, { at: thursdayAt });
    expect(made.outcome).toBe('wait');
    expect(ruleOf(made, 'override').judged).toMatchObject([{ counted: false, reason }]);
    expect(saidOf(made, 'override')).toMatchSnapshot();
  });

  test('still holds one millisecond before it expires', () => {
    expect(ask(granted(grantOf({ expiresAt: thursdayAt + 1 })), { at: thursdayAt }).outcome).toBe('allow');
  });

  test('still holds at the start of the promotion that used it', () => {
    expect(ask(releaseFactsOf({ grants: completeList([grantOf({ consumedBy: 5 })]), asking: startOf() }), { at: thursdayAt }).outcome).toBe('allow');
  });

  test('waives the soak, but not that staging runs the build healthy (O05)', () => {
    const fresh = { grants: completeList([grantOf()]), occupancy: occupiedBy(buildDigest, thursdayAt) };
    expect(ask(releaseFactsOf(fresh), { at: thursdayAt }).outcome).toBe('allow');
    expect(ask(releaseFactsOf({ ...fresh, occupancy: occupiedBy(otherDigest) }), { at: thursdayAt }).outcome).toBe('wait');
    expect(ask(releaseFactsOf({ ...fresh, occupancy: known(null) }), { at: thursdayAt }).outcome).toBe('wait');
  });

  test.each<[string, Partial<ReleaseFacts>, string]>([
    ['a hold', { holds: completeList([holdOf()]) }, 'wait'],
    ['a missing merge decision', { landing: known(landingOf({ change: null })) }, 'deny'],
    ['a promotion under way', { inFlight: completeList([{ number: 4, tag: 'promote/production/4', build: otherDigest, intendedAt: 1 }]) }, 'wait'],
    ['unknown health', { occupancy: unknown('500') }, 'unknown'],
  ])('does not waive %s (O05)', (_name, changes, outcome) => {
    expect(ask(releaseFactsOf({ grants: completeList([grantOf()]), ...changes }), { at: thursdayAt }).outcome).toBe(outcome);
  });

  test('lets its build pass an overdue review, and is used up by it', () => {
    const facts = releaseFactsOf({ grants: completeList([grantOf({}, saturdayAt)]), reviewTasks: completeList([{ overrideId: '7', issue: 8, dueAt: 0, closed: false }]) });
    expect(ruleOf(ask(facts, { at: saturdayAt }), 'reviews')).toMatchObject({ outcome: 'allow', reason: 'overridden' });
  });

  const freezing = (approvals: number): Policy => ({ ...withOverride({ waives: ['window', 'soak', 'freeze'], approvers: { team: 'acme/security-leads', approvals } }), freezes: [freeze] });
  test.each<[string, Policy, ReturnType<typeof grantOf>, string]>([
    ['not unless it says so', frozen, grantOf(), 'wait'],
    ['not when the policy no longer says so', frozen, grantOf({ waives: ['window', 'freeze'], approvers: [cho, dia] }), 'wait'],
    ['not with one approver (O06)', freezing(1), grantOf({ waives: ['window', 'freeze'] }), 'wait'],
    ['not with one approver named twice (O06)', freezing(1), grantOf({ waives: ['window', 'freeze'], approvers: [cho, cho] }), 'wait'],
    ['with two approvers', freezing(1), grantOf({ waives: ['window', 'freeze'], approvers: [cho, dia] }), 'allow'],
    ['not with two where the policy wants three', freezing(3), grantOf({ waives: ['window', 'freeze'], approvers: [cho, dia] }), 'wait'],
  ])('waives a freeze: %s', (_name, policy, grant, outcome) => {
    expect(ask(granted(grant), { at: thursdayAt, policy }).outcome).toBe(outcome);
  });

  test('exists only where the policy offers one', () => {
    const made = ask(granted(grantOf()), { at: thursdayAt, policy: withProduction({ override: null }) });
    expect(made.outcome).toBe('wait');
    expect(ruleOf(made, 'override').judged).toMatchObject([{ counted: false, reason: 'override-not-offered' }]);
  });
});

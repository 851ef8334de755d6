import { describe, expect, test } from 'vitest';
import { completeList, known, partialList } from '../facts/fact.ts';
import type { ProbeFact, ProbesFact } from '../facts/probe-facts.ts';
import type { ReleaseFacts } from '../facts/release-facts.ts';
import type { ReasonCode } from '../reason-codes.ts';
import { ask, buildDigest, grantOf, otherDigest, policyOf, production, releaseFactsOf, rollbackOf, ruleOf, saidOf, saturdayAt, staging, thursdayAt, withProduction } from '../testing/index.ts';

const minute = 60_000;
const hour = 60 * minute;
const workflow = '.github/workflows/probe.yml';
const watchedStaging = { ...staging, health: { workflow, everySeconds: 900 } };
const soaking4h = { ...production, after: { environment: 'staging', soakSeconds: 4 * 3600 } };
const policy = policyOf({ environments: [watchedStaging, soaking4h] });

/** A probe that took a minute and ended `ago` before Saturday's question. */
const probeAgo = (ago: number, healthy = true, changes: Partial<ProbeFact> = {}): ProbeFact => ({ run: 100_000 - Math.floor(ago / minute), attempt: 1, startedAt: saturdayAt - ago - minute, endedAt: saturdayAt - ago, healthy, ...changes });
/** Healthy ones each quarter of an hour, the first and last so many minutes ago. */
const every15 = (first: number, last: number): readonly ProbeFact[] => Array.from({ length: (first - last) / 15 + 1 }, (_, index) => probeAgo((first - index * 15) * minute));
const deployedAgo = (ago: number): Pick<ReleaseFacts, 'occupancy'> => ({ occupancy: known({ environment: 'staging', build: buildDigest, number: 9, healthySince: saturdayAt - ago }) });
const found = (items: readonly ProbeFact[], changes: Partial<ProbesFact> = {}): ProbesFact => ({ environment: 'staging', workflow, found: completeList(items), ...changes });
const watched = (items: readonly ProbeFact[], changes: Partial<ReleaseFacts> = {}): ReleaseFacts => releaseFactsOf({ ...deployedAgo(24 * hour), probes: found(items), ...changes });
const steady = every15(300, 0);
const without = (from: number, to: number): readonly ProbeFact[] => steady.filter(({ endedAt }) => endedAt < saturdayAt - from * minute || endedAt > saturdayAt - to * minute);

describe('of an environment that is watched', () => {
  test.each<[string, ReleaseFacts, string, string, ReasonCode]>([
    ['a steady row of healthy probes is a soak', watched(steady), 'soak', 'allow', 'ok'],
    ['it is, to the instant', watched(every15(240, 0)), 'soak', 'allow', 'ok'],
    ['one probe less is not', watched(every15(225, 0)), 'soak', 'wait', 'soaking'],
    ['one unhealthy probe starts it again (P08)', watched([...without(120, 120), probeAgo(120 * minute, false)]), 'soak', 'wait', 'soaking'],
    ['an unhealthy one long ago does not matter any more', watched([probeAgo(255 * minute, false), ...every15(240, 0)]), 'soak', 'allow', 'ok'],
    ['an unhealthy one among healthy ones of the same run, made again, counts (P08)', watched([...steady, probeAgo(121 * minute, false, { run: 100_000 - 120, attempt: 1 })]), 'soak', 'wait', 'soaking'],
    ['one that is left out is not missed', watched(without(120, 120)), 'soak', 'allow', 'ok'],
    ['two in a row are', watched(without(135, 120)), 'soak', 'wait', 'soaking'],
    ['probes in another order say the same', watched(steady.toReversed()), 'soak', 'allow', 'ok'],
    ['the deploy begins the first stretch', watched(every15(225, 0), deployedAgo(4 * hour)), 'soak', 'allow', 'ok'],
    ['a probe that began before the deploy ended says nothing', watched([probeAgo(4 * hour - minute + 1, false), ...every15(225, 0)], deployedAgo(4 * hour)), 'soak', 'allow', 'ok'],
    ['a probe that began with it counts', watched([probeAgo(4 * hour - minute, false), ...every15(225, 0)], deployedAgo(4 * hour)), 'soak', 'wait', 'soaking'],
    ['the last probe is unhealthy', watched([...without(0, 0), probeAgo(0, false)]), 'healthy-before', 'wait', 'unhealthy-before'],
    ['of two that ended together the worse counts', watched([probeAgo(0, false), ...steady]), 'healthy-before', 'wait', 'unhealthy-before'],
    ['a probe dated ahead of time is unhealthy', watched([...steady, probeAgo(-minute, false)]), 'healthy-before', 'wait', 'unhealthy-before'],
    ['health is not believed ahead of time', watched([...without(30, 0), probeAgo(-minute)]), 'healthy-before', 'wait', 'probe-missing'],
    ['the last probe is just new enough', watched(every15(300, 30)), 'healthy-before', 'allow', 'ok'],
    ['the last probe is a moment too old', watched([...every15(300, 45), probeAgo(30 * minute + 1)]), 'healthy-before', 'wait', 'probe-missing'],
    ['no probe has come since the deploy', watched([]), 'healthy-before', 'wait', 'probe-missing'],
    ['none has come yet, and none is due', watched([], deployedAgo(30 * minute)), 'healthy-before', 'allow', 'ok'],
    ['probes were not gathered', releaseFactsOf(deployedAgo(hour)), 'healthy-before', 'unknown', 'fact-missing'],
    ['probes were not gathered, for the soak', releaseFactsOf(deployedAgo(hour)), 'soak', 'unknown', 'fact-missing'],
    ['not all probes could be read', watched([], { probes: found([], { found: partialList(steady, '500') }) }), 'healthy-before', 'unknown', 'list-incomplete'],
    ['probes are of another environment', watched([], { probes: found(steady, { environment: 'dev' }) }), 'healthy-before', 'unknown', 'fact-missing'],
    ['probes are of another workflow', watched([], { probes: found(steady, { workflow: '.github/workflows/ci.yml' }) }), 'healthy-before', 'unknown', 'fact-missing'],
    ['it runs another build, in health', watched(steady, { occupancy: known({ environment: 'staging', build: otherDigest, number: 9, healthySince: saturdayAt - 24 * hour }) }), 'healthy-before', 'wait', 'not-healthy-before'],
  ])('%s', (_name, facts, rule, outcome, reason) => {
    const made = ask(facts, { at: saturdayAt, policy });
    expect(ruleOf(made, rule)).toMatchObject({ outcome, reason });
    expect(saidOf(made, rule)).toMatchSnapshot();
    if (outcome !== 'allow') expect(made.outcome).toBe(outcome);
  });

  test('the soak ends its whole length after health came back, and is looked at again then', () => {
    const made = ask(watched([probeAgo(120 * minute, false), ...every15(105, 0)]), { at: saturdayAt, policy });
    expect(made).toMatchObject({ outcome: 'wait', recheckAt: saturdayAt - 105 * minute + 4 * hour });
  });

  test('the record names the last probe, and since when it is healthy', () => {
    const made = ask(watched([probeAgo(255 * minute, false), ...every15(240, 0)]), { at: saturdayAt, policy });
    expect(ruleOf(made, 'healthy-before').summary).toContain('healthy since Sat 28 Nov 2026 03:00 PST');
    expect(ruleOf(made, 'healthy-before').evidence).toContain('probe run 100000, attempt 1, ended 2026-11-28T15:00:00.000Z: healthy');
    expect(ruleOf(made, 'soak').evidence).toContain('healthy since 2026-11-28T11:00:00.000Z');
  });

  test('a soak longer than what was read is not taken for granted', () => {
    const longer = policyOf({ environments: [watchedStaging, { ...soaking4h, after: { environment: 'staging', soakSeconds: 6 * 3600 } }] });
    expect(ruleOf(ask(watched(steady), { at: saturdayAt, policy: longer }), 'soak')).toMatchObject({ outcome: 'wait', reason: 'soaking' });
  });
});

describe('an override', () => {
  const at = thursdayAt;
  const shifted = (probe: ProbeFact): ProbeFact => ({ ...probe, startedAt: probe.startedAt - saturdayAt + at, endedAt: probe.endedAt - saturdayAt + at });
  const fresh = (items: readonly ProbeFact[]): ReleaseFacts => releaseFactsOf({ occupancy: known({ environment: 'staging', build: buildDigest, number: 9, healthySince: at - hour }), grants: completeList([grantOf()]), probes: found(items.map(shifted)) });

  test('waives the soak of a build that is healthy before', () => {
    expect(ask(fresh(every15(45, 0)), { at, policy }).outcome).toBe('allow');
  });

  test.each<[string, readonly ProbeFact[], ReasonCode]>([
    ['is unhealthy', [...every15(45, 15), probeAgo(0, false)], 'unhealthy-before'],
    ['is not heard of', [probeAgo(50 * minute)], 'probe-missing'],
  ])('waives nothing while it %s (O05)', (_name, items, reason) => {
    const made = ask(fresh(items), { at, policy });
    expect([made.outcome, ruleOf(made, 'healthy-before').reason, ruleOf(made, 'soak').reason]).toEqual(['wait', reason, 'overridden']);
  });
});

test('a rollback asks nothing of what staging runs now (P13)', () => {
  const anytime = policyOf({ environments: [watchedStaging, { ...soaking4h, rollback: 'anytime' }] });
  expect(ask(releaseFactsOf({ rollback: rollbackOf(), probes: found([]) }), { at: thursdayAt, policy: anytime }).outcome).toBe('allow');
});

test('probes of an environment that the policy does not watch change nothing', () => {
  const probes = found([probeAgo(0, false)]);
  const { rules } = ask(releaseFactsOf({ probes }), { at: saturdayAt, policy: withProduction({}) });
  expect(rules).toEqual(ask(releaseFactsOf(), { at: saturdayAt, policy: withProduction({}) }).rules);
});

test('a promotion that should have ended says what to do about it (P11)', () => {
  const silent = { number: 4, tag: 'promote/production/4', build: otherDigest, intendedAt: saturdayAt - 3 * hour };
  const said = (changes: { readonly silentSince?: number }) => ask(releaseFactsOf({ inFlight: completeList([{ ...silent, ...changes }]) }), { at: saturdayAt });
  expect(ruleOf(said({}), 'one-at-a-time').summary).toBe('Promotion 4 to production (sha256:b0b0b0b0b0b0) has not ended.');
  const made = said({ silentSince: saturdayAt - 2 * hour });
  expect([made.outcome, ruleOf(made, 'one-at-a-time').reason]).toEqual(['wait', 'promotion-in-flight']);
  expect(saidOf(made, 'one-at-a-time')).toMatchSnapshot();
});

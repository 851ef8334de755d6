import { describe, expect, test } from 'vitest';
import type { FreezePolicy, Policy } from '@sallyport/policy';
import type { AnyFacts } from './decide.ts';
import type { ClockReading, Decision } from './decision.ts';
import { completeList, known, partialList, unknown } from './facts/fact.ts';
import type { OverrideFacts } from './facts/override-facts.ts';
import type { ReleaseFacts } from './facts/release-facts.ts';
import type { StageFacts } from './facts/stage-facts.ts';
import { ana, approvedAt, ask, ben, buildDigest, buildOf, cho, clockAt, decisionText, dia, eli, fakeSha, grantOf, healthySince, holdOf, landingOf, mergeFactsOf, mondayAt, otherDigest, overrideApprovalBy, overrideFactsOf, policyOf, releaseFactsOf, requestedAt, reviewBy, robot, ruleTexts, runningOf, saturdayAt, stageFactsOf, startOf, thursdayAt, windowClosesAt, windowOpensAt, withOverride, withProduction, withRequest, withReview } from './testing/index.ts';
import { cut, forget, variants } from './testing/variants.ts';

type Case = { readonly facts: AnyFacts; readonly policy?: Policy; readonly now?: ClockReading };

/** Healthy questions, one for each gate and for what asks more of the facts. */
const healthy: Readonly<Record<string, Case>> = {
  merge: { facts: mergeFactsOf() },
  'merge with signatures and owners': { facts: mergeFactsOf({ codeOwners: known({ path: 'CODEOWNERS', text: '* @ben\n', accounts: [{ login: 'ben', person: known(ben) }] }) }), policy: withReview({ codeOwners: 'required', signatures: 'required' }) },
  stage: { facts: stageFactsOf() },
  'stage at its start': { facts: stageFactsOf({ asking: startOf() }) },
  release: { facts: releaseFactsOf({ recentDeploySeconds: completeList([60, 70, 80]) }), now: clockAt(saturdayAt) },
  'release under an override': { facts: releaseFactsOf({ grants: completeList([grantOf()]) }), now: clockAt(thursdayAt) },
  override: { facts: overrideFactsOf(), now: clockAt(approvedAt + 60_000) },
};

const decide = ({ facts, policy = policyOf(), now = clockAt(mondayAt) }: Case): Decision => ask(facts, { policy, now });

/** What is said of each case that is not said of the healthy one. */
const beyond = (usual: Case, cases: readonly (readonly [string, Case])[]): string => {
  const known = ruleTexts(decide(usual));
  return cases.map(([name, asked]) => `${name}\n${decisionText(decide(asked), known)}`).join('\n\n');
};

describe.each(Object.entries(healthy))('of a healthy %s, it is kept what is said', (_name, usual) => {
  test('as it is', () => {
    expect(decisionText(decide(usual))).toMatchSnapshot();
  });

  test('when less is known', () => {
    const less = [...variants(usual.facts, forget), ...variants(usual.facts, cut)];
    expect(less.length).toBeGreaterThan(2);
    expect(beyond(usual, less.map(([where, facts]) => [where, { ...usual, facts: facts as AnyFacts }]))).toMatchSnapshot();
  });

  test('when no clock can be trusted', () => {
    const { serverAt, localAt } = usual.now ?? clockAt(mondayAt);
    const clocks: readonly (readonly [string, ClockReading])[] = [['no server time', { serverAt: null, localAt }], ['61 s ahead', { serverAt, localAt: localAt + 61_000 }], ['two hours behind', { serverAt, localAt: localAt - 7_200_000 }]];
    expect(beyond(usual, clocks.map(([name, now]) => [name, { ...usual, now }]))).toMatchSnapshot();
  });
});

const freeze: FreezePolicy = { name: 'holidays', zone: 'America/Los_Angeles', from: '2026-11-26T00:00', to: '2026-11-30T00:00', owner: '@dia', reason: 'peak season' };
const frozen = policyOf({ freezes: [{ ...freeze, name: 'second' }, freeze] });
const staged = (changes: Partial<StageFacts>): Case => ({ facts: stageFactsOf(changes) });
const released = (changes: Partial<ReleaseFacts>, at: number, policy?: Policy): Case => ({ facts: releaseFactsOf(changes), now: clockAt(at), ...(policy === undefined ? {} : { policy }) });
const requested = (changes: Partial<OverrideFacts>, policy?: Policy, at = approvedAt + 60_000): Case => ({ facts: overrideFactsOf(changes), now: clockAt(at), ...(policy === undefined ? {} : { policy }) });
const inFlight = (...numbers: readonly number[]) => completeList(numbers.map((number) => ({ number, tag: `promote/staging/${number}`, build: otherDigest, intendedAt: 1 })));
const twoArtifacts = buildOf({ artifacts: [{ name: 'b.tar', digest: otherDigest, sizeBytes: 1 }, { name: 'a.tar', digest: buildDigest, sizeBytes: 1 }] });
const waiving = (approvals: number): Policy => ({ ...withOverride({ waives: ['window', 'soak', 'freeze'], approvers: { team: 'acme/security-leads', approvals } }), freezes: [freeze] });

test('of a promotion to staging, it is kept what is said', () => {
  expect(beyond({ facts: stageFactsOf() }, [
    ['of an environment nobody described, with none to name', { facts: stageFactsOf({ environment: 'moon' }), policy: policyOf({ environments: [] }) }],
    ['of several artifacts', staged({ build: known(twoArtifacts) })],
    ['of a build of another workflow and commit', staged({ build: known(buildOf({ workflow: 'other.yml', commit: fakeSha('c9') })) })],
    ['of two holds', staged({ holds: completeList([holdOf(52), holdOf(41)]) })],
    ['of several promotions under way', staged({ inFlight: inFlight(7, 4) })],
    ['at the start, of all that is wrong with its number', staged({ asking: startOf({ intended: false, ended: true, newest: 6 }), inFlight: inFlight(5, 4) })],
    ['at the start, of a build that runs already', staged({ asking: startOf(), running: known(runningOf('1.8.0', buildDigest)) })],
    ['of commits that came around the gate', staged({ ungated: completeList([fakeSha('ee'), fakeSha('dd')]) })],
    ['of some of them, with more unread', staged({ ungated: partialList([fakeSha('ee')], 'the rest') })],
    ['of a direct push to a branch nobody gates', staged({ landing: known(landingOf({ branch: 'next', change: null })) })],
    ['of a freeze, which its rule heeds too', { facts: stageFactsOf(), policy: frozen, now: clockAt(thursdayAt) }],
    ['where nothing ran and the version is odd', staged({ running: known(null), build: known(buildOf({ version: 'one' })) })],
    ['where the policy asks for what is not enforced', { facts: stageFactsOf(), policy: policyOf({ build: { workflow: '.github/workflows/build.yml', provenance: 'required' } }) }],
  ])).toMatchSnapshot();
});

test('of a release, it is kept what is said', () => {
  expect(beyond({ facts: releaseFactsOf(), now: clockAt(saturdayAt) }, [
    ['in two freezes, by name', released({}, saturdayAt, frozen)],
    ['in a freeze without an end in sight', released({}, saturdayAt, policyOf({ freezes: [{ ...freeze, from: '2026-11-26T00:00', to: '2099-01-01T00:00' }] }))],
    ['outside the window', released({}, windowClosesAt)],
    ['one second before it opens', released({}, windowOpensAt - 1000)],
    ['where a window is not described', released({}, saturdayAt, policyOf({ windows: [] }))],
    ['where there is no window', released({}, thursdayAt, withProduction({ window: null }))],
    ['where a window is over for good', released({}, saturdayAt + 86_400_000, policyOf({ windows: [{ name: 'saturday-morning', zone: 'America/Los_Angeles', days: [], from: '06:00', to: '12:00', except: [], extra: [] }] }))],
    ['too late to fit', released({ recentDeploySeconds: completeList([600]) }, windowClosesAt - 60_000)],
    ['too late to fit, under an override', released({ grants: completeList([grantOf({}, windowClosesAt)]) }, windowClosesAt - 60_000)],
    ['in the last opening of all, too late', released({}, windowClosesAt - 60_000, policyOf({ windows: [{ name: 'saturday-morning', zone: 'America/Los_Angeles', days: [], from: '06:00', to: '12:00', except: [], extra: [{ from: '2026-11-28T06:00', to: '2026-11-28T12:00', owner: '@dia', reason: 'once' }] }] }))],
    ['of a soak that goes on', released({ occupancy: known({ environment: 'staging', build: buildDigest, number: 9, healthySince: saturdayAt - 3_600_000 }) }, saturdayAt)],
    ['of staging that runs another build', released({ occupancy: known({ environment: 'staging', build: otherDigest, number: 9, healthySince }) }, saturdayAt)],
    ['of an environment that comes after none', { facts: releaseFactsOf({ environment: 'staging' }), now: clockAt(saturdayAt) }],
    ['of an environment nobody described', { facts: releaseFactsOf({ environment: 'moon' }), now: clockAt(saturdayAt) }],
    ['of several grants: the one that waives most', released({ grants: completeList([grantOf({ id: '40', waives: ['window'], ledgerIndex: 3 }), grantOf({ id: '39', ledgerIndex: 22 }), grantOf({ id: '38', ledgerIndex: 21 })]) }, thursdayAt)],
    ['of a grant while the build is not known', released({ build: unknown('it was not read'), grants: completeList([grantOf()]) }, thursdayAt)],
    ['of a grant in a freeze that it waives', released({ grants: completeList([grantOf({ waives: ['window', 'soak', 'freeze'], approvers: [cho, dia] })]) }, thursdayAt, waiving(1))],
    ['of a grant with too few approvers for a freeze', released({ grants: completeList([grantOf({ waives: ['window', 'freeze'] })]) }, thursdayAt, waiving(1))],
    ['of a rule that is named and not described', released({ grants: completeList([grantOf()]) }, thursdayAt, policyOf({ overrides: [] }))],
    ['of reviews that are overdue', released({ reviewTasks: completeList([{ overrideId: '8', issue: 9, dueAt: saturdayAt - 1000, closed: false }, { overrideId: '7', issue: 8, dueAt: saturdayAt - 2000, closed: false }]) }, saturdayAt)],
    ['of overdue reviews, under an override', released({ grants: completeList([grantOf()]), reviewTasks: partialList([{ overrideId: '7', issue: 8, dueAt: 0, closed: false }], 'the rest') }, thursdayAt)],
    ['of an open review while the clock cannot be trusted', { facts: releaseFactsOf({ reviewTasks: completeList([{ overrideId: '7', issue: 8, dueAt: 0, closed: false }]) }), now: { serverAt: null, localAt: saturdayAt } }],
    ['of a freeze while the clock cannot be trusted', { facts: releaseFactsOf(), policy: frozen, now: { serverAt: null, localAt: saturdayAt } }],
  ])).toMatchSnapshot();
});

test('of an override, it is kept what is said', () => {
  expect(beyond({ facts: overrideFactsOf(), now: clockAt(approvedAt + 60_000) }, [
    ['before anyone approved', requested({ approvals: completeList([]) })],
    ['of an approval that is dated later', requested({}, undefined, approvedAt - 1)],
    ['once it expired', requested({}, undefined, approvedAt + 4 * 3_600_000)],
    ['where two must approve', requested({}, withOverride({ waives: ['window', 'freeze'] }))],
    ['where two must approve, and one may be no member', requested({ approvals: completeList([overrideApprovalBy(cho), overrideApprovalBy(dia, { membership: unknown('it was not read') })]) }, withOverride({ waives: ['window', 'freeze'] }))],
    ['of approvals in the order they were written, each person once', requested({ approvals: completeList([overrideApprovalBy(cho, { commentId: 3, commentedAt: approvedAt + 2000 }), overrideApprovalBy(dia, { commentId: 2, commentedAt: approvedAt + 2000 }), overrideApprovalBy(cho, { commentId: 1, commentedAt: approvedAt })]) })],
    ['of approvals that do not count', requested({ approvals: completeList([overrideApprovalBy(ana), overrideApprovalBy(ben), overrideApprovalBy(robot), overrideApprovalBy(eli, { edited: true }), overrideApprovalBy(cho, { commentedAt: requestedAt }), overrideApprovalBy(dia, { membership: known('pending') })]) })],
    ['of a request that lacks everything', { ...requested({}), facts: withRequest({ open: false, reason: ' ', advisory: null }) }],
    ['of an advisory that is none', { ...requested({}), facts: withRequest({ advisory: 'soon' }) }],
    ['of an environment that offers none', { ...requested({}), facts: withRequest({ environment: 'staging' }) }],
    ['of an environment nobody described', { ...requested({}), facts: withRequest({ environment: 'moon' }) }],
    ['of one that was granted', requested({ granted: known(grantOf()) })],
    ['of another build than the requested one', requested({ build: known(buildOf({ digest: otherDigest })) })],
  ])).toMatchSnapshot();
});

test('of a merge that several people can settle, it is kept what is said, the cheapest step first', () => {
  const facts = mergeFactsOf({ reviews: completeList([reviewBy(cho, { id: 1, state: 'changes-requested' })]), checks: completeList([]), candidates: completeList([ben, cho, dia, eli]) });
  expect(decisionText(decide({ facts, policy: withReview({ approvals: 2 }) }))).toMatchSnapshot();
});

import { describe, expect, test } from 'vitest';
import { completeList, known, partialList, unknown } from '../facts/fact.ts';
import type { StageFacts } from '../facts/stage-facts.ts';
import type { ReasonCode } from '../reason-codes.ts';
import { ask, buildDigest, buildOf, changeOf, decisionOf, fakeDigest, fakeSha, holdOf, landingOf, otherDigest, policyOf, releaseFactsOf, ruleOf, runningOf, saidOf, stageFactsOf, staging, startOf } from '../testing/index.ts';

type Change = Partial<NonNullable<Parameters<typeof changeOf>[0]>>;
const landedBy = (change: Change) => stageFactsOf({ landing: known(landingOf({ change: changeOf(change) })) });
const decision = decisionOf({ decidedAt: changeOf().mergedAt });
const groupTree = fakeSha('67');
const running = (version: string, digest = otherDigest) => stageFactsOf({ running: known(runningOf(version, digest)) });
const inFlight = (...numbers: readonly number[]) => completeList(numbers.map((number) => ({ number, tag: `promote/staging/${number}`, build: otherDigest, intendedAt: 1 })));

describe('the stage gate', () => {
  test('allows a registered build of an allowed change', () => {
    expect(ask(stageFactsOf())).toMatchObject({ outcome: 'allow', subject: '1.8.0 to staging', next: [] });
  });

  test.each<[string, StageFacts, string, string, ReasonCode]>([
    ['refuses an environment the policy does not have', stageFactsOf({ environment: 'moon' }), 'environment', 'deny', 'environment-unknown'],
    ['refuses an environment that comes after another', stageFactsOf({ environment: 'production' }), 'environment', 'deny', 'other-gate'],
    ['does not know a build that is not registered', stageFactsOf({ build: unknown('not in the ledger') }), 'build', 'unknown', 'fact-missing'],
    ['refuses a build of another workflow (P01)', stageFactsOf({ build: known(buildOf({ workflow: '.github/workflows/build.yaml' })) }), 'build', 'deny', 'build-other-workflow'],
    ['refuses a landing of another commit', stageFactsOf({ landing: known(landingOf({ commit: fakeSha('c9') })) }), 'build', 'deny', 'build-other-commit'],
    ['does not know a landing that could not be read', stageFactsOf({ landing: unknown('500') }), 'landing', 'unknown', 'fact-missing'],
    ['refuses a commit that is not on the branch (P01)', stageFactsOf({ landing: known(landingOf({ onBranch: false })) }), 'landing', 'deny', 'commit-not-on-branch'],
    ['refuses a commit of a branch nobody gates', stageFactsOf({ landing: known(landingOf({ branch: 'next' })) }), 'landing', 'deny', 'commit-not-on-branch'],
    ['refuses a direct push (T17)', stageFactsOf({ landing: known(landingOf({ change: null })) }), 'landing', 'deny', 'no-pull-request'],
    ['refuses a merge without a decision (T17)', landedBy({ decision: null }), 'landing', 'deny', 'no-merge-decision'],
    ['refuses a merge against the decision', landedBy({ decision: { ...decision, outcome: 'wait' } }), 'landing', 'deny', 'merge-not-allowed'],
    ['refuses a merge on a decision about another head', landedBy({ decision: { ...decision, headSha: fakeSha('99') } }), 'landing', 'deny', 'merge-decision-other-head'],
    ['takes a decision of the very instant of the merge', landedBy({ decision }), 'landing', 'allow', 'ok'],
    ['refuses a decision one millisecond after the merge', landedBy({ decision: { ...decision, decidedAt: decision.decidedAt + 1 } }), 'landing', 'deny', 'merge-decision-too-late'],
    ['refuses what landed with another tree (T18)', stageFactsOf({ landing: known(landingOf({ landedTree: fakeSha('77') })) }), 'landing', 'deny', 'landed-tree-differs'],
    ['takes the tree of a merge queue group that was judged', stageFactsOf({ landing: known(landingOf({ landedTree: groupTree, change: changeOf({ decision: { ...decision, judgedTree: groupTree } }) })) }), 'landing', 'allow', 'ok'],
    ["refuses the head's own tree when a group was judged (T18)", landedBy({ decision: { ...decision, judgedTree: groupTree } }), 'landing', 'deny', 'landed-tree-differs'],
    ['waits while someone holds', stageFactsOf({ holds: completeList([holdOf()]) }), 'holds', 'wait', 'hold'],
    ['does not know holds that are cut short', stageFactsOf({ holds: partialList([], '500') }), 'holds', 'unknown', 'list-incomplete'],
    ['waits for a promotion under way', stageFactsOf({ inFlight: inFlight(4) }), 'one-at-a-time', 'wait', 'promotion-in-flight'],
    ['does not know promotions that are cut short', stageFactsOf({ inFlight: partialList([], '500') }), 'one-at-a-time', 'unknown', 'list-incomplete'],
    ['does not wait for itself at the start', stageFactsOf({ asking: startOf(), inFlight: inFlight(5) }), 'one-at-a-time', 'allow', 'ok'],
    ['waits for another at the start', stageFactsOf({ asking: startOf(), inFlight: inFlight(5, 4) }), 'one-at-a-time', 'wait', 'promotion-in-flight'],
    ['does not excuse a number that has not been given yet', stageFactsOf({ inFlight: inFlight(5) }), 'one-at-a-time', 'wait', 'promotion-in-flight'],
    ['starts the newest intended number', stageFactsOf({ asking: startOf() }), 'number', 'allow', 'ok'],
    ['refuses a tag nobody intended (P04)', stageFactsOf({ asking: startOf({ intended: false }) }), 'number', 'deny', 'tag-not-intended'],
    ['refuses a number that has ended (P05)', stageFactsOf({ asking: startOf({ ended: true }) }), 'number', 'deny', 'number-used'],
    ['refuses a number below the newest', stageFactsOf({ asking: startOf({ newest: 6 }) }), 'number', 'deny', 'number-superseded'],
    ['stages over a prerelease', running('1.8.0-rc.9'), 'version', 'allow', 'ok'],
    ['stages where nothing ran', stageFactsOf({ running: known(null) }), 'version', 'allow', 'ok'],
    ['refuses an older version (P09)', running('1.8.1-rc.1'), 'version', 'deny', 'older-version'],
    ['compares numbers and not text', running('1.10.0'), 'version', 'deny', 'older-version'],
    ['refuses what already runs', running('1.8.0', buildDigest), 'version', 'deny', 'already-running'],
    ['does not know which of two is newer without semver', running('yesterday'), 'version', 'unknown', 'version-not-semver'],
    ['does not know a version that is none', stageFactsOf({ build: known(buildOf({ version: 'v one' })) }), 'version', 'unknown', 'version-not-semver'],
    ['does not know what runs when it could not be read', stageFactsOf({ running: unknown('500') }), 'version', 'unknown', 'fact-missing'],
  ])('%s', (_name, facts, rule, outcome, reason) => {
    const made = ask(facts);
    expect(ruleOf(made, rule)).toMatchObject({ outcome, reason });
    expect(saidOf(made, rule)).toMatchSnapshot();
    if (outcome !== 'allow') expect(made.outcome).not.toBe('allow');
  });

  test('refuses release facts for the first environment', () => {
    expect(ruleOf(ask(releaseFactsOf({ environment: 'staging' })), 'environment').reason).toBe('other-gate');
  });

  test.each([
    ['provenance', policyOf({ build: { workflow: '.github/workflows/build.yml', provenance: 'required' } }), 'build.provenance'],
    ['a window chosen by hand', policyOf({ environments: [{ ...staging, promote: 'scheduled' }] }), 'environments.staging.promote'],
  ])('does not pretend to enforce %s', (_name, policy, field) => {
    const rule = ruleOf(ask(stageFactsOf(), { policy }), 'policy-enforced');
    expect(rule).toMatchObject({ outcome: 'unknown', reason: 'not-enforced' });
    expect(rule.summary).toContain(field);
  });

  test('names every artifact digest as evidence', () => {
    expect(ruleOf(ask(stageFactsOf()), 'build').evidence).toContain(`shop.tar ${fakeDigest('a1')}`);
    const images = [{ image: 'ghcr.io/acme/worker', digest: fakeDigest('a3') }, { image: 'ghcr.io/acme/shop', digest: fakeDigest('a2') }];
    const rule = ruleOf(ask(stageFactsOf({ build: known(buildOf({ artifacts: images })) })), 'build');
    expect(rule.evidence).toEqual(expect.arrayContaining([`ghcr.io/acme/shop@${fakeDigest('a2')}`, `ghcr.io/acme/worker@${fakeDigest('a3')}`]));
    expect(rule.summary).toContain('2 artifact digests');
  });
});

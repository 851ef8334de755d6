import { describe, expect, test } from 'vitest';
import { completeList, known, partialList, unknown } from '../facts/fact.ts';
import type { OverrideFacts } from '../facts/override-facts.ts';
import { overrideFacts } from '../facts/override-facts.ts';
import type { ReasonCode } from '../reason-codes.ts';
import { seal, sealPlain } from '../seal.ts';
import { ana, approvedAt, ask, ben, buildDigest, buildOf, cho, dia, grantOf, otherDigest, overrideApprovalBy, overrideFactsOf, policyOf, requestedAt, robot, ruleOf, saidOf, withOverride, withRequest } from '../testing/index.ts';
import { grantTerms } from './grant-terms.ts';
import { isAdvisory } from './request-rule.ts';

const at = approvedAt + 60_000;
const byCho = (changes: Parameters<typeof overrideApprovalBy>[1]) => overrideFactsOf({ approvals: completeList([overrideApprovalBy(cho, changes)]) });

describe('an override request', () => {
  test('is granted when a lead who had no part in it approves exactly that build', () => {
    expect(ask(overrideFactsOf(), { at })).toMatchObject({ outcome: 'allow', subject: 'override 31: 1.8.0 to production' });
  });

  test.each<[string, OverrideFacts, ReasonCode]>([
    ['by the requester (O01)', overrideFactsOf({ approvals: completeList([overrideApprovalBy(ben)]) }), 'approval-by-requester'],
    ['by a contributor (O01)', overrideFactsOf({ approvals: completeList([overrideApprovalBy(ana)]) }), 'reviewer-contributed'],
    ['by a bot (O02)', overrideFactsOf({ approvals: completeList([overrideApprovalBy(robot)]) }), 'reviewer-not-a-person'],
    ['that was edited (O02)', byCho({ edited: true }), 'approval-edited'],
    ['by someone who left the team (O02)', byCho({ membership: known('none') }), 'not-in-team'],
    ['by someone who has not joined yet', byCho({ membership: known('pending') }), 'not-in-team'],
    ['of another build (O03)', byCho({ digestPrefix: otherDigest.slice(0, 19) }), 'approval-other-build'],
    ['of eleven digits (O03)', byCho({ digestPrefix: buildDigest.slice(0, 'sha256:'.length + 11) }), 'approval-other-build'],
    ['of no build', byCho({ digestPrefix: '' }), 'approval-other-build'],
    ['for another environment (O03)', byCho({ environment: 'staging' }), 'approval-other-environment'],
    ['at the instant of the request', byCho({ commentedAt: requestedAt }), 'approval-too-early'],
  ])('does not count an approval %s', (_name, facts, reason) => {
    const made = ask(facts, { at });
    expect(made.outcome).toBe('wait');
    expect(ruleOf(made, 'approvals').judged).toMatchObject([{ counted: false, reason }]);
    expect(saidOf(made, 'approvals')).toMatchSnapshot();
  });

  test.each([['twelve digits', buildDigest.slice('sha256:'.length, 19)], ['all digits', buildDigest]])('counts an approval that names %s', (_name, digestPrefix) => {
    expect(ask(byCho({ digestPrefix }), { at }).outcome).toBe('allow');
  });

  test.each<[string, OverrideFacts, string, string, ReasonCode]>([
    ['refuses when closed', withRequest({ open: false }), 'request', 'deny', 'request-closed'],
    ['refuses without a reason', withRequest({ reason: '  ' }), 'request', 'deny', 'requirement-missing'],
    ['refuses without an advisory', withRequest({ advisory: null }), 'request', 'deny', 'requirement-missing'],
    ['refuses an advisory that is none', withRequest({ advisory: 'CVE-26-1' }), 'request', 'deny', 'requirement-missing'],
    ['refuses where the policy offers none', withRequest({ environment: 'staging' }), 'offered', 'deny', 'override-not-offered'],
    ['refuses an environment the policy does not have', withRequest({ environment: 'moon' }), 'offered', 'deny', 'environment-unknown'],
    ['does not know a build that is not registered', overrideFactsOf({ build: unknown('not in the ledger') }), 'request', 'unknown', 'fact-missing'],
    ['does not take another build for the requested one', overrideFactsOf({ build: known(buildOf({ digest: otherDigest })) }), 'request', 'unknown', 'fact-missing'],
    ['refuses a second grant (O04)', overrideFactsOf({ granted: known(grantOf()) }), 'once', 'deny', 'already-granted'],
    ['does not know whether it was granted', overrideFactsOf({ granted: unknown('500') }), 'once', 'unknown', 'fact-missing'],
    ['does not know contributors that are cut short', overrideFactsOf({ contributors: partialList([ana], 'one change is missing') }), 'approvals', 'unknown', 'list-incomplete'],
    ['does not know approvals that are cut short', overrideFactsOf({ approvals: partialList([overrideApprovalBy(cho)], '1 of 2 read') }), 'approvals', 'unknown', 'list-incomplete'],
    ['does not know a membership that could not be read', byCho({ membership: unknown('403') }), 'approvals', 'unknown', 'fact-missing'],
  ])('%s', (_name, facts, rule, outcome, reason) => {
    const made = ask(facts, { at });
    expect(ruleOf(made, rule)).toMatchObject({ outcome, reason });
    expect(saidOf(made, rule)).toMatchSnapshot();
    expect(made.outcome).not.toBe('allow');
  });

  test('holds until one millisecond before it expires, and no longer', () => {
    const expiresAt = approvedAt + 4 * 3_600_000;
    expect(ask(overrideFactsOf(), { at: expiresAt - 1 }).outcome).toBe('allow');
    expect(ruleOf(ask(overrideFactsOf(), { at: expiresAt }), 'expiry')).toMatchObject({ outcome: 'deny', reason: 'override-expired' });
  });

  test('that waives a freeze needs two people (O06)', () => {
    const policy = withOverride({ waives: ['window', 'freeze'] });
    const twice = completeList([overrideApprovalBy(cho), overrideApprovalBy(cho, { commentId: 2, commentedAt: approvedAt + 1000 })]);
    const two = completeList([overrideApprovalBy(cho), overrideApprovalBy(dia)]);
    expect(ask(overrideFactsOf(), { at, policy }).outcome).toBe('wait');
    expect(ask(overrideFactsOf({ approvals: twice }), { at, policy }).outcome).toBe('wait');
    expect(ask(overrideFactsOf({ approvals: two }), { at, policy }).outcome).toBe('allow');
  });

  test('that waits names the team and the comment to write', () => {
    const made = ask(overrideFactsOf({ approvals: completeList([]) }), { at });
    expect(made.next).toEqual([{ who: 'members of acme/security-leads who neither requested it nor contributed to the build', what: 'comment on #31 (1 more approval)', command: '/approve production sha256:b1b1b1b1b1b1' }]);
  });
});

describe('the terms of a grant', () => {
  const termsFor = (facts: OverrideFacts, policy = policyOf()) => grantTerms(sealPlain(policy), seal(overrideFacts, facts));

  test.each<[string, Partial<OverrideFacts['request']>, readonly string[], number]>([
    ['all of it where nothing was said', {}, ['window', 'soak'], 4],
    ['a part', { waives: ['soak'] }, ['soak'], 4],
    ['no more than the policy', { waives: ['freeze', 'window'] }, ['window'], 4],
    ['for a shorter time', { holdsSeconds: 1800 }, ['window', 'soak'], 0.5],
    ['for no longer than the policy', { holdsSeconds: 86_400 }, ['window', 'soak'], 4],
  ])('waive what was asked for: %s', (_name, request, waives, hours) => {
    expect(termsFor(withRequest(request))).toMatchObject({ waives, expiresAt: approvedAt + hours * 3_600_000 });
  });

  test('end when was asked for, also for the gate', () => {
    const facts = withRequest({ holdsSeconds: 1800 });
    expect([ask(facts, { at: approvedAt + 1_799_000 }).outcome, ask(facts, { at: approvedAt + 1_800_000 }).outcome]).toEqual(['allow', 'deny']);
  });


  test('run from the latest approval that counts, and name who gave it', () => {
    const later = overrideApprovalBy(dia, { commentedAt: approvedAt + 5000 });
    const edited = overrideApprovalBy(robot, { commentedAt: approvedAt + 9000, edited: true });
    const terms = termsFor(overrideFactsOf({ approvals: completeList([edited, later, overrideApprovalBy(cho)]) }));
    expect(terms).toEqual({ grantedAt: approvedAt + 5000, expiresAt: approvedAt + 5000 + 4 * 3_600_000, approvers: [cho, dia], waives: ['window', 'soak'] });
  });

  test('are not extended by a person who approves again', () => {
    const again = overrideApprovalBy(cho, { commentId: 9, commentedAt: approvedAt + 5000 });
    expect(termsFor(overrideFactsOf({ approvals: completeList([again, overrideApprovalBy(cho)]) }))?.grantedAt).toBe(approvedAt);
  });

  test('do not exist without enough approvals or without a rule', () => {
    expect(termsFor(overrideFactsOf({ approvals: completeList([]) }))).toBeNull();
    expect(termsFor(withRequest({ environment: 'staging' }))).toBeNull();
  });
});

test.each([
  ['CVE-2026-1234', true],
  ['CVE-2026-123', false],
  ['xCVE 2026', false],
  ['GHSA-2345-6789-cfgh', true],
  ['GHSA-2345-6789', false],
  ['INC-123', true],
  ['incident', true],
  ['', false],
  ['INC 123', false],
  ['INC-123\n', false],
  ['../../x', false],
])('%j is an advisory: %s', (text, is) => {
  expect(isAdvisory(text)).toBe(is);
});

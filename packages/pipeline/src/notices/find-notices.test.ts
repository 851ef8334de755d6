import { completeList } from '@sallyport/gates';
import { ask, buildDigest, overrideFactsOf, releaseFactsOf, sealFacts, thursdayAt, windowClosesAt, windowOpensAt, withRequest } from '@sallyport/gates/testing';
import { describe, expect, it } from 'vitest';
import { emptyState } from '../ledger-state.ts';
import type { LedgerState, RecordedDecision, RecordedPromotion, RegisteredBuild } from '../ledger-state.ts';
import { decisionDocument } from '../sweep/draft.ts';
import { findNotices, noticeHoldsMilliseconds } from './find-notices.ts';
import type { NoticeView } from './find-notices.ts';

const at = windowOpensAt + 60_000;
const zone = 'America/Los_Angeles';
const opening = { from: windowOpensAt, to: windowClosesAt };
const staging = { name: 'staging', after: null, zone, opening: null, decision: null };
const production = { name: 'production', after: { environment: 'staging' }, zone, opening: null, decision: null };
const build: RegisteredBuild = { type: 'build-registered', digest: buildDigest, version: '1.8.0', commit: 'c'.repeat(40), artifacts: [], workflow: '', runId: 1, release: '', index: 3, at: 0 };
const releases: LedgerState['releases'] = [{ type: 'release-opened', environment: 'production', after: 3, issue: 12 }];
const promotion: RecordedPromotion = { type: 'promotion-intended', environment: 'production', number: 4, tag: 'promote/production/4', build: buildDigest, version: '1.8.0', commit: 'c'.repeat(40), decisionIndex: 7, override: null, index: 8, at, end: null };

const notices = (state: Partial<LedgerState>, changes: Partial<NoticeView> = {}) => findNotices({ state: { ...emptyState, builds: new Map([[buildDigest, build]]), releases, ...state }, at, environments: [staging, production], ...changes });
const told = (...given: Parameters<typeof notices>) => notices(...given).map(({ id, issue }) => [id, issue]);

describe('what people are told', () => {
  it('is nothing where nothing happened', () => {
    expect(notices({})).toEqual([]);
  });

  describe('of a window that is open', () => {
    const open = (changes: object) => ({ environments: [staging, { ...production, opening, ...changes }] });
    const decision = ask(releaseFactsOf(), { at: thursdayAt });
    it.each<[string, Partial<LedgerState>, object, string | null]>([
      ['nothing, where nothing would go', {}, {}, null],
      ['what waits, and for what', {}, { decision }, decision.rules.find(({ outcome }) => outcome !== 'allow')?.summary ?? 'no objection'],
      ['what may go', {}, { decision: ask(releaseFactsOf(), { at }) }, 'it may go.'],
      ['what is on its way', { promotions: new Map([['production', [promotion]]]) }, {}, '1.8.0 is on its way, by promote/production/4.'],
      ['what went in it', { promotions: new Map([['production', [{ ...promotion, end: { type: 'promotion-ended', environment: 'production', number: 4, build: buildDigest, outcome: 'succeeded', reason: '', runId: 9, startedAt: null, endedAt: '', index: 9 } }]]]) }, {}, '1.8.0 went, by promote/production/4.'],
      ['what was tried in it and failed', { promotions: new Map([['production', [{ ...promotion, end: { type: 'promotion-ended', environment: 'production', number: 4, build: buildDigest, outcome: 'failed', reason: '', runId: 9, startedAt: null, endedAt: '', index: 9 } }]]]) }, {}, 'did not arrive: failed.'],
    ])('%s', (_name, state, environment, line) => {
      const found = notices(state, open(environment));
      expect(found.map(({ id, issue }) => [id, issue])).toEqual(line === null ? [] : [['window-opens:production:2026-11-28T14:00:00.000Z', 12]]);
      if (line !== null) expect(found[0]?.lines.join('\n')).toContain(line);
    });

    it('is no news of a window that opened more than a day ago, such as one that never closes', () => {
      const since = (age: number) => notices({}, open({ decision, opening: { ...opening, from: at - age } })).length;
      expect([since(noticeHoldsMilliseconds - 1), since(noticeHoldsMilliseconds)]).toEqual([1, 0]);
    });

    it('is one notice for the opening, whatever then happens in it', () => {
      const ids = [{ decision }, { decision: ask(releaseFactsOf(), { at }) }].flatMap((one) => notices({}, open(one)).map(({ id }) => id));
      expect(new Set(ids).size).toBe(1);
    });
  });

  it.each<[string, Partial<LedgerState>, readonly unknown[]]>([
    ['a missed window', { missedWindows: [{ type: 'window-missed', environment: 'production', build: buildDigest, from: '2026-11-21T14:00:00.000Z', to: '2026-11-21T20:00:00.000Z', reason: 'staging was not healthy', index: 9, recordedAt: at }] }, ['window-missed:production:2026-11-21T14:00:00.000Z', 12]],
    ['drift in production', { drifts: [{ type: 'drift-found', environment: 'production', promotion: 4, run: 70, attempt: 1, at: '2026-11-28T13:00:00.000Z', index: 9, recordedAt: at }] }, ['drift:production:70:1', 12]],
    ['drift in staging, where production will follow it', { drifts: [{ type: 'drift-found', environment: 'staging', promotion: 4, run: 70, attempt: 1, at: '2026-11-28T13:00:00.000Z', index: 9, recordedAt: at }] }, ['drift:staging:70:1', 12]],
    ['drift before there is a release issue', { releases: [], drifts: [{ type: 'drift-found', environment: 'production', promotion: 4, run: 70, attempt: 1, at: '2026-11-28T13:00:00.000Z', index: 9, recordedAt: at }] }, ['drift:production:70:1', null]],
    ['an override that was used', { promotions: new Map([['production', [{ ...promotion, override: '31' }]]]) }, ['override-used:31:production:4', 31]],
  ])('%s: once, where it belongs, and for a day', (_name, state, expected) => {
    expect(told(state)).toEqual([expected]);
    expect(told(state, { at: at + noticeHoldsMilliseconds - 1 })).toEqual([expected]);
    expect(told(state, { at: at + noticeHoldsMilliseconds })).toEqual([]);
  });

  describe('of an override that is asked for', () => {
    const decided = (facts: ReturnType<typeof overrideFactsOf>, index = 9): RecordedDecision => {
      const decision = ask(facts, { at: thursdayAt });
      return { type: 'decision-made', gate: 'override', subject: decision.subject, outcome: decision.outcome, decision: decisionDocument(decision), facts: sealFacts(facts).document as Record<string, unknown>, index, at };
    };
    const waiting = decided(overrideFactsOf({ approvals: completeList([]) }));
    it('who asks, for what and why, on the request', () => {
      expect(waiting.outcome).toBe('wait');
      expect(notices({ decisions: [waiting] })).toMatchObject([{ id: 'override-requested:31', event: 'override-requested', title: 'ben asks for an override: 1.8.0 to production', lines: ['For CVE-2026-12345.', 'Reason: customer data is readable', expect.any(String)], issue: 31 }]);
    });
    it('once, also when it was approved meanwhile, and for a day from the first decision', () => {
      const approved = { ...decided(overrideFactsOf(), 10), at: at + 60_000 };
      expect(approved.outcome).toBe('allow');
      expect(told({ decisions: [waiting, approved] })).toEqual([['override-requested:31', 31]]);
      expect(told({ decisions: [waiting, approved] }, { at: at + noticeHoldsMilliseconds })).toEqual([]);
    });
    it('not when it was refused out of hand', () => {
      const refused = decided(withRequest({ advisory: null }));
      expect(refused.outcome).toBe('deny');
      expect(told({ decisions: [refused] })).toEqual([]);
    });
  });

  it('of a first environment belongs to what comes out of it, not to another chain', () => {
    const others = [{ ...staging, name: 'lab' }, { ...production, name: 'field', after: { environment: 'lab' } }];
    const drift = { type: 'drift-found' as const, environment: 'staging', promotion: 4, run: 70, attempt: 1, at: '2026-11-28T13:00:00.000Z', index: 9, recordedAt: at };
    const field = { type: 'release-opened' as const, environment: 'field', after: 0, issue: 99 };
    expect(told({ drifts: [drift], releases: [...releases, field] }, { environments: [...others, staging, production] })).toEqual([['drift:staging:70:1', 12]]);
  });

  it('begins with what has happened, so that a flood of requests keeps nobody from it', () => {
    const drift = { type: 'drift-found' as const, environment: 'production', promotion: 4, run: 70, attempt: 1, at: '2026-11-28T13:00:00.000Z', index: 9, recordedAt: at };
    expect(told({ drifts: [drift], promotions: new Map([['production', [{ ...promotion, override: '31' }]]]) }).map(([id]) => id)).toEqual(['override-used:31:production:4', 'drift:production:70:1']);
  });

  describe('of what landed past the gate', () => {
    const change = { number: 7, headSha: 'a'.repeat(40), mergedAt: thursdayAt, decision: null };
    const facts = releaseFactsOf();
    const landing = 'known' in facts.landing ? { known: { ...facts.landing.known, change } } : facts.landing;
    const decided = (changes: Partial<ReturnType<typeof releaseFactsOf>>): RecordedDecision => {
      const decision = ask({ ...facts, ...changes }, { at });
      return { type: 'decision-made', gate: 'release', subject: decision.subject, outcome: decision.outcome, decision: decisionDocument(decision), facts, index: 9, at };
    };
    it('when a gate found it', () => {
      expect(told({ decisions: [decided({ landing })] })).toEqual([['bypass-seen:production:sha256:b1b1b1b1b1b1', 12]]);
      expect(told({ decisions: [decided({ ungated: { complete: true, items: ['d'.repeat(40)] } })] })).toHaveLength(1);
    });
    it('by the entry where the build cannot be read', () => {
      expect(told({ decisions: [{ ...decided({ landing }), facts: {} }] })).toEqual([['bypass-seen:production:entry-9', 12]]);
    });
    it('not when something else stands in the way', () => {
      expect(told({ decisions: [decided({ holds: { complete: true, items: [{ issue: 3, owner: { id: 9, login: 'cho', kind: 'user' }, reason: 'stocktaking', since: thursdayAt }] } })] })).toEqual([]);
    });
    it('not by a decision that cannot be read', () => {
      expect(told({ decisions: [{ ...decided({ landing }), decision: { outcome: 'deny' } }] })).toEqual([]);
    });
  });
});

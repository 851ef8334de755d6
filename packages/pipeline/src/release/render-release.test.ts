import { ask, buildDigest, cho, policyOf, releaseFactsOf, thursdayAt, windowClosesAt, windowOpensAt } from '@sallyport/gates/testing';
import { describe, expect, it } from 'vitest';
import { emptyState } from '../ledger-state.ts';
import type { LedgerState, PromotionEnd, RecordedCommand, RecordedPromotion, RegisteredBuild } from '../ledger-state.ts';
import { renderRelease } from './render-release.ts';
import type { ReleaseView } from './render-release.ts';

const policy = policyOf();
const environment = policy.environments.find(({ name }) => name === 'production');
if (environment === undefined) throw new Error('The policy has no production.');
const viewOf = (changes: Partial<ReleaseView> = {}): ReleaseView => ({ policy, state: emptyState, environment, decision: ask(releaseFactsOf(), { at: thursdayAt }), openings: [{ from: windowOpensAt, to: windowClosesAt }], heldBy: [], ...changes });
const hold = (reason: string): LedgerState => ({
  ...emptyState,
  commands: new Map<number, RecordedCommand>([[9001, { type: 'command-handled', comment: 9001, issue: 41, person: cho, role: 'write', commentedAt: '2026-11-26T19:00:00.000Z', command: { name: 'hold', environment: 'production', reason }, outcome: 'accepted', answer: '', index: 7 }]]),
});

describe('the release issue', () => {
  it('names what would go in its title, and when in its table', () => {
    const { title, body } = renderRelease(viewOf());
    expect(title).toBe('Release to production: 1.8.0');
    expect(body).toContain('| window | Sat 28 Nov 2026 06:00 PST \\(14:00 UTC\\) to Sat 28 Nov 2026 12:00 PST \\(20:00 UTC\\) |');
    expect(body).toMatchSnapshot();
  });

  it('gives the digest that commands name a build by', () => {
    const build: RegisteredBuild = { type: 'build-registered', digest: buildDigest, version: '1.8.0', commit: 'c'.repeat(40), artifacts: [], workflow: '', runId: 1, release: '', index: 3, at: 0 };
    expect(renderRelease(viewOf({ state: { ...emptyState, builds: new Map([[buildDigest, build]]) } })).body).toContain('| would go | 1.8.0, `sha256:b1b1b1b1b1b1`, of commit `cccccccccccc` |');
  });

  it.each<[string, Partial<PromotionEnd>, string]>([
    ['refused', { outcome: 'refused', reason: 'run 9, attempt 1. cho holds promotions (#41): full | <b>' }, '| not deployed | Promotion 4 \\(1.8.0\\) was refused at its start: run 9, attempt 1. cho holds promotions \\(\\#41\\): full \\| \\<b\\>. The gate decides on it again'],
    ['not seen to start', { outcome: 'not-started', reason: 'its tag started no run' }, '| not deployed | Promotion 4 \\(1.8.0\\) was not seen to start: its tag started no run.'],
  ])('says that the last promotion was %s, and what comes next', (_name, change, expected) => {
    const end: PromotionEnd = { type: 'promotion-ended', environment: 'production', number: 4, build: buildDigest, outcome: 'failed', reason: '', runId: 9, startedAt: null, endedAt: '2026-11-28T15:00:00.000Z', index: 9, ...change };
    const promotion: RecordedPromotion = { type: 'promotion-intended', environment: 'production', number: 4, tag: 'promote/production/4', build: buildDigest, version: '1.8.0', commit: 'c'.repeat(40), decisionIndex: 7, override: null, index: 8, at: 0, end };
    const bodyWith = (promotions: readonly RecordedPromotion[]) => renderRelease(viewOf({ state: { ...emptyState, promotions: new Map([['production', promotions]]) } })).body;
    expect(bodyWith([promotion])).toContain(expected);
    expect(bodyWith([promotion, { ...promotion, number: 5, end: null }]), 'until there is another').not.toContain('not deployed');
    expect(bodyWith([{ ...promotion, end: { ...end, outcome: 'failed' } }])).not.toContain('not deployed');
  });

  it('is the same text for the same facts, whenever they were read', () => {
    const later = ask(releaseFactsOf(), { at: thursdayAt + 60_000 });
    expect(renderRelease(viewOf({ decision: later }))).toEqual(renderRelease(viewOf()));
  });

  it('says when nothing waits', () => {
    expect(renderRelease(viewOf({ decision: null }))).toMatchObject({ title: 'Release to production: nothing waits', body: expect.stringContaining('Nothing waits.') as string });
  });

  it('cannot be marked up by what people write (X02)', () => {
    const { body } = renderRelease(viewOf({ state: hold('</td><script>alert(1)</script> | x | [a](http://b) @everyone\n# Loud') }));
    const row = body.split('\n').find((line) => line.startsWith('| on hold |')) ?? '';
    expect(row).toContain('by cho:');
    expect(row).not.toMatch(/[^\\]<|[^\\]\[a|@everyone|https?:\/\//);
    expect(body).not.toContain('\n# Loud');
  });
});

import { describe, expect, test } from 'vitest';
import { emptyState } from '@sallyport/pipeline';
import type { LedgerState, RecordedPromotion } from '@sallyport/pipeline';
import { renderRunning, runningDocument } from './running.ts';

const build = `sha256:${'b1'.repeat(32)}`;
const artifacts = [{ name: 'shop.tar', digest: `sha256:${'a1'.repeat(32)}`, sizeBytes: 1 }];
const registered = { type: 'build-registered', digest: build, version: '1.8.0', commit: 'c1'.repeat(20), artifacts, workflow: '.github/workflows/build.yml', runId: 1, release: 'build/1.8.0', index: 0, at: 1 } as const;
type End = NonNullable<RecordedPromotion['end']>;
const promotionOf = (number: number, outcome: End['outcome'] | null): RecordedPromotion => ({
  ...{ type: 'promotion-intended', environment: 'production', number, tag: `promote/production/${number}`, build, version: `1.8.0-rc.${number}`, commit: 'c1'.repeat(20), decisionIndex: 1, override: null, index: number, at: 1 },
  end: outcome === null ? null : { type: 'promotion-ended', environment: 'production', number, build, outcome, reason: 'run 9', runId: 9, startedAt: null, endedAt: '2026-11-28T15:00:00.000Z', index: number },
});
const drift = { type: 'drift-found', environment: 'production', promotion: 2, run: 70, attempt: 1, at: '2026-11-28T16:00:00.000Z', index: 9, recordedAt: Date.parse('2026-11-28T16:05:00Z') } as const;
const stateOf = (promotions: readonly RecordedPromotion[], drifts: LedgerState['drifts'] = []): LedgerState => ({ ...emptyState, size: 9, builds: new Map([[build, registered]]), promotions: new Map([['production', promotions]]), drifts });

describe('what the ledger says runs', () => {
  test('is what was last promoted with success, with its digests', () => {
    expect(runningDocument(stateOf([promotionOf(1, 'succeeded'), promotionOf(2, 'succeeded'), promotionOf(3, 'failed')]), 'production')).toEqual({ schema: 1, environment: 'production', version: '1.8.0-rc.2', build, commit: registered.commit, artifacts, number: 2, tag: 'promote/production/2', since: '2026-11-28T15:00:00.000Z', underWay: [] });
  });

  test('names what is under way: until its end the environment may run either', () => {
    expect(runningDocument(stateOf([promotionOf(2, 'succeeded'), promotionOf(3, null)]), 'production')).toMatchObject({ number: 2, underWay: [{ number: 3, version: '1.8.0-rc.3' }] });
  });

  test.each<[string, LedgerState['drifts'], unknown]>([
    ['found of it', [drift], { run: 70, at: drift.at }],
    ['found of an earlier promotion', [{ ...drift, promotion: 1 }], undefined],
    ['found elsewhere', [{ ...drift, environment: 'staging' }], undefined],
  ])('carries a drift, if it was found of what runs: %s', (_name, drifts, expected) => {
    expect(runningDocument(stateOf([promotionOf(2, 'succeeded')], drifts), 'production').drift).toEqual(expected);
  });

  test('shows images by name and digest, as they are pulled', () => {
    const image = { image: 'ghcr.io/acme/shop', digest: `sha256:${'d1'.repeat(32)}` };
    const state = stateOf([promotionOf(2, 'succeeded')]);
    const document = runningDocument({ ...state, builds: new Map([[build, { ...registered, artifacts: [image] }]]) }, 'production');
    expect(document.artifacts).toEqual([image]);
    expect(renderRunning(document)).toContain(`\n  image     ghcr.io/acme/shop@${image.digest}\n`);
  });

  test('is an error where nothing was promoted yet, never an empty answer', () => {
    expect(() => runningDocument(stateOf([promotionOf(1, 'failed')]), 'production')).toThrow('Nothing was promoted to production with success yet');
  });
});

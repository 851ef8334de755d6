import { parsePolicy } from '@sallyport/policy';
import type { Policy } from '@sallyport/policy';
import { expect, it } from 'vitest';
import { emptyState } from '../ledger-state.ts';
import type { LedgerState, PromotionEnd, RecordedPromotion } from '../ledger-state.ts';
import { unpublished } from './plan-publications.ts';

function policyOf(environments: string): Policy {
  const parsed = parsePolicy(`version: 1\nrepository: acme/shop\nmerge: { tests: [{ check: unit, workflow: .github/workflows/ci.yml }] }\nenvironments:\n  staging: {}\n${environments}`, { file: 'sallyport.yml' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy;
}

const policy = policyOf('  canary: { after: { environment: staging } }\n  europe: { after: { environment: canary } }\n  america: { after: { environment: canary } }\n');

type Past = { readonly environment: string; readonly version: string; readonly at: number; readonly outcome?: PromotionEnd['outcome'] | null };

/** `at`: where its end stands in the ledger. */
function promotionOf({ environment, version, at, outcome = 'succeeded' }: Past, number: number): RecordedPromotion {
  const build = `sha256:${'b'.repeat(64)}`;
  const end = outcome === null ? null : { type: 'promotion-ended' as const, environment, number, build, outcome, reason: 'run 1', runId: 1, startedAt: null, endedAt: '2026-12-05T14:05:00.000Z', index: at };
  return { type: 'promotion-intended', environment, number, tag: `promote/${environment}/${number}`, build, version, commit: 'c'.repeat(40), decisionIndex: 0, override: null, index: at - 1, at: 0, end };
}

function stateOf(past: readonly Past[], published: readonly string[] = []): LedgerState {
  const promotions = new Map<string, readonly RecordedPromotion[]>();
  for (const one of past) {
    const sofar = promotions.get(one.environment) ?? [];
    promotions.set(one.environment, [...sofar, promotionOf(one, sofar.length + 1)]);
  }
  return { ...emptyState, promotions, published: new Map(published.map((version) => [version, { type: 'release-published', version, tag: `v${version}`, build: '', environment: 'europe', number: 1 }])) };
}

const found = (past: readonly Past[], published?: readonly string[]) => unpublished(stateOf(past, published), policy).map(({ environment, promotion }) => `${environment.name} ${promotion.version}`);

it.each<[string, readonly Past[], readonly string[], readonly string[]]>([
  ['once, where it arrived first, though there are two last environments', [{ environment: 'europe', version: '1.8.0-rc.2', at: 20 }, { environment: 'america', version: '1.8.0-rc.2', at: 10 }], [], ['america 1.8.0-rc.2']],
  ['of the first build that arrived', [{ environment: 'europe', version: '1.8.0-rc.2', at: 10 }, { environment: 'europe', version: '1.8.0-rc.3', at: 20 }], [], ['europe 1.8.0-rc.2']],
  ['the earliest first', [{ environment: 'europe', version: '1.9.0-rc.1', at: 30 }, { environment: 'america', version: '1.8.0-rc.2', at: 10 }], [], ['america 1.8.0-rc.2', 'europe 1.9.0-rc.1']],
  ['never a second time', [{ environment: 'europe', version: '1.8.0-rc.3', at: 20 }], ['1.8.0'], []],
  ['not from where others come after', [{ environment: 'staging', version: '1.8.0-rc.2', at: 10 }, { environment: 'canary', version: '1.8.0-rc.2', at: 20 }], [], []],
  ['not while it is under way', [{ environment: 'europe', version: '1.8.0-rc.2', at: 10, outcome: null }], [], []],
  ['not when it did not succeed', [{ environment: 'europe', version: '1.8.0-rc.2', at: 10, outcome: 'failed' }, { environment: 'europe', version: '1.8.0-rc.2', at: 12, outcome: 'refused' }], [], []],
  ['not without a semantic version', [{ environment: 'europe', version: 'nightly', at: 10 }], [], []],
])('a version is to be published %s', (_what, past, published, expected) => {
  expect(found(past, published)).toEqual(expected);
});

it('nothing is to be published where there is but one environment: nobody said that it is the end of the way', () => {
  expect(unpublished(stateOf([{ environment: 'staging', version: '1.8.0', at: 10 }]), policyOf(''))).toEqual([]);
});

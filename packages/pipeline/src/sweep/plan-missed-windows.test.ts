import { sealPlain } from '@sallyport/gates';
import { parsePolicy } from '@sallyport/policy';
import { expect, it } from 'vitest';
import { emptyState } from '../ledger-state.ts';
import type { LedgerState, MissedWindow, RecordedPromotion, RegisteredBuild } from '../ledger-state.ts';
import { startDraft } from './draft.ts';
import { planMissedWindow } from './plan-missed-windows.ts';
import type { View } from './view.ts';

const digest = `sha256:${'b'.repeat(64)}`;
const commit = 'c'.repeat(40);
const day = 24 * 60 * 60 * 1000;
const build: RegisteredBuild = { type: 'build-registered', digest, version: '1.8.0', commit, artifacts: [], workflow: '', runId: 1, release: '', index: 1, at: 0 };
const staged = (at: number): RecordedPromotion => ({
  type: 'promotion-intended', environment: 'staging', number: 1, tag: 'promote/staging/1', build: digest, version: '1.8.0', commit, decisionIndex: 2, override: null, index: 3, at,
  end: { type: 'promotion-ended', environment: 'staging', number: 1, build: digest, outcome: 'succeeded', reason: '', runId: 1, startedAt: null, endedAt: new Date(at).toISOString(), index: 4 },
});

function policyWith(window: string, freezes: string) {
  const text = `version: 1\nrepository: acme/shop\nmerge: { tests: [{ check: unit, workflow: .github/workflows/ci.yml }] }\nenvironments:\n  staging: {}\n  production: { after: { environment: staging, soak: 1h }, window: w }\nwindows:\n  w: ${window}\nfreezes: [${freezes}]\n`;
  const parsed = parsePolicy(text, { file: 'sallyport.yml' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy;
}

/** What sweeps record, one after another at these times. */
async function recorded(policy: ReturnType<typeof policyWith>, stagedAt: number, times: readonly number[]): Promise<readonly string[]> {
  const environment = policy.environments.find(({ name }) => name === 'production');
  if (environment === undefined) throw new Error('There is no production.');
  const keys: string[] = [];
  const missed: MissedWindow[] = [];
  for (const at of times) {
    const state: LedgerState = { ...emptyState, builds: new Map([[digest, build]]), promotions: new Map([['staging', [staged(stagedAt)]]]), missedWindows: [...missed] };
    const draft = startDraft(state);
    const view = { at, state, policy: { sealed: sealPlain(policy) }, calendars: () => Promise.resolve(undefined), outside: {} } as unknown as View;
    await planMissedWindow(view, environment, draft);
    for (const effect of draft.finish().effects) {
      if (effect.effect !== 'record') continue;
      for (const { key, body } of effect.entries) {
        keys.push(key);
        if (body.type === 'window-missed') missed.push({ ...body, index: keys.length, recordedAt: at });
      }
    }
  }
  return keys;
}

const always = '{ zone: UTC, days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday], from: "00:00", to: "00:00" }';
const freezeFrom = Date.parse('2026-12-10T00:00:00Z');
const freeze = '{ name: holidays, zone: UTC, from: 2026-12-10T00:00, to: 2026-12-24T00:00, owner: "@rika", reason: peak }';

it('an opening that is longer than anybody looks back is missed once', async () => {
  const times = Array.from({ length: 7 * 4 }, (_, index) => freezeFrom + 60_000 + index * (day / 4));
  expect(await recorded(policyWith(always, freeze), freezeFrom - day, times)).toHaveLength(1);
});

it('each opening that passes is missed', async () => {
  const times = [0, 1, 7, 8].map((days) => Date.parse('2026-11-28T20:07:00Z') + days * day);
  expect(await recorded(policyWith('{ zone: America/Los_Angeles, days: [saturday], from: "06:00", to: "12:00" }', ''), Date.parse('2026-11-25T12:00:00Z'), times)).toEqual(['2026-11-28T14:00:00Z', '2026-12-05T14:00:00Z'].map((from) => `window-missed:production:${Date.parse(from)}`));
});

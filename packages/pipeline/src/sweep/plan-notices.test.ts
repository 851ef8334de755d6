import { sealPlain } from '@sallyport/gates';
import { parsePolicy } from '@sallyport/policy';
import { expect, it } from 'vitest';
import { emptyState, noticeKey } from '../ledger-state.ts';
import type { FoundDrift } from '../ledger-state.ts';
import { planNotices } from './plan-notices.ts';

const parse = (notify: string) => {
  const parsed = parsePolicy('version: 1\nrepository: acme/shop\nmerge: { tests: [{ check: unit, workflow: .github/workflows/ci.yml }] }\nenvironments: { staging: {} }\nnotify: [' + notify + ']\n', { file: 'sallyport.yml' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return { sealed: sealPlain(parsed.policy), text: '', path: '' };
};
const policy = parse('{ to: slack }, { to: github }');
const drifts = Array.from({ length: 30 }, (_, index): FoundDrift => ({ type: 'drift-found', environment: 'staging', promotion: 1, run: index + 1, attempt: 1, at: '2026-11-28T13:00:00.000Z', index, recordedAt: 0 }));

it('what one channel does not take keeps nobody from another', async () => {
  let notices = new Set<string>();
  for (let sweeps = 0; sweeps < 2; sweeps += 1) {
    const plan = await planNotices({ policy, state: { ...emptyState, drifts, notices }, at: 1, calendars: () => Promise.resolve(undefined) }, []);
    // Slack is down.
    notices = new Set([...notices, ...plan.flatMap((one) => (one.effect === 'give-notice' && one.channel === 'github' ? [noticeKey({ notice: one.notice.id, channel: 'github' })] : []))]);
  }
  expect(notices.size).toBe(30);
});

it('mentions everybody that an entry for its event names, each once', async () => {
  const asked = parse('{ to: github, of: [drift], mention: [acme/leads] }, { to: github, mention: [acme/leads, acme/on-call] }, { to: github, of: [override-used], mention: [acme/auditors] }');
  const [first] = await planNotices({ policy: asked, state: { ...emptyState, drifts: drifts.slice(0, 1) }, at: 1, calendars: () => Promise.resolve(undefined) }, []);
  expect(first).toMatchObject({ effect: 'give-notice', channel: 'github', mention: ['acme/leads', 'acme/on-call'] });
});

import { describe, expect, it } from 'vitest';
import { changesAmong, howOften, killEverywhere } from './kill-everywhere.ts';
import { production, rollback, staging } from './stories.ts';

/** What each story changes, in order: what is about to be done before it is done, and how it ended after. */
const toStaging = ['ledger.write decision-made + promotion-intended', 'promotions.createTag staging', 'ledger.write promotion-ended', 'ledger.write decision-made', 'desk.openRelease', 'ledger.write release-opened', 'notices.give', 'ledger.write notice-given'];
const toProduction = ['ledger.write decision-made + promotion-intended', 'promotions.createTag production', 'desk.updateRelease', 'ledger.write promotion-ended', 'releases.publish', 'ledger.write release-published', 'desk.updateRelease'];
const rolledBack = ['ledger.write decision-made + promotion-intended', 'promotions.createTag production', 'desk.openRelease', 'ledger.write release-opened', 'ledger.write promotion-ended', 'desk.updateRelease'];

const reads = ['clock.read', 'changes.repository', 'policy.readPolicyFile', 'ledger.read', 'desk.listOverrideRequests', 'desk.listRollbacks', 'promotions.listTags', 'changes.findLanding', 'desk.listHolds', 'promotions.findDeploy'];

const rows = [
  { what: 'on the way to staging', story: staging, changes: toStaging, reads, least: 60 },
  { what: 'on the way to production', story: production, changes: toProduction, reads: [...reads, 'desk.readRelease'], least: 50 },
  { what: 'on a rollback', story: rollback, changes: rolledBack, reads: [...reads, 'desk.readRole'], least: 50 },
];

describe.each(rows)('a gatekeeper killed $what, and run again', { timeout: 900_000 }, ({ story, changes, reads: wanted, least }) => {
  it('before each call: one promotion with one end', async () => {
    const killedAt = await killEverywhere(story, { moment: 'before', at: howOften });
    expect(changesAmong(killedAt)).toEqual(changes);
    if (howOften === 'changes') return;
    expect(killedAt).toEqual(expect.arrayContaining(wanted));
    expect(killedAt.length).toBeGreaterThanOrEqual(least);
  });

  it('after each call that changed something, before its answer: the same', async () => {
    expect(await killEverywhere(story, { moment: 'after', at: howOften })).toEqual(changes);
  });
});

import { describe, expect, it } from 'vitest';
import { changesAmong, howOften, killEverywhere } from './kill-everywhere.ts';
import { override } from './stories.ts';

const changes = [
  'ledger.write decision-made + override-granted',
  'ledger.write decision-made + promotion-intended',
  'promotions.createTag production',
  'desk.updateRelease',
  'ledger.write promotion-ended',
  'desk.openReview',
  'ledger.write review-opened',
  'releases.publish',
  'ledger.write release-published',
  'desk.updateRelease',
];

describe('a gatekeeper killed under an override, and run again', { timeout: 900_000 }, () => {
  it('before each call: one grant, used once, and one review', async () => {
    const killedAt = await killEverywhere(override, { moment: 'before', at: howOften });
    expect(changesAmong(killedAt)).toEqual(changes);
    if (howOften === 'changes') return;
    expect(killedAt).toEqual(expect.arrayContaining(['clock.read', 'ledger.read', 'desk.listOverrideRequests', 'desk.gatherApprovals', 'changes.listCommits', 'changes.findLanding']));
    expect(killedAt.length).toBeGreaterThanOrEqual(75);
  });

  it('after each call that changed something, before its answer: the same', async () => {
    expect(await killEverywhere(override, { moment: 'after', at: howOften })).toEqual(changes);
  });
});

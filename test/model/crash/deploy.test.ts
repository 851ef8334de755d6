import { describe, expect, it } from 'vitest';
import { againAfterItWasLetIn, againAtOnce, againTooLate, againWhileItsEndIsRecorded } from './deploy-stories.ts';
import { killEverywhere } from './kill-everywhere.ts';

/** These are few, so that `npm test` kills at each of them too. */
const every = { moment: 'before', at: 'every call' } as const;

/** What a deploy asks before it is let in, and what it fetches then. */
const firstStep = ['clock.read', 'changes.repository', 'policy.readPolicyFile', 'ledger.read', 'changes.findLanding', 'desk.listHolds', 'builds.fetch'];

describe('a deploy killed at every call of its first step', { timeout: 900_000 }, () => {
  it('and run again at once: it is let in once, and ends once', async () => {
    expect(await killEverywhere(againAtOnce, every)).toEqual(firstStep);
  });

  it('and run again only after its failure was recorded: it is refused, and stays a failure', async () => {
    expect(await killEverywhere(againTooLate, every)).toEqual(firstStep);
  });

  it('after an attempt that was let in and died: the next is let in, and there is one end', async () => {
    expect(await killEverywhere(againAfterItWasLetIn, every)).toEqual(firstStep);
  });
});

describe('a deploy that was let in and died, run again while the gatekeeper that records its end is killed', { timeout: 900_000 }, () => {
  it('before each call: it is let in as long as no end is recorded, and refused from then on', async () => {
    const killedAt = await killEverywhere(againWhileItsEndIsRecorded, every);
    expect(killedAt).toEqual(expect.arrayContaining(['clock.read', 'ledger.read', 'promotions.findDeploy', 'ledger.write promotion-ended']));
  });

  it('after the end was written, before the answer: it is refused', async () => {
    expect(await killEverywhere(againWhileItsEndIsRecorded, { moment: 'after', at: 'changes' })).toEqual(['ledger.write promotion-ended']);
  });
});

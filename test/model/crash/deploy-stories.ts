import { expect } from 'vitest';
import { endDeploy, rerunDeploy, runningDeploys, startDeploy, waitingTags } from '../steps/deploys.ts';
import { sweepOnce } from '../steps/keeper.ts';
import type { Deploy } from '../truth.ts';
import type { RunOptions } from '../world.ts';
import type { Breaker } from './breaker.ts';
import type { Story } from './kill-everywhere.ts';
import { ended, endsOf, entriesOf, expectOnePromotion, newestBuild, registerNext, sweepUntil } from './scene.ts';
import type { CrashScene } from './scene.ts';

/** The tag promote/staging/1 is made, and its run has not begun. */
const intend = async (at: CrashScene): Promise<void> => {
  await registerNext(at);
  await sweepOnce(at.world);
  await at.oracle.check();
};

async function begin(at: CrashScene, options: RunOptions = {}): Promise<Deploy> {
  const [tag] = await waitingTags(at.world, at.record);
  if (tag === undefined) throw new Error('No tag waits.');
  await startDeploy(at.world, tag, options);
  await at.oracle.check();
  return theDeploy(at);
}

const theDeploy = ({ world }: CrashScene): Deploy => {
  const [deploy, ...others] = world.truth.deploys;
  if (deploy === undefined || others.length > 0) throw new Error(`There should be one deploy, and there are ${world.truth.deploys.length}.`);
  return deploy;
};

async function runAgain(at: CrashScene, options: RunOptions = {}): Promise<string> {
  const said = await rerunDeploy(at.world, theDeploy(at), options);
  await at.oracle.check();
  return said;
}

/** What runs ends well, and the gatekeeper hears of it: one promotion, which succeeded. */
async function endWell(at: CrashScene): Promise<void> {
  for (const running of runningDeploys(at.world)) endDeploy(at.world, running, 'success');
  await sweepUntil(at, () => ended(at, 'staging', 1));
  await expectOnePromotion(at, 'staging', newestBuild(at), 0);
}

/** What was refused stays so: one promotion, which failed, and no run of it is let in any more. */
async function stayFailed(at: CrashScene): Promise<void> {
  expect(await runAgain(at)).toMatch(/is not let in/);
  await sweepOnce(at.world);
  await at.oracle.check();
  expect(endsOf(at, 'staging', 1)).toEqual(['failed']);
}

const struckIn = (deploy: Deploy, breaker: Breaker): boolean => {
  expect(deploy.state === 'refused').toBe(breaker.struck());
  return breaker.struck();
};

/** Its first step dies, and somebody runs it again at once. */
export const againAtOnce: Story = {
  policy: 'wide',
  prepare: intend,
  play: async (at, breaker) => {
    if (struckIn(await begin(at, { ports: breaker }), breaker)) expect(await runAgain(at)).toMatch(/is let in$/);
    await endWell(at);
  },
};

/** Its first step dies, and somebody runs it again only after its failure was recorded. */
export const againTooLate: Story = {
  policy: 'wide',
  prepare: intend,
  play: async (at, breaker) => {
    if (!struckIn(await begin(at, { ports: breaker }), breaker)) return;
    await sweepUntil(at, () => ended(at, 'staging', 1));
    await stayFailed(at);
  },
};

/** It was let in and died before it ended; somebody runs it again, and that dies in its first step; and again. */
export const againAfterItWasLetIn: Story = {
  policy: 'wide',
  prepare: async (at) => {
    await intend(at);
    endDeploy(at.world, await begin(at), 'failure');
    await at.oracle.check();
  },
  play: async (at, breaker) => {
    await runAgain(at, { ports: breaker });
    if (struckIn(theDeploy(at), breaker)) expect(await runAgain(at)).toMatch(/is let in$/);
    await endWell(at);
  },
};

/** It was let in and died before it ended. The gatekeeper that records this dies too, and somebody runs the deploy again before another comes. */
export const againWhileItsEndIsRecorded: Story = {
  policy: 'wide',
  prepare: async (at) => {
    await intend(at);
    endDeploy(at.world, await begin(at), 'failure');
    await at.oracle.check();
  },
  play: async (at, breaker) => {
    await sweepOnce(at.world, { ports: breaker });
    await at.oracle.check();
    if (entriesOf(at, 'promotion-ended').length > 0) return stayFailed(at);
    expect(await runAgain(at)).toMatch(/is let in$/);
    await endWell(at);
  },
};

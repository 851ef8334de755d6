import { expect } from 'vitest';
import { endDeploy, rerunDeploy, runningDeploys, startDeploy, waitingTags } from '../steps/deploys.ts';
import { sweepOnce } from '../steps/keeper.ts';
import type { Deploy } from '../truth.ts';
import type { RunOptions } from '../world.ts';
import type { Story } from './kill-everywhere.ts';
import { ended, endsOf, expectOnePromotion, newestBuild, registerNext, sweepUntil } from './scene.ts';
import type { CrashScene } from './scene.ts';

/** The tag promote/staging/1 is made, and its run has not begun. */
const intend = async (at: CrashScene): Promise<void> => {
  await registerNext(at);
  await sweepOnce(at.world);
  await at.oracle.check();
};

/** Its run was let in, and died before it ended. */
const letInAndDie = async (at: CrashScene): Promise<void> => {
  await intend(at);
  await start(at);
  endDeploy(at.world, theDeploy(at), 'failure');
  await at.oracle.check();
};

const theDeploy = ({ world }: CrashScene): Deploy => {
  const [deploy, ...others] = world.truth.deploys;
  if (deploy === undefined || others.length > 0) throw new Error(`There should be one deploy, and there are ${world.truth.deploys.length}.`);
  return deploy;
};

/** Starts the run of the tag, or the same run again when there is one. */
async function start(at: CrashScene, options: RunOptions = {}): Promise<string> {
  const [tag] = await waitingTags(at.world, at.record);
  const said = tag === undefined ? await rerunDeploy(at.world, theDeploy(at), options) : await startDeploy(at.world, tag, options);
  await at.oracle.check();
  return said;
}

const isRunning = (at: CrashScene): boolean => theDeploy(at).state === 'running';
const isOver = (at: CrashScene): boolean => ended(at, 'staging', 1);

/** What runs ends well, and the gatekeeper hears of it: one promotion, which succeeded. */
async function expectSuccess(at: CrashScene): Promise<void> {
  for (const running of runningDeploys(at.world)) endDeploy(at.world, running, 'success');
  await sweepUntil(at, () => isOver(at));
  await expectOnePromotion(at, 'staging', newestBuild(at), 0);
}

/** One promotion, which failed, and no run of it is let in any more. */
async function expectFailure(at: CrashScene): Promise<void> {
  expect(await start(at)).toMatch(/is not let in/);
  await sweepOnce(at.world);
  await at.oracle.check();
  expect(endsOf(at, 'staging', 1)).toEqual(['failed']);
}

/** Its first step dies, and somebody runs it again at once. */
export const againAtOnce: Story = {
  policy: 'wide',
  prepare: intend,
  turn: async (at, breaker) => void (await start(at, { ports: breaker })),
  isDone: isRunning,
  expect: expectSuccess,
};

/** It was let in and died before it ended; somebody runs it again, and that dies in its first step; and again. */
export const againAfterItWasLetIn: Story = { ...againAtOnce, prepare: letInAndDie };

/** Its first step dies, and somebody runs it again only after its failure was recorded. */
export const againTooLate: Story = {
  policy: 'wide',
  prepare: intend,
  turn: async (at, breaker) => {
    const isFirst = at.world.truth.deploys.length === 0;
    if (isFirst) await start(at, { ports: breaker });
    else await sweepUntil(at, () => isOver(at));
  },
  isDone: (at) => isRunning(at) || isOver(at),
  expect: (at) => (isOver(at) ? expectFailure(at) : expectSuccess(at)),
};

/** It was let in and died before it ended. The gatekeeper that records this dies too, and somebody runs the deploy again before another comes. */
export const againWhileItsEndIsRecorded: Story = {
  policy: 'wide',
  prepare: letInAndDie,
  turn: async (at, breaker) => {
    await sweepOnce(at.world, { ports: breaker });
    await at.oracle.check();
    if (breaker.struck()) expect(await start(at)).toMatch(isOver(at) ? /is not let in/ : /is let in$/);
  },
  isDone: (at) => isRunning(at) || isOver(at),
  expect: (at) => (isOver(at) ? expectFailure(at) : expectSuccess(at)),
};

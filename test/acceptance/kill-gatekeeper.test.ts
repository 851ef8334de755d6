import { parseTagMessage, promotionsTo } from '@sallyport/pipeline';
import type { RecordedPromotion } from '@sallyport/pipeline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GatekeeperEnd } from './gatekeeper-process.ts';
import { soakMilliseconds } from './gatekeeper-repository.ts';
import type { Environment } from './gatekeeper-repository.ts';
import { startScene } from './gatekeeper-scene.ts';
import type { Record, Scene } from './gatekeeper-scene.ts';
import { armKillSwitch, isWrite, nameOf } from './kill-switch.ts';
import type { KillSwitch } from './kill-switch.ts';

const append = ['POST git/trees', 'POST git/commits', 'PATCH git/refs/heads/sallyport-ledger'] as const;
const makeTag = ['POST git/tags', 'POST git/refs'] as const;
/** Every write of a promotion's life, in order: decision and intent, tag, outcome. */
const steps = [...append, ...makeTag, ...append] as const;
const tagStep = steps.indexOf('POST git/tags') + 1;
const movesRef = (write: string): boolean => write.includes(' git/refs');

/** More runs than any of these stories needs. */
const maximumRuns = 8;

/** Runs the bundle again and again, deploys ending in between, until the promotion of `build` has ended. Only the run at which the switch strikes may fail. */
async function promote(scene: Scene, environment: Environment, build: string, killSwitch: KillSwitch): Promise<void> {
  for (let run = 0; run < maximumRuns; run += 1) {
    const struckBefore = killSwitch.killedAt() !== null;
    const process = await scene.start();
    killSwitch.aim(process);
    const end = await process.ended;
    if (killSwitch.killedAt() !== null && !struckBefore) {
      expect(end).toMatchObject({ code: null, signal: 'SIGKILL' });
      continue;
    }
    expectSwept(end);
    // Only now, when the next run has gone past it, does the dead one's request arrive.
    killSwitch.release();
    await scene.simulator.idle();
    if (promotionsOf(await scene.readRecord(), environment, build).some(({ end: ended }) => ended !== null)) return;
  }
  throw new Error(`After ${maximumRuns} runs the promotion of ${build} to ${environment} has not ended.`);
}

function expectSwept(end: GatekeeperEnd): void {
  expect({ ...end, output: end.code === 0 ? '' : end.output }).toMatchObject({ code: 0, errors: [], state: 'swept', output: '' });
}

const promotionsOf = ({ state }: Record, environment: string, build: string): readonly RecordedPromotion[] => promotionsTo(state, environment).filter((promotion) => promotion.build === build);

/** One intent, one tag that agrees with it, one deploy, one end; and everything before it as it was. */
async function expectOnePromotion(scene: Scene, environment: Environment, build: string, before: Record): Promise<void> {
  const record = await scene.readRecord();
  expect(record.ledger.entries.slice(0, before.ledger.head.size)).toEqual(before.ledger.entries);
  const bodies = record.ledger.entries.map(({ body }) => body);
  const about = (type: 'promotion-intended' | 'promotion-ended') => bodies.filter((body) => body.type === type && body.environment === environment && body.build === build);
  const number = promotionsTo(before.state, environment).length + 1;
  const name = `promote/${environment}/${number}`;
  expect(about('promotion-intended')).toMatchObject([{ number, tag: name }]);
  expect(about('promotion-ended')).toMatchObject([{ number, outcome: 'succeeded' }]);
  expect(promotionsTo(record.state, environment).map((promotion) => promotion.number)).toEqual(Array.from({ length: number }, (_, index) => index + 1));

  const [intent] = promotionsOf(record, environment, build);
  const tags = scene.tags(environment);
  expect(tags).toHaveLength(number);
  const tag = tags.find((made) => made.name === name);
  expect(tag?.commit).toBe(intent?.commit);
  expect(parseTagMessage(tag?.message ?? '')).toMatchObject({ build, number, intentIndex: intent?.index, version: intent?.version });
  expect(scene.repository.runs.filter(({ ref }) => ref === `refs/tags/${name}`)).toMatchObject([{ status: 'completed', conclusion: 'success' }]);
  expect(decisionsOn(record, intent)).toEqual(environment === 'staging' ? ['stage allow'] : ['stage allow', 'release wait', 'release allow']);
}

const decisionsOn = ({ state }: Record, intent: RecordedPromotion | undefined): readonly string[] =>
  state.decisions.filter(({ subject }) => subject.startsWith(`${intent?.version ?? ''} `)).map(({ gate, outcome }) => `${gate} ${outcome}`);

const rows = steps.map((write, index) => ({ step: index + 1, write }));
const shown = rows.filter(({ write }) => movesRef(write));

/** After a write that shows nowhere the repository is as before the next one, so `after` is tried where something shows. */
const killings = [
  { environment: 'staging', moment: 'before', rows },
  { environment: 'staging', moment: 'after', rows: shown },
  { environment: 'production', moment: 'before', rows: shown },
] as const;

describe.each(killings)('a gatekeeper that promotes to $environment, killed $moment GitHub has done what it asked, and run again', ({ environment, moment, rows }) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene(environment);
  });
  afterAll(() => scene.stop());

  const killAt = async (step: number): Promise<string | null> => {
    const build = await scene.register(`1.0.0-rc.${step}`);
    if (environment === 'production') {
      await scene.settle();
      scene.simulator.clock.advance(soakMilliseconds);
    }
    const before = await scene.readRecord();
    const killSwitch = armKillSwitch(scene.simulator, step, moment);
    try {
      await promote(scene, environment, build, killSwitch);
    } finally {
      killSwitch.release();
      killSwitch.remove();
    }
    await expectOnePromotion(scene, environment, build, before);
    return killSwitch.killedAt();
  };

  it.each(rows)('has promoted once: step $step, $write', async ({ step, write }) => {
    expect(await killAt(step)).toBe(write);
  });

  it('has no step beyond those', async () => {
    expect(await killAt(steps.length + 1)).toBeNull();
    expect(scene.simulator.contractMismatches()).toEqual([]);
  });
});

describe('gatekeepers', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene('staging');
  });
  afterAll(() => scene.stop());

  it('two at once make one promotion, and both end well (P06)', { timeout: 60_000 }, async () => {
    for (const version of ['1.0.0-rc.1', '1.0.0-rc.2']) {
      const build = await scene.register(version);
      const before = await scene.readRecord();
      for (let turn = 0; turn < 2; turn += 1) {
        const pair = await Promise.all([scene.start(), scene.start()]);
        for (const end of await Promise.all(pair.map(({ ended }) => ended))) expectSwept(end);
        await scene.simulator.idle();
      }
      await expectOnePromotion(scene, 'staging', build, before);
    }
  });

  it('with nothing to do write nothing', async () => {
    await scene.settle();
    const writes: string[] = [];
    const stop = scene.simulator.beforeRequest((request) => {
      if (isWrite(request)) writes.push(nameOf(request));
    });
    expectSwept(await (await scene.start()).ended);
    stop();
    expect(writes).toEqual([]);
  });

  it('give up an intent that a hold overtook, and promote under the next number when it is gone', async () => {
    const build = await scene.register('1.0.0-rc.3');
    const number = promotionsTo((await scene.readRecord()).state, 'staging').length + 1;
    const killSwitch = armKillSwitch(scene.simulator, tagStep, 'before');
    const victim = await scene.start();
    killSwitch.aim(victim);
    await victim.ended;
    killSwitch.remove();
    expect(killSwitch.killedAt()).toBe('POST git/tags');

    const hold = await scene.ada.send('POST', '/issues', { title: 'The shop is shut', labels: ['sallyport-hold'] });
    expectSwept(await (await scene.start()).ended);
    await scene.ada.send('PATCH', `/issues/${Number(hold['number'])}`, { state: 'closed' });
    await scene.settle();

    const promotions = promotionsOf(await scene.readRecord(), 'staging', build);
    expect(promotions.map(({ number: made, end }) => [made, end?.outcome])).toEqual([[number, 'abandoned'], [number + 1, 'succeeded']]);
    expect(scene.tags('staging').map(({ name }) => name)).not.toContain(`promote/staging/${number}`);
    expect(scene.tags('staging').map(({ name }) => name)).toContain(`promote/staging/${number + 1}`);
  });
});

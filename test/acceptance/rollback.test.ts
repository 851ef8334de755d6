import { afterAll, beforeAll, expect, it } from 'vitest';
import { startScene } from './gatekeeper-scene.ts';
import type { Scene } from './gatekeeper-scene.ts';
import { soakMilliseconds } from './gatekeeper-repository.ts';
import { tamper } from './tamper.ts';

let scene: Scene;
let first: string;
beforeAll(async () => {
  scene = await startScene('production');
  for (const version of ['1.0.0-rc.1', '1.0.0-rc.2']) {
    const digest = await scene.register(version);
    first ??= digest;
    await scene.settle();
    scene.simulator.clock.advance(soakMilliseconds);
    await scene.settle();
  }
  // From now on production waits for Saturday, and it is Wednesday.
  tamper(scene, 'main', '.github/sallyport.yml', (text) => text.replace('window: anytime', 'window: saturday-morning\n    rollback: anytime'));
});
afterAll(() => scene.stop());

const open = async (person: Scene['ada']): Promise<number> => Number((await person.send('POST', '/issues', { title: 'Checkout fails', body: '', labels: ['sallyport-rollback'] }))['number']);
const ask = (person: Scene['ada'], issue: number, build = first) => person.send('POST', `/issues/${issue}/comments`, { body: `/rollback production ${build.slice(0, 30)} checkout fails` });
const versions = async (): Promise<readonly (readonly [string, string | undefined])[]> => ((await scene.readRecord()).state.promotions.get('production') ?? []).map(({ version, end }) => [version, end?.outcome] as const);

async function sweep(): Promise<void> {
  const end = await (await scene.start()).ended;
  expect(end, end.output).toMatchObject({ code: 0, state: 'swept' });
}

it('production returns to a build that was healthy there, once, outside the window, on a maintainer’s word (P13)', async () => {
  const before = [['1.0.0-rc.1', 'succeeded'], ['1.0.0-rc.2', 'succeeded']];
  expect(await versions()).toEqual(before);
  const issue = await open(scene.ben);

  await ask(scene.ben, issue);
  await sweep();
  expect(await versions(), 'ben may only write').toEqual(before);

  await ask(scene.ada, issue);
  await sweep();
  await scene.simulator.idle();
  await sweep();
  expect(await versions()).toEqual([...before, ['1.0.0-rc.1', 'succeeded']]);
  const { state } = await scene.readRecord();
  expect(state.promotions.get('production')?.at(-1)).toMatchObject({ number: 3, override: null, rollback: { requester: { login: 'ada' }, reason: 'checkout fails' } });
  expect(scene.tags('production').map(({ name }) => name)).toEqual(['promote/production/1', 'promote/production/2', 'promote/production/3']);

  // The word was kept: neither it nor the newer build in staging moves production again.
  await sweep();
  scene.simulator.clock.advance(60 * 60 * 1000);
  await sweep();
  expect((await versions()).length).toBe(3);
  expect(scene.simulator.contractMismatches()).toEqual([]);
});

it('a build that waits for its window and is asked back at once gives two decisions, each recorded once', async () => {
  const newest = await scene.register('1.0.0-rc.3');
  await scene.settle();
  scene.simulator.clock.advance(soakMilliseconds);
  await sweep();
  const recorded = async () => {
    const { state } = await scene.readRecord();
    return state.decisions.filter(({ subject }) => subject === '1.0.0-rc.3 to production').map(({ outcome, facts }) => [outcome, 'rollback' in facts] as const);
  };
  const before = await recorded();
  expect(before.at(-1)).toEqual(['wait', false]);

  const [one, other] = [await open(scene.ada), await open(scene.ada)];
  await ask(scene.ada, one, newest);
  await ask(scene.ben, other, newest);
  await sweep();
  await sweep();
  expect(await recorded(), 'it never ran there, and ben may not ask; still it waits for Saturday').toEqual([...before, ['deny', true], ['deny', true]]);
  const issue = (await scene.readRecord()).state.releases.at(-1)?.issue;
  expect((await scene.ada.send('GET', `/issues/${issue}`))['body'], 'the release issue goes on saying what it waits for').toContain('1.0.0-rc.3 may not go to production yet');
});

it('a window that passed is explained by what was to go forward, and not by who asked to go back in it', async () => {
  const issue = (await scene.readRecord()).state.releases.at(-1)?.issue ?? 0;
  // Nobody reads it before Saturday.
  await scene.ada.send('POST', `/issues/${issue}/comments`, { body: '/hold production the shop is being counted' });
  scene.simulator.clock.set(Date.parse('2026-11-21T14:07:00Z'));
  await sweep();
  const build = [...(await scene.readRecord()).state.builds.keys()].at(-1);
  await ask(scene.ben, await open(scene.ada), build);
  await sweep();
  expect((await scene.readRecord()).state.decisions.at(-1), 'the refusal is the last word of the window').toMatchObject({ outcome: 'deny', facts: { rollback: {} } });
  scene.simulator.clock.set(Date.parse('2026-11-21T20:07:00Z'));
  await sweep();
  expect((await scene.readRecord()).state.missedWindows.map(({ reason }) => reason)).toEqual([`ada holds promotions (#${issue}): the shop is being counted.`]);
});

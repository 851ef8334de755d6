import { landChange, setVersion } from '../change.ts';
import { pacific } from '../pacific.ts';
import { decodeDecision } from '../decode-decision.ts';
import { readRecord, readReleaseDecision } from '../questions.ts';
import { repositoryOf } from '../scene.ts';
import type { Scene } from '../scene.ts';

/** The ordinary way: staged on Thursday, soaked, and out when the window opens. */
export async function releaseOnSaturday(scene: Scene): Promise<void> {
  const { narrator, people, simulator, production, staging } = scene;
  narrator.act(6, 'Saturday: the window opens, and the ordinary release goes out');
  simulator.clock.set(pacific('thursday', '17:00'));
  await landChange(scene, {
    author: people.ben,
    reviewer: people.ada,
    branch: 'wish-list',
    title: 'Add a wish list',
    edit: async (clone) => {
      await setVersion(clone, '1.9.0');
      await clone.write('CHANGELOG.md', '# 1.9.0\n\nThere is a wish list.\n');
    },
  });
  const staged = await staging.version();
  narrator.expect('staging serves 1.9.0 from Thursday evening', staged?.version.startsWith('1.9.0') === true, JSON.stringify(staged));

  simulator.clock.set(pacific('saturday', '05:58'));
  await simulator.tickSchedules();
  await simulator.idle();
  narrator.expect('two minutes before six, production still serves the fix', (await production.version())?.version.startsWith('1.8.1') === true, JSON.stringify(await production.version()));
  const early = await readReleaseDecision(scene, '1.9.0');
  if (early !== null) narrator.answered(early);

  simulator.clock.set(pacific('saturday', '06:00'));
  narrator.did('clock', 'strikes six in Los Angeles');
  await simulator.tickSchedules();
  await simulator.idle();
  const { state } = await readRecord(scene);
  const promotion = state.promotions.get('production')?.at(-1);
  const made = state.decisions.find(({ index }) => index === promotion?.decisionIndex);
  if (made !== undefined) narrator.answered(decodeDecision(made.decision));
  const served = await production.version();
  narrator.expect('production serves 1.9.0', served?.version === staged?.version && served !== null, JSON.stringify(served));
  narrator.expect('it was decided in the window, without an override', promotion?.override === null && promotion.at >= pacific('saturday', '06:00'), JSON.stringify(promotion?.override));
  const stagedBuild = state.promotions.get('staging')?.at(-1)?.build;
  const release = repositoryOf(simulator).releases.find(({ tagName }) => tagName === 'v1.9.0');
  narrator.expect('1.9.0 is published, with the checkpoint of the ledger', release?.targetCommitish === promotion?.commit && release?.assets.length === 1 && release.immutable, JSON.stringify(release?.body));
  narrator.expect('the same bytes that staging ran', promotion !== undefined && promotion.build === stagedBuild, `${promotion?.build ?? 'none'} and ${stagedBuild ?? 'none'}`);
}

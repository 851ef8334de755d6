import { merge } from '../change.ts';
import { readRecord } from '../questions.ts';
import type { Scene } from '../scene.ts';

/** The merge is built once, registered, and goes to staging by itself. */
export async function mergeAndStage(scene: Scene, number: number): Promise<string> {
  const { narrator, people, simulator, staging } = scene;
  narrator.act(3, 'Monday: the merge becomes a build, and staging serves it');
  const merged = await merge(people.ada, number);
  narrator.did('ada', merged.status === 200 ? `merges #${number}` : `cannot merge #${number}: ${merged.message}`);
  await simulator.idle();
  const { state } = await readRecord(scene);
  const build = [...state.builds.values()].at(-1);
  narrator.expect('one build is registered, with its digest', build !== undefined, 'no build in the ledger');
  if (build === undefined) return '';
  narrator.did('build', `${build.version} of commit ${build.commit.slice(0, 12)}: ${build.artifacts.map((one) => `${'image' in one ? one.image : one.name} ${one.digest.slice(0, 19)}…`).join(', ')}`);
  const served = await staging.version();
  narrator.expect(`staging serves ${build.version}`, served?.version === build.version && served.commit === build.commit, JSON.stringify(served));
  const end = state.promotions.get('staging')?.at(-1)?.end;
  narrator.expect('the ledger records that it became healthy', end?.outcome === 'succeeded', String(end?.outcome ?? 'no outcome'));
  return build.version;
}

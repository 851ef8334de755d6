import { pacific } from '../pacific.ts';
import { readRecord, readReleaseDecision } from '../questions.ts';
import { base } from '../change.ts';
import { fetchBuild } from '@sallyport/pipeline';
import { repositoryOf } from '../scene.ts';
import type { Scene } from '../scene.ts';
import * as z from 'zod';

const sneakWorkflow = `name: sneak
on: { push: { branches: [sneak] } }
jobs:
  sneak:
    runs-on: ubuntu-latest
    environment: production
    steps:
      - run: test -n "$DEPLOY_TOKEN" && echo "got the token"
        env:
          DEPLOY_TOKEN: \${{ secrets.DEPLOY_TOKEN }}
`;

const runs = z.object({ workflow_runs: z.array(z.object({ name: z.string().nullable(), conclusion: z.string().nullable() })) });

/** Wednesday is not Saturday, for the gatekeeper and for those who would go around it. */
export async function declineOnWednesday(scene: Scene, version: string): Promise<void> {
  const { narrator, people, simulator, production } = scene;
  narrator.act(4, 'Wednesday: production is closed, also for those who try the back doors');
  simulator.clock.set(pacific('wednesday', '10:00'));
  await simulator.tickSchedules();
  await simulator.idle();
  const declined = await readReleaseDecision(scene, version);
  if (declined !== null) narrator.answered(declined);
  narrator.expect('the gatekeeper declines production', declined?.outcome === 'wait', declined?.outcome ?? 'no decision recorded');
  narrator.expect('and says when the window opens: Saturday 06:00', declined?.recheckAt === pacific('saturday', '06:00'), String(declined?.recheckAt ?? 'no time'));

  await swapArchive(scene, version);

  const clone = await scene.clone(people.mallory);
  await clone.git('tag', '-a', 'promote/production/1', '-m', 'ship it');
  const pushed = await clone.tryGit('push', 'origin', 'refs/tags/promote/production/1');
  narrator.did('mallory', 'pushes the tag promote/production/1 by hand');
  narrator.expect('GitHub refuses the tag', pushed.status !== 0 && /rule violations/i.test(pushed.stderr), pushed.stderr.trim());

  await clone.write('.github/workflows/sneak.yml', sneakWorkflow);
  await clone.commit('Try the environment');
  await clone.git('push', '--quiet', 'origin', 'HEAD:refs/heads/sneak');
  narrator.did('mallory', 'pushes a branch whose workflow enters production');
  await simulator.idle();
  const list = runs.parse(await people.mallory.must('GET', `${base}/actions/runs?branch=sneak`));
  const sneak = list.workflow_runs.find(({ name }) => name === 'sneak');
  narrator.expect('the environment does not admit the branch, and its secret stays shut', sneak?.conclusion === 'failure', JSON.stringify(sneak));
  narrator.expect('production serves nothing yet', (await production.version()) === null, JSON.stringify(await production.version()));
}

/** Whoever may push may also replace a release's file. The simulated GitHub has no route for it, so the stage hands do it. */
async function swapArchive(scene: Scene, version: string): Promise<void> {
  const { narrator, simulator, outside } = scene;
  const assets = repositoryOf(simulator).releases.find(({ tagName }) => tagName === `build/${version}`)?.assets ?? [];
  const { state } = await readRecord(scene);
  const build = [...state.builds.values()].find((one) => one.version === version);
  const [archive] = assets;
  if (archive === undefined || build === undefined) return narrator.expect('there is an archive to replace', false, `${assets.length} files kept`);
  const intact = await fetchBuild(outside.builds, build);
  assets[0] = { ...archive, bytes: Uint8Array.from(archive.bytes, (byte, index) => (index === 100 ? byte ^ 1 : byte)) };
  narrator.did('mallory', `flips one bit in the archive of ${version}`);
  const swapped = await fetchBuild(outside.builds, build);
  assets[0] = archive;
  narrator.expect('a deploy would refuse it: its digest is not the one in the ledger', intact.state === 'fetched' && swapped.state === 'refused', `${intact.state}, then ${swapped.state}`);
}

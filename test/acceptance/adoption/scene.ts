import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createSettableClock } from '@sallyport/simulator';
import type { Repository } from '@sallyport/simulator';
import { foundRepository } from '../../../packages/cli/src/demo/furnish.ts';
import { createNarrator } from '../../../packages/cli/src/demo/narrator.ts';
import { pacific } from '../../../packages/cli/src/demo/pacific.ts';
import { noreply } from '../../../packages/cli/src/demo/person.ts';
import { setScene } from '../../../packages/cli/src/demo/scene.ts';
import type { Scene } from '../../../packages/cli/src/demo/scene.ts';
import { testIo } from '../../../packages/cli/src/testing/test-io.ts';
import { movedClock } from '../moved-clock.ts';
import { newcomersFiles } from './newcomer.ts';
import { openTerminal } from './terminal.ts';
import type { Terminal } from './terminal.ts';

export type Adoption = {
  readonly scene: Scene;
  readonly repository: Repository;
  /** In the folder above the clone, where the packed command lies as `sallyport.tgz`. */
  readonly above: Terminal;
  /** In olga's clone. */
  readonly clone: Terminal;
  readonly cloneUrl: string;
  /** What the story told since this was asked last. */
  told(): string;
  stop(): Promise<void>;
};

const cli = join(import.meta.dirname, '../../../packages/cli');
const execute = promisify(execFile);

/** A team's repository on a simulated GitHub whose actions come from the packed command, and a terminal of its administrator. */
export async function openAdoption(): Promise<Adoption> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-adopt-'));
  const work = join(folder, 'work');
  const home = join(folder, 'home', 'olga');
  await Promise.all([work, home].map((path) => mkdir(path, { recursive: true })));
  const { stdout } = await execute('npm', ['pack', '--silent', '--pack-destination', work], { cwd: cli });
  await rename(join(work, stdout.trim()), join(work, 'sallyport.tgz'));
  await execute('tar', ['-xzf', join(work, 'sallyport.tgz'), '-C', folder]);
  let told = '';
  const scene = await setScene({
    folder,
    actions: join(folder, 'package/dist/demo/actions'),
    keeper: 'sallyport-shop',
    narrator: (now) => createNarrator({ now, print: (text) => void (told += `${text}\n`), colors: testIo().colors }),
    // Held to GitHub's description where the same is done without waiting for it: the story, and the adoption in the command's own tests.
    contract: false,
    // A tenth of this machine's pace: however busy it is, what people do in one minute stays in that minute.
    clock: createSettableClock({ at: pacific('monday', '09:00'), machine: () => Date.now() / 10 }),
  });
  const repository = await foundRepository(scene, newcomersFiles);
  const { olga } = scene.people;
  const env = (): Record<string, string> => {
    const now = scene.simulator.clock.now();
    const date = new Date(now).toISOString();
    return {
      HOME: home,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_AUTHOR_NAME: olga.login,
      GIT_AUTHOR_EMAIL: noreply(olga),
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: olga.login,
      GIT_COMMITTER_EMAIL: noreply(olga),
      GIT_COMMITTER_DATE: date,
      GITHUB_TOKEN: olga.token,
      GITHUB_API_URL: scene.simulator.url,
      NODE_OPTIONS: movedClock(now - Date.now()),
      npm_config_offline: 'true',
      npm_config_update_notifier: 'false',
    };
  };
  return {
    scene,
    repository,
    above: openTerminal({ folder: work, env }),
    clone: openTerminal({ folder: join(work, 'shop'), env }),
    cloneUrl: scene.simulator.gitUrl(repository, olga.token),
    told: () => {
      const text = told;
      told = '';
      return text;
    },
    async stop() {
      await scene.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

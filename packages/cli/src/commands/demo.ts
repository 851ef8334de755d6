import { setTimeout as sleep } from 'node:timers/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Story } from '../demo/play-story.ts';
import { InputError } from '../input-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { renderEnding, storyDocument } from '../render/story-text.ts';
import { plain } from '../render/plain.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';

export type DemoOptions = { readonly json?: boolean; readonly keep?: boolean; readonly pace?: string; readonly contract?: boolean };

/** Thrown between two lines of the story, so that it clears up behind itself and ends. */
class InterruptedError extends Error {}

/** Plays one week of a small team on a simulated GitHub. 0 when every expectation of the story held, 1 when one did not. */
export async function demo(io: Io, options: DemoOptions): Promise<ExitCode> {
  const paceSeconds = parsePace(options.pace);
  checkResources(io.demoFolder);
  const interrupt = io.listenForInterrupt();
  try {
    const story = await play(io, options, paceSeconds, interrupt.signal);
    io.stdout(options.json === true ? `${JSON.stringify(storyDocument(story), null, 2)}\n` : renderEnding(story, io.colors));
    if (options.contract === true) io.stderr(contractReport(story.contractMismatches));
    return story.held && story.contractMismatches.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    io.stderr('Interrupted; everything the story started was stopped and removed.\n');
    return 3;
  } finally {
    interrupt.stop();
  }
}

async function play(io: Io, options: DemoOptions, paceSeconds: number, signal: AbortSignal): Promise<Story> {
  // The story brings a whole GitHub with it; no other command should wait for that to load.
  const [{ playStory }, { createNarrator }] = await Promise.all([import('../demo/play-story.ts'), import('../demo/narrator.ts')]);
  const print = options.json === true ? (text: string) => io.stderr(`${text}\n`) : (text: string) => io.stdout(`${text}\n`);
  const checked = (text: string): void => {
    if (signal.aborted) throw new InterruptedError('interrupted');
    print(text);
  };
  const { demoFolder, colors } = io;
  return playStory({
    resources: { shop: join(demoFolder, 'shop'), workflows: join(demoFolder, 'workflows'), actions: join(demoFolder, 'actions') },
    narrator: (now) => createNarrator({ now, print: checked, colors }),
    contract: options.contract === true,
    pause: () => wait(paceSeconds, signal),
    keep:
      options.keep === true
        ? async ({ simulator, staging, production, people }) => {
            print(waysIn({ github: simulator.url, staging: staging.publicUrl, production: production.publicUrl, token: people.dana.token }));
            await aborted(signal);
          }
        : null,
  });
}

/** Lines to paste into another terminal. The token is dana's and lives as long as the simulated GitHub. */
function waysIn({ github, staging, production, token }: { readonly github: string; readonly staging: string; readonly production: string; readonly token: string }): string {
  const lines = [
    'It keeps running until Ctrl-C. In another terminal:',
    `  curl ${staging}/version ${production}/version`,
    `  export GITHUB_API_URL=${github} GITHUB_TOKEN=${token} GITHUB_REPOSITORY=acme/shop`,
    '  sallyport status',
    '  sallyport ledger verify',
    '  sallyport gate merge 5',
    `  git clone ${github.replace('//', `//x-access-token:${token}@`)}/acme/shop.git`,
  ];
  return `\n${lines.join('\n')}`;
}

function parsePace(text: string | undefined): number {
  if (text === undefined) return 0;
  const seconds = /^[0-9.]{1,8}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(seconds)) throw new InputError(`--pace is "${plain(text)}"; it takes seconds between the acts, for example 3.`);
  return seconds;
}

function checkResources(folder: string): void {
  if (!existsSync(join(folder, 'shop'))) throw new InputError(`The story's material is missing: there is no ${folder}.`, { next: 'From a clone, run `npm start`, which builds it; an installed package has it inside.' });
}

async function wait(seconds: number, signal: AbortSignal): Promise<void> {
  if (seconds > 0) await sleep(seconds * 1000, undefined, { signal }).catch(() => undefined);
  if (signal.aborted) throw new InterruptedError('interrupted');
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    // A listener alone does not keep the process alive; the simulator's port does.
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

const contractReport = (mismatches: readonly string[]): string =>
  mismatches.length === 0 ? "Every exchange with the simulated GitHub is as GitHub's description has it.\n" : `Not as GitHub's description has it:\n${mismatches.map((mismatch) => `  ${mismatch}\n`).join('')}`;

export const registerDemo: Register = (parent, run) => {
  const command = parent
    .command('demo')
    .option('--json', 'print the whole story as one JSON document; progress goes to standard error')
    .option('--keep', 'leave everything running at the end, to look around, until Ctrl-C')
    .option('--pace <seconds>', 'wait between the acts')
    .summary('a week from pull request to production, on this machine')
    .description('Plays one week of a small team on a simulated GitHub: a change goes from pull request to production. Needs git; asks nothing of the network; leaves nothing behind.');
  command.addOption(command.createOption('--contract', "hold every exchange against GitHub's own description").hideHelp());
  withExamples(command, 'sallyport demo', 'sallyport demo --pace 3', 'sallyport demo --json > story.json').action((options: DemoOptions) => run((io) => demo(io, options)));
};

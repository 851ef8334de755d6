import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from './run-program.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import type { TemporaryFolder } from './testing/temporary-folder.ts';
import { testIo } from './testing/test-io.ts';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder({});
});
afterAll(() => folder.remove());

/** Runs without a token, a repository or a policy: what is understood fails for want of those, and touches nothing. */
async function run(argv: readonly string[]) {
  const io = testIo({ cwd: folder.path });
  const code = await runProgram(argv, io);
  return { code, out: io.out(), err: io.err() };
}

const help = async (...command: readonly string[]): Promise<string> => (await run([...command, '--help'])).out;

/** Of a help text; the list of commands has two spaces before each name. */
const commandsIn = (text: string): readonly string[] => [...(text.split('\nCommands:\n')[1]?.split('\n\n')[0] ?? '').matchAll(/^ {2}([a-z][a-z-]*)/gm)].map(([, name]) => name ?? '').filter((name) => name !== 'help');

async function everyCommand(...above: readonly string[]): Promise<readonly (readonly string[])[]> {
  const below = commandsIn(await help(...above));
  if (below.length === 0) return [above];
  return (await Promise.all(below.map((name) => everyCommand(...above, name)))).flat();
}

const examplesIn = (text: string): readonly string[] => [...text.matchAll(/^ {2}\$ sallyport (.*)$/gm)].map(([, line]) => line ?? '');

/** The words of an example as a shell has them: without what it does with the output, and with a variable as the word it is. */
const wordsOf = (example: string): readonly string[] => [...(example.split(/ (?:>|\||&&) /)[0] ?? '').matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, bare]) => single ?? double ?? bare ?? '');

describe('the help of every command', () => {
  it('has an example, and each is a command line that is understood', async () => {
    const commands = await everyCommand();
    expect(commands.length).toBeGreaterThan(40);
    const without: string[] = [];
    const refused: string[] = [];
    for (const command of commands) {
      const examples = examplesIn(await help(...command)).filter((example) => example.startsWith(command.join(' ')));
      if (examples.length === 0) without.push(command.join(' '));
      // The story takes half a minute, and has tests of its own.
      for (const example of command[0] === 'demo' ? [] : examples) {
        const { err } = await run(wordsOf(example));
        if (/^error: /m.test(err) || err.includes('Something failed that should not')) refused.push(`${example}: ${err.split('\n')[0] ?? ''}`);
      }
    }
    expect({ without, refused }).toEqual({ without: [], refused: [] });
  });

  it('has every command that the guides name', async () => {
    const guides = join(import.meta.dirname, '../../../docs/guides');
    const pages = await Promise.all((await readdir(guides)).map((name) => readFile(join(guides, name), 'utf8')));
    const named = pages.flatMap((page) => [...page.matchAll(/`sallyport ([^`]+)`/g)].map(([, line]) => line ?? '')).filter((line) => line !== 'release');
    expect(named.length).toBeGreaterThan(25);
    const refused: string[] = [];
    for (const line of named) {
      const { err } = await run(wordsOf(line.replaceAll('…', 'x')));
      if (/^error: /m.test(err) || err.includes('Something failed that should not')) refused.push(`${line}: ${err.split('\n')[0] ?? ''}`);
    }
    expect(refused).toEqual([]);
  });

  it('was not run for more than its words', async () => {
    expect((await readdir(folder.path)).filter((name) => !name.endsWith('.pem'))).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../../packages/cli/src/run-program.ts';
import { testIo } from '../../packages/cli/src/testing/test-io.ts';
import { root } from './page.ts';

/**
 * What is wrong with the words of a command line that is not run: null when it is understood, or is no command of ours. What stands for something else in
 * it, such as `…` and `<name>`, is a word like any other; of `csv|json` the first is taken. A command that is only named, without options, may lack what it requires.
 */
export async function misunderstood(line: string, folder: string): Promise<string | null> {
  const [program, ...words] = wordsOf(line.replaceAll(/<[^<>]*>|…/g, 'x').replaceAll(/(?<=[a-z])\|[a-z|]+/g, ''));
  if (program === 'npm') return misunderstoodByNpm(words);
  if (program === 'sallyport') return misunderstoodByUs(words, folder);
  return program === 'node' && words[0] === 'packages/cli/dist/sallyport.mjs' ? misunderstoodByUs(words.slice(1), folder) : null;
}

/** As a shell splits a line, without what it does with the output and what comes after it. */
function wordsOf(line: string): readonly string[] {
  const [command = ''] = line.split(/ (?:>|\||&&|#) /);
  return [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, bare]) => single ?? double ?? bare ?? '');
}

/** It runs without a token, a repository or a policy: what is understood fails for want of those, and touches nothing. */
async function misunderstoodByUs(words: readonly string[], folder: string): Promise<string | null> {
  if (words.length === 0 || words[0] === 'demo') return null;
  const io = testIo({ cwd: folder });
  await runProgram(words, io);
  const problem = /^error: .*$/m.exec(io.err())?.[0] ?? (io.err().includes('Something failed that should not') ? io.err() : null);
  const isOnlyNamed = !words.some((word) => word.startsWith('-')) && /^error: (required option .* not specified|missing required argument)/.test(problem ?? '');
  const isAnyOfThem = problem?.startsWith("error: unknown command 'x'") === true;
  return isOnlyNamed || isAnyOfThem ? null : problem;
}

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly scripts: Readonly<Record<string, string>> };

function misunderstoodByNpm([first, ...rest]: readonly string[]): string | null {
  const script = first === 'start' || first === 'test' ? first : first === 'run' ? rest.find((word) => !word.startsWith('-')) : undefined;
  return script === undefined || script in scripts ? null : `package.json has no script ${script}.`;
}

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exceptions } from './exceptions.ts';
import type { Exception } from './exceptions.ts';
import { readPages } from './page.ts';
import type { Block } from './page.ts';
import { meetReader } from './reader.ts';
import type { Reader } from './reader.ts';
import { isShell, nameOf, scriptOf, typedLines } from './shell-block.ts';
import { misunderstood } from './understood.ts';

const pages = readPages();
const blocks = pages.flatMap(({ path, blocks: all }) => all.filter(isShell).map((block) => [`${path}:${block.line}`, path, block] as const));
const promptsIn = ({ text, line }: Block) => text.split('\n').flatMap((typed, index) => (typed.startsWith('$ ') ? [{ text: typed.slice(2), line: line + 1 + index }] : []));
const block = (text: string, language = 'sh'): Block => ({ language, text, line: 1 });

describe('a shell block', () => {
  let reader: Reader;
  beforeAll(async () => {
    reader = await meetReader();
  });
  afterAll(() => reader.stop());

  const run = (one: Block, except: readonly Exception[] = []) => reader.run(scriptOf(one, except));
  const waits: Exception = { page: 'planted.md', line: 'sallyport gate merge 12', status: 4, why: 'it waits' };

  it.each<[string, Block, RegExp]>([
    ['a command that is none', block('sallyport gaet merge 12'), /unknown command 'gaet'[\s\S]*ended with 2: sallyport gaet merge 12/],
    ['an option that is none, in a line that is not the last', block('sallyport window next --nubmer 3\nsallyport window next'), /unknown option '--nubmer'[\s\S]*ended with 2/],
    ['a file that is not there', block('sallyport explain no-such-decision.json'), /ended with 2/],
    ['a script that is none', block('npm run no-such-script'), /ended with 1: npm run no-such-script/],
    ['a program that a reader may not have', block('kubectl apply -f shop.yml'), /ended with 127/],
    ['a command that fails before a pipe', block('git log no-such-branch | cat'), /ended with 128/],
    ['another answer than usual', block('sallyport gate merge 12'), /ended with 4/],
    ['what follows a prompt', block('$ sallyport gaet\nThe gate is open.', 'console'), /ended with 2: sallyport gaet/],
  ])('is wrong with %s', async (_name, one, says) => {
    const ended = await run(one);
    expect(ended.status).not.toBe(0);
    expect(ended.output).toMatch(says);
  });

  it('may end as a row says, and not otherwise', async () => {
    expect(await run(block('sallyport gate merge 12 > /dev/null # may it?'), [{ ...waits, line: 'sallyport gate merge 12 > /dev/null' }])).toMatchObject({ status: 0 });
    expect(await run(block('git status --short'), [{ ...waits, line: 'git status --short' }])).toMatchObject({ status: 1, output: expect.stringContaining('ended with 0, not with 4') as string });
  });

  it('is found on our pages', () => {
    expect(blocks.length).toBeGreaterThan(13);
  });

  it.each(blocks)('in %s does what it says', async (_place, path, one) => {
    const { status, output } = await run(one, exceptions.filter(({ page }) => page === path));
    expect(status, output.slice(-3000)).toBe(0);
  }, 180_000);
});

describe('a row of what is not run', () => {
  it.each(exceptions.map((exception) => [exception.page, exception.line, exception] as const))('fits a line of %s: %s', (page, line, { why }) => {
    const lines = blocks.filter(([, path]) => path === page).flatMap(([, , one]) => typedLines(one).map(nameOf));
    expect(lines).toContain(line);
    expect(why).toMatch(/\w{2,} .*\.$/);
  });
});

describe('a command that is shown and not run', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sallyport-words-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each([
    ['a command that is none', 'sallyport gaet merge 42', /unknown command/],
    ['an option that is none', 'sallyport ledger verify --agianst …', /unknown option/],
    ['an option without its value', 'sallyport audit main --since', /argument missing/],
    ['a script that is none', 'npm run --silent no-such-script -- --json', /no script no-such-script/],
  ])('is wrong with %s', async (_name, line, says) => {
    expect(await misunderstood(line, folder)).toMatch(says);
  });

  /** Between backticks, and after the prompt of a transcript. */
  const inline = pages
    .map(({ path, inline: all, blocks: shown }) => [path, [...all, ...shown.filter(({ language }) => language === 'text').flatMap(promptsIn)].map(({ text, line }) => [line, text] as const).filter(([, text]) => /^(sallyport|npm) \S/.test(text))] as const)
    .filter(([, all]) => all.length > 0);
  const inBlocks = exceptions.filter(({ status }) => status === undefined).map(({ page, line }) => [page, [[0, line] as const]] as const);

  it('is found on our pages, also in transcripts', () => {
    expect(promptsIn(block('$ sallyport status\nproduction', 'text'))).toEqual([{ text: 'sallyport status', line: 2 }]);
    expect(inline.flatMap(([, all]) => all).length).toBeGreaterThan(150);
  });

  it.each([...inline, ...inBlocks])('in %s is understood', async (path, commands) => {
    const problems: string[] = [];
    for (const [line, command] of commands) {
      const problem = await misunderstood(command, folder);
      if (problem !== null) problems.push(`${path}:${line}: \`${command}\`: ${problem}`);
    }
    expect(problems).toEqual([]);
  });

  it('touches nothing', async () => {
    expect((await readdir(folder)).filter((name) => !name.endsWith('.pem'))).toEqual([]);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePairs, prepareFileCommands, readFileCommands } from './file-commands.ts';
import { createMasker } from './masker.ts';
import { createLineReader } from './workflow-commands.ts';

describe('a file command', () => {
  it.each([
    ['a line', 'a=1\n', { a: '1' }],
    ['an equals sign in the value', 'a=b=c', { a: 'b=c' }],
    ['an arrow in the value', 'a=b<<c', { a: 'b<<c' }],
    ['a block', 'a<<EOF\none\n\ntwo\nEOF\nb=2\n', { a: 'one\n\ntwo', b: '2' }],
    ['an equals sign in a block', 'a<<END\nx=1\nEND\n', { a: 'x=1' }],
    ['an empty value', 'a=\n', { a: '' }],
    ['the later of two', 'a=1\na=2\n', { a: '2' }],
  ])('reads %s', (_name, text, pairs) => {
    const parsed = parsePairs(text);
    expect(parsed.kind === 'pairs' && Object.fromEntries(parsed.pairs)).toEqual(pairs);
  });

  it.each([
    ['a line without a sign', 'nonsense', "Invalid format 'nonsense'"],
    ['an open block', 'a<<EOF\nx', "Matching delimiter not found 'EOF'"],
  ])('refuses %s', (_name, text, message) => {
    expect(parsePairs(text)).toMatchObject({ kind: 'invalid', message: expect.stringContaining(message) as string });
  });

  it('cannot set NODE_OPTIONS, and a summary above 1 MiB is not taken', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sallyport-commands-'));
    const paths = await prepareFileCommands(folder, 'x');
    await writeFile(paths.GITHUB_ENV, 'NODE_OPTIONS=--inspect\nFINE=1\n');
    await writeFile(paths.GITHUB_STEP_SUMMARY, 'x'.repeat(1024 * 1024 + 1));
    const results = await readFileCommands(paths);
    await rm(folder, { recursive: true });
    expect([...results.environment]).toEqual([['FINE', '1']]);
    expect(results.summary).toBe('');
    expect(results.problems).toEqual([expect.stringContaining('NODE_OPTIONS'), expect.stringContaining('1024k')]);
  });
});

describe('a printed line', () => {
  function read(lines: readonly string[]): { readonly log: readonly string[]; readonly annotations: ReturnType<ReturnType<typeof createLineReader>['annotations']> } {
    const log: string[] = [];
    const reader = createLineReader(createMasker(['hunter2', 'line one\nline two']), (line) => log.push(line));
    for (const line of lines) reader.line(line);
    return { log, annotations: reader.annotations() };
  }
  it('is masked, each line of a secret by itself', () => {
    expect(read(['a hunter2 b', 'line two', '::add-mask::late', 'late'] ).log).toEqual(['a *** b', '***', '***']);
  });
  it('becomes an annotation when it is such a command', () => {
    expect(read(['::warning file=a.ts,line=3,endLine=4,title=A%3A b::50%25 of hunter2%0Anext']).annotations).toEqual([{ path: 'a.ts', start_line: 3, end_line: 4, annotation_level: 'warning', message: '50% of ***\nnext', title: 'A: b' }]);
  });
  it('is no command between stop-commands and its token', () => {
    const { log, annotations } = read(['::stop-commands::tok', '::error::x', '::tok::', '::error::y']);
    expect(annotations.map((one) => one.message)).toEqual(['y']);
    expect(log).toEqual(['::error::x', '::tok::', '##[error]y']);
  });
  it('makes at most ten annotations of a kind', () => {
    expect(read(Array.from({ length: 12 }, () => '::error::x')).annotations).toHaveLength(10);
  });
  it('with colons that is no command goes to the log', () => {
    expect(read(['a::b', '::Not a command', '::NOPE::x']).log).toEqual(['a::b', '::Not a command', '::NOPE::x']);
  });
});

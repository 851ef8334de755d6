import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../run-program.ts';
import { testIo } from '../testing/test-io.ts';

const root = join(import.meta.dirname, '../../../..');
const example = 'docs/examples/merge-facts.json';
const options = ['--policy', 'docs/examples/policy.yml', '--at', '2026-11-23T12:05:00Z'];

const run = async (argv: readonly string[], stdin = '') => {
  const io = testIo({ cwd: root, stdin });
  return { exitCode: await runProgram(argv, io), out: io.out(), err: io.err() };
};

const schema = async () => JSON.parse((await run(['schema', 'facts', 'merge'])).out) as Record<string, unknown>;
const document = async () => JSON.parse(await readFile(join(root, example), 'utf8')) as Record<string, unknown>;

describe('the example of docs/facts.md', () => {
  it('fits the published schema', async () => {
    const validate = new Ajv2020({ allErrors: true, validateFormats: false }).compile(await schema());
    expect(validate(await document()), JSON.stringify(validate.errors)).toBe(true);
  });

  it('is allowed, by an approval that is carried over', async () => {
    const { exitCode, out, err } = await run(['gate', 'merge', '--facts', example, ...options]);
    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toContain('merged again onto bbbbbbbbbbbb');
  });

  it.each([
    ['waits without the proof that the approval rests on', { carryOver: { items: [], complete: true } }, 4],
    ['is unknown when the commits of earlier heads are cut short', { formerCommits: { items: [], complete: false, missing: 'the second page did not come' } }, 3],
    ['is refused when another pull request has the same head', { sharedHead: { items: [13], complete: true } }, 1],
  ])('%s', async (_name, changes, expected) => {
    const { exitCode, err } = await run(['gate', 'merge', '--facts', '-', ...options], JSON.stringify({ ...(await document()), ...changes }));
    expect([exitCode, err]).toEqual([expected, '']);
  });
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { completeList, known, mergeFacts } from '@sallyport/gates';
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
const page = (path: string): Promise<string> => readFile(join(root, path), 'utf8');

/** The example of docs/merge-gate.md: the rebase brought more than what ben approved, and cho was a co-author. */
async function approvedByTheWrongPeople(): Promise<unknown> {
  const { pullRequest, carryOver, reviews, reviewers, candidates, ...rest } = mergeFacts.parse(await document());
  const [proof] = carryOver.items;
  const [given] = reviews.items;
  const [ben] = reviewers;
  const cho = candidates.items.find(({ login }) => login === 'cho');
  if (proof === undefined || given === undefined || ben === undefined || cho === undefined) throw new Error('the example has lost its people');
  const approval = { ...given, id: 1030, reviewer: known(cho), submittedAt: Date.parse('2026-11-23T12:03:00Z'), commitId: pullRequest.head.sha, url: `${pullRequest.url}#pullrequestreview-1030` };
  return mergeFacts.encode({
    ...rest,
    pullRequest,
    carryOver: completeList([{ ...proof, tree: known('7d'.repeat(20)) }]),
    reviews: completeList([given, approval]),
    reviewers: [ben, { ...ben, person: cho }],
    candidates: completeList([...candidates.items, { id: 104, login: 'dia', kind: 'user' }]),
  });
}

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

describe('what our pages show', () => {
  it('is what the command prints for the merge gate', async () => {
    const { exitCode, out } = await run(['gate', 'merge', '--facts', '-', ...options], JSON.stringify(await approvedByTheWrongPeople()));
    expect(exitCode).toBe(4);
    expect(await page('docs/merge-gate.md')).toContain(`\`\`\`text\n${out}\`\`\`\n`);
  });

  it('begins as the command does for the example', async () => {
    const { out } = await run(['gate', 'merge', '--facts', example, ...options]);
    expect(await page('packages/cli/README.md')).toContain(out.split('\n').slice(0, 5).join('\n'));
  });
});

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { adopt, adopters, sourcesIn, workflowsIn } from './adopters.ts';
import { loadGitHubParser } from './github-parser.ts';

const root = join(import.meta.dirname, '../..');
const { workflows, actions } = sourcesIn(root);

const parser = await loadGitHubParser();

describe("GitHub's own parser", () => {
  it.each(workflows)('takes %s', async (path) => {
    expect(await parser.workflow(path, readFileSync(join(root, path), 'utf8'))).toEqual([]);
  });

  it.each(actions)('takes %s', (path) => {
    expect(parser.action(path, readFileSync(join(root, path), 'utf8'))).toEqual([]);
  });

  const right = `on: push
permissions:
  contents: read
jobs:
  unit:
    runs-on: ubuntu-24.04
    steps:
      - run: exit 0
`;
  it.each([
    ['a key that does not exist', 'permissions:', 'permission:'],
    ['a permission that does not exist', 'contents: read', 'content: read'],
    ['an expression that does not end', 'exit 0', 'exit ${{ github.sha'],
    ['a job that needs one that is not there', 'runs-on:', 'needs: [build]\n    runs-on:'],
    ['concurrency with a key that does not exist', 'jobs:', 'concurrency:\n  group: one\n  line: max\njobs:'],
    ['a schedule with a key that does not exist', 'on: push', "on:\n  schedule:\n    - cron: '7 * * * *'\n      zone: UTC"],
  ])('refuses %s', async (_what, old, now) => {
    expect(await parser.workflow('right.yml', right)).toEqual([]);
    expect(await parser.workflow('wrong.yml', right.replace(old, now))).not.toEqual([]);
  });
});

it("GitHub's own parser refuses an action with a key that does not exist", () => {
  expect(parser.action('action.yml', 'name: x\ndescription: y\nruns: { using: node24, main: x.mjs, after: y.mjs }\n')).not.toEqual([]);
});

describe.each(adopters)('in $name, GitHub’s own parser', (adopter) => {
  const folder = adopt(adopter, root);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(workflowsIn(folder))('takes %s', async (path) => {
    expect(await parser.workflow(path, readFileSync(join(folder, path), 'utf8'))).toEqual([]);
  });
});

import type { MergeFacts } from '@sallyport/gates';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ci, plainPolicy, policyOf, startMergeScene } from './merge-scene.fixture.ts';
import type { Entry, MergeScene } from './merge-scene.fixture.ts';

let scene: MergeScene;
beforeAll(async () => {
  scene = await startMergeScene({ 'deep/one/two/old.txt': 'old\n', 'deep/one/other.txt': 'o\n', 'lib/b.txt': 'b\n' });
});
afterAll(() => scene.stop());

const link = (path: string, content: string): Entry => ({ path, mode: '120000', content });
const treeOf = async (commit: string): Promise<string> => z.looseObject({ tree: z.looseObject({ sha: z.string() }) }).parse(await scene.call(scene.tokens.ada, 'GET', `/git/commits/${commit}`)).tree.sha;
const told = ({ files }: MergeFacts): Readonly<Record<string, unknown>> => Object.fromEntries(files.items.map(({ path, kind, target }) => [path, target === undefined ? kind : [kind, target]]));

async function asked(number: number, policy = plainPolicy): Promise<{ readonly facts: MergeFacts; readonly paths: readonly string[] }> {
  const paths: string[] = [];
  const stop = scene.simulator.observe(({ path }) => paths.push(path));
  const facts = await scene.gather(number, policy);
  stop();
  return { facts, paths };
}

/** A change on top of a base that holds these entries besides; both of its own. */
async function changeOn(branch: string, base: readonly Entry[], entries: readonly Entry[]): Promise<number> {
  const onto = base.length === 0 ? await scene.tipOf('main') : await scene.commitOn([await scene.tipOf('main')], base);
  if (base.length > 0) await scene.call(scene.tokens.ada, 'PATCH', '/git/refs/heads/main', { sha: onto });
  return scene.openPull(branch, await scene.commitOn([onto], entries));
}

describe('a submodule', () => {
  it('has a kind of its own', async () => {
    const number = await changeOn('submodule', [], [{ path: 'vendor/lib', mode: '160000', type: 'commit', sha: 'c'.repeat(40) }]);
    expect(told(await scene.gather(number))).toEqual({ 'vendor/lib': { known: 'submodule' } });
  });
});

describe('a tree that GitHub cuts off', () => {
  it('is read by the folders of the changed files', async () => {
    const head = await scene.commitOn([await scene.tipOf('main')], [{ path: 'deep/one/two/run.sh', mode: '100755', content: 'x' }, { path: 'deep/one/two/old.txt', sha: null }, { path: 'zoo/last.txt', content: 'z\n' }, link('zoo/link', 'last.txt'), link('zoo/far', '../lib/b.txt')]);
    scene.simulator.admin.truncateTree(scene.repository, await treeOf(head));
    const number = await scene.openPull('cut', head);
    scene.simulator.admin.addRun(scene.repository, { event: 'pull_request', headSha: head, headBranch: 'cut', workflow: ci, user: scene.people.ada, jobs: [{ name: 'unit', conclusion: 'success' }], pulls: [number] });
    const { facts, paths } = await asked(number);
    expect(facts.files.complete).toBe(true);
    expect(told(facts)).toEqual({
      'deep/one/two/old.txt': null,
      'deep/one/two/run.sh': { known: 'executable' },
      'zoo/far': [{ known: 'symlink' }, { known: 'lib/b.txt' }],
      'zoo/last.txt': { known: 'file' },
      'zoo/link': [{ known: 'symlink' }, { known: 'zoo/last.txt' }],
    });
    expect(facts.runs.items).toMatchObject([{ definedByBase: { known: true } }]);
    const folders = paths.filter((path) => /\/git\/trees\//.test(path));
    expect(new Set(folders).size).toBeGreaterThan(3);
    expect(folders.length).toBeLessThanOrEqual(9);
  });

  it('stays unknown where more folders would have to be read than are', async () => {
    const head = await scene.commitOn([await scene.tipOf('main')], Array.from({ length: 140 }, (_, index) => ({ path: `wide/${String(index).padStart(3, '0')}/file.txt`, content: `${index}\n` })));
    scene.simulator.admin.truncateTree(scene.repository, await treeOf(head));
    const { facts, paths } = await asked(await scene.openPull('wide', head));
    const kinds = facts.files.items.map(({ kind }) => (kind === null ? 'none' : 'known' in kind ? kind.known : kind.unknown));
    expect(kinds.filter((kind) => kind.includes('only 60 of its folders'))).not.toHaveLength(0);
    expect(kinds.filter((kind) => kind === 'file')).not.toHaveLength(0);
    expect(paths.filter((path) => /\/git\/trees\//.test(path)).length).toBeLessThanOrEqual(61);
  });
});

describe('a symlink that the change leaves alone', () => {
  it('shows the change where it leads there', async () => {
    const number = await changeOn('shown', [link('infra/live.txt', '../lib/b.txt'), link('infra/all', '../src'), link('infra/out', '/etc')], [{ path: 'lib/b.txt', content: 'changed\n' }, { path: 'src/c.txt', content: 'c\n' }]);
    const { facts } = await asked(number);
    expect(told(facts)).toEqual({
      'infra/all/c.txt': { known: 'file' },
      'infra/live.txt': [{ known: 'symlink' }, { known: 'lib/b.txt' }],
      'lib/b.txt': { known: 'file' },
      'src/c.txt': { known: 'file' },
    });
    expect(facts.files.items.filter(({ status }) => status === 'changed-target')).toHaveLength(2);
  });

  it('makes the list incomplete when there are too many to follow and the policy looks at paths', async () => {
    const many = Array.from({ length: 51 }, (_, index) => link(`links/${index}`, `../nowhere/${index}`));
    const number = await changeOn('many', many, [{ path: 'lib/b.txt', content: 'again\n' }]);
    const plain = await asked(number);
    expect(plain.facts.files.complete).toBe(true);
    expect(plain.paths.filter((path) => path.includes('/git/blobs/'))).toHaveLength(50);
    const sensitive = policyOf(`  tests:\n    - { check: unit, workflow: ${ci} }\n  review:\n    sensitive:\n      - { paths: ["infra/**"], approvals: 1 }\n`);
    expect((await asked(number, sensitive)).facts.files).toMatchObject({ complete: false, missing: expect.stringContaining('only 50 are followed') as string });
  });

  it.each([
    ['a calendar of the policy', 'ops/freezes.ics', '../lib/b.txt', 'ops/freezes.ics'],
    ['the folder of one', 'zoo/ops', '../lib', 'zoo/ops/b.txt'],
  ])('is followed before others where it is %s', async (name, path, target, shown) => {
    const many = Array.from({ length: 51 }, (_, index) => link(`links/${index}`, `../nowhere/${index}`));
    const calendar = policyOf(`  tests:\n    - { check: unit, workflow: ${ci} }\ncalendars:\n  - { name: c, file: ${path === shown ? path : 'zoo/ops/freezes.ics'}, owner: o, reason: r }\n`);
    const number = await changeOn(`calendar ${name}`.replaceAll(' ', '-'), [...many, link(path, target)], [{ path: 'lib/b.txt', content: `${name}\n` }]);
    const { files } = (await asked(number, calendar)).facts;
    expect(files.items.map((file) => file.path)).toContain(shown);
    expect(files).toMatchObject({ complete: false, missing: expect.stringContaining('only 50 are followed') as string });
  });
});

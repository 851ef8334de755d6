import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ci, startMergeScene } from './merge-scene.fixture.ts';
import type { MergeScene } from './merge-scene.fixture.ts';

let scene: MergeScene;
beforeAll(async () => {
  scene = await startMergeScene();
});
afterAll(() => scene.stop());

async function change(branch: string): Promise<number> {
  return scene.openPull(branch, await scene.commitOn([await scene.tipOf('main')], [{ path: `${branch}.txt`, content: `${branch}\n` }]));
}

describe('a group of the merge queue', () => {
  it('is proved to be the head on top of what is queued before it, and has its own tests', async () => {
    const [first, second] = [await change('one'), await change('two')];
    await scene.simulator.admin.enqueue(scene.repository, first, scene.people.ada);
    const { headRef, headSha, baseSha } = await scene.simulator.admin.enqueue(scene.repository, second, scene.people.ada);
    const group = { ref: headRef.replace('refs/heads/', ''), headSha, baseSha };
    scene.simulator.admin.addRun(scene.repository, { workflow: ci, event: 'merge_group', headSha, headBranch: group.ref, user: scene.people.ada, jobs: [{ name: 'unit', conclusion: 'success' }] });
    const facts = await scene.gather({ pullRequest: second, group });
    const head = facts.pullRequest.head.sha;
    expect(facts.group).toMatchObject({ ...group, proof: { from: head, onto: baseSha, tree: { known: facts.group?.treeSha } } });
    expect(facts.group?.treeSha).not.toBe(facts.pullRequest.head.treeSha);
    expect(facts.runs.items).toMatchObject([{ event: 'merge_group', headSha, headBranch: group.ref, definedByBase: { known: true } }]);
    expect(facts.checks.items).toMatchObject([{ name: 'unit', headSha }]);
  });

  it('that holds something more is not what the proof gives', async () => {
    const number = await change('three');
    const { headRef, headSha, baseSha } = await scene.simulator.admin.enqueue(scene.repository, number, scene.people.ada);
    const evil = await scene.commitOn([headSha], [{ path: 'evil.txt', content: 'e\n' }]);
    const { group } = await scene.gather({ pullRequest: number, group: { ref: headRef.replace('refs/heads/', ''), headSha: evil, baseSha } });
    const honest = await scene.gather({ pullRequest: number, group: { ref: headRef.replace('refs/heads/', ''), headSha, baseSha } });
    expect(group?.proof.tree).toEqual({ known: honest.group?.treeSha });
    expect(group?.treeSha).not.toBe(honest.group?.treeSha);
  });

  it('on a base that is not there is not known to be anything', async () => {
    const number = await change('four');
    const { headRef, headSha } = await scene.simulator.admin.enqueue(scene.repository, number, scene.people.ada);
    const { group } = await scene.gather({ pullRequest: number, group: { ref: headRef.replace('refs/heads/', ''), headSha, baseSha: 'dead'.repeat(10) } });
    expect(group?.proof.tree).toHaveProperty('unknown');
  });
});

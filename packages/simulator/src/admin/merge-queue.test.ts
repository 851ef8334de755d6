import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRef } from '../git/objects.ts';
import { startFixture, type Answer, type Fixture } from '../simulator-fixture.ts';

const workflow = `on: merge_group
jobs:
  unit:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: test -f grown/one/0/0.txt
`;

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture({ workflows: 'run' });
  const { admin } = fixture.simulator;
  await admin.growBranch(fixture.repository, { branch: 'main', author: fixture.author, commits: 1, files: 1, path: () => 'unused.txt' });
  const blob = await send('POST', '/git/trees', { base_tree: await tip(), tree: [{ path: '.github/workflows/test.yml', mode: '100644', content: workflow }] });
  const commit = await send('POST', '/git/commits', { message: 'Test groups', tree: (blob.json as { sha: string }).sha, parents: [await tip()] });
  await admin.moveBranch(fixture.repository, fixture.author, 'main', (commit.json as { sha: string }).sha);
  await fixture.call(fixture.tokens.admin, 'POST', '/repos/acme/shop/rulesets', { name: 'guard', enforcement: 'active', conditions: { ref_name: { include: ['refs/heads/main'], exclude: [] } }, rules: [{ type: 'required_status_checks', parameters: { required_status_checks: [{ context: 'unit', integration_id: 15368 }], strict_required_status_checks_policy: false } }] });
});
afterEach(async () => {
  const mismatches = fixture.simulator.contractMismatches();
  await fixture.stop();
  expect(mismatches).toEqual([]);
});

const send = (method: string, path: string, body?: unknown): Promise<Answer> => fixture.call(fixture.tokens.author, method, `/repos/acme/shop${path}`, body);
const tip = async (): Promise<string> => (await readRef(fixture.repository.objects, 'refs/heads/main')) ?? '';

async function openPull(branch: string): Promise<number> {
  await fixture.simulator.admin.growBranch(fixture.repository, { branch, author: fixture.author, commits: 1 });
  const opened = await send('POST', '/pulls', { title: branch, head: branch, base: 'main' });
  return (opened.json as { readonly number: number }).number;
}

describe('the merge queue', () => {
  it('runs the workflows of a group on its own commit, and lands exactly that', async () => {
    const { admin } = fixture.simulator;
    const number = await openPull('one');
    const base = await tip();
    const group = await admin.enqueue(fixture.repository, number, fixture.author);
    expect(group.headRef).toBe(`refs/heads/gh-readonly-queue/main/pr-${String(number)}-${base}`);
    await fixture.simulator.idle();
    const runs = (await send('GET', `/actions/runs?head_sha=${group.headSha}`)).json;
    expect(runs).toMatchObject({ workflow_runs: [{ event: 'merge_group', head_branch: group.headRef.slice('refs/heads/'.length), conclusion: 'success', pull_requests: [] }] });
    expect(fixture.repository.runs[0]?.payload).toMatchObject({ action: 'checks_requested', merge_group: { head_sha: group.headSha, head_ref: group.headRef, base_sha: base, base_ref: 'refs/heads/main' } });
    expect(await admin.settleQueue(fixture.repository, number)).toEqual({ kind: 'landed' });
    expect(await tip()).toBe(group.headSha);
    expect((await send('GET', `/pulls/${String(number)}`)).json).toMatchObject({ merged: true, merge_commit_sha: group.headSha, merged_by: { login: 'github-merge-queue[bot]' } });
    expect((await send('GET', '/git/matching-refs/heads/gh-readonly-queue')).json).toEqual([]);
    expect((await send('GET', '/activity?ref=refs/heads/main&per_page=1')).json).toMatchObject([{ activity_type: 'merge_queue_merge', after: group.headSha }]);
  }, 30_000);

  it('throws a failing group out, and those built on it', async () => {
    const { admin } = fixture.simulator;
    const [failing, behind] = [await openPull('two'), await openPull('three')];
    const base = await tip();
    const first = await admin.enqueue(fixture.repository, failing, fixture.author);
    const second = await admin.enqueue(fixture.repository, behind, fixture.author);
    expect(second.baseSha).toBe(first.headSha);
    await expect(admin.settleQueue(fixture.repository, behind)).rejects.toThrow(`settle #${String(failing)} first`);
    await fixture.simulator.idle();
    expect(await admin.settleQueue(fixture.repository, failing)).toEqual({ kind: 'removed', missing: ['Required status check "unit" is failing.'] });
    expect(await tip()).toBe(base);
    expect(fixture.repository.queue).toEqual([]);
    expect((await send('GET', `/pulls/${String(behind)}`)).json).toMatchObject({ state: 'open', merged: false });
  }, 30_000);
});

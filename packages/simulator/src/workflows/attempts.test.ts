import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixture, type Answer, type Fixture } from '../simulator-fixture.ts';

/** `flaky` fails the first time; `after` needs it, `steady` does not. */
const workflow = `on: workflow_dispatch
jobs:
  steady:
    outputs: { word: "\${{ steps.say.outputs.word }}" }
    steps: [{ id: say, run: "echo word=kept >> $GITHUB_OUTPUT" }]
  flaky: { steps: [{ run: "test $GITHUB_RUN_ATTEMPT -gt 1" }] }
  after: { needs: [flaky, steady], steps: [{ run: "echo \${{ needs.steady.outputs.word }}" }] }
`;

let fixture: Fixture;
let run: string;
beforeAll(async () => {
  fixture = await startFixture({ workflows: 'run' });
  const main = (await send('GET', '/git/ref/heads/main')).json as { readonly object: { readonly sha: string } };
  const tree = await send('POST', '/git/trees', { base_tree: main.object.sha, tree: [{ path: '.github/workflows/test.yml', mode: '100644', content: workflow }] });
  const commit = await send('POST', '/git/commits', { message: 'Test', tree: (tree.json as { readonly sha: string }).sha, parents: [main.object.sha] });
  await send('PATCH', '/git/refs/heads/main', { sha: (commit.json as { readonly sha: string }).sha });
  await send('POST', '/actions/workflows/test.yml/dispatches', { ref: 'main' });
  await fixture.simulator.idle();
  run = `/actions/runs/${String(fixture.repository.runs[0]?.id)}`;
}, 30_000);
afterAll(async () => {
  const mismatches = fixture.simulator.contractMismatches();
  await fixture.stop();
  expect(mismatches).toEqual([]);
});

const send = (method: string, path: string, body?: unknown): Promise<Answer> => fixture.call(fixture.tokens.author, method, `/repos/acme/shop${path}`, body);

describe('a re-run of the failed jobs', () => {
  it('runs them and what needs them, keeps the others with their outputs, and keeps the creation', async () => {
    const first = (await send('GET', run)).json as { readonly created_at: string };
    expect(first).toMatchObject({ run_attempt: 1, conclusion: 'failure' });
    fixture.clock.advance(60_000);
    expect((await send('POST', `${run}/rerun-failed-jobs`)).status).toBe(201);
    await fixture.simulator.idle();
    const again = (await send('GET', run)).json as Readonly<Record<string, unknown>>;
    expect(again).toMatchObject({ run_attempt: 2, conclusion: 'success', created_at: first.created_at });
    expect(again['run_started_at']).not.toBe(first.created_at);
    expect((await send('GET', `${run}/jobs`)).json).toMatchObject({ jobs: [{ name: 'steady', run_attempt: 1 }, { name: 'flaky', run_attempt: 2 }, { name: 'after', run_attempt: 2, conclusion: 'success' }] });
    expect(fixture.repository.runs[0]?.jobs.findLast(({ key }) => key === 'after')?.log).toContain('kept');
    expect((await send('GET', `${run}/attempts/1/jobs`)).json).toMatchObject({ total_count: 3 });
    expect((await send('GET', `${run}/attempts/3`)).status).toBe(404);
  }, 30_000);
});

describe('a check posted with the built-in token', () => {
  it('comes into the suite of the first run of its commit', async () => {
    const { runs } = fixture.repository;
    fixture.simulator.world.tokens.set('ghs_job', { kind: 'job', repository: 'acme/shop', runId: 0, permissions: { checks: 'write' }, revoked: false });
    const forged = await fixture.call('ghs_job', 'POST', '/repos/acme/shop/check-runs', { name: 'flaky', head_sha: runs[0]?.headSha, status: 'completed', conclusion: 'success' });
    expect(forged.json).toMatchObject({ check_suite: { id: runs[0]?.suite }, app: { slug: 'github-actions' } });
  });
});

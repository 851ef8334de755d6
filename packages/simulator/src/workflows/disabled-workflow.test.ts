import { afterAll, beforeAll, expect, it } from 'vitest';
import { startFixture, type Answer, type Fixture } from '../simulator-fixture.ts';
import type { Repository } from '../world/world.ts';

const workflow = 'on: { push: {}, workflow_dispatch: {} }\njobs: { one: { if: false, runs-on: ubuntu-24.04, steps: [{ run: "true" }] } }\n';

let fixture: Fixture;
let repository: Repository;
beforeAll(async () => {
  fixture = await startFixture({ workflows: 'run' });
  const { admin } = fixture.simulator;
  repository = await admin.createRepository({ owner: 'acme', name: 'tools', files: { '.github/workflows/ci.yml': workflow }, author: fixture.author });
  admin.setRole(repository, fixture.author, 'admin');
});
afterAll(async () => {
  const mismatches = fixture.simulator.contractMismatches();
  await fixture.stop();
  expect(mismatches).toEqual([]);
});

const call = (method: string, path: string, body?: unknown): Promise<Answer> => fixture.call(fixture.tokens.author, method, `/repos/acme/tools/actions${path}`, body);

async function runsOfPush(): Promise<number> {
  const before = repository.runs.length;
  await fixture.simulator.admin.growBranch(repository, { branch: 'main', author: fixture.author, commits: 1 });
  await fixture.simulator.idle();
  return repository.runs.length - before;
}

it('starts no run of a workflow that is disabled, and says so', async () => {
  expect(await runsOfPush()).toBe(1);
  expect((await call('PUT', '/workflows/ci.yml/disable')).status).toBe(204);
  expect((await call('GET', '/workflows/ci.yml')).json).toMatchObject({ state: 'disabled_manually' });
  expect(await runsOfPush()).toBe(0);
  expect((await call('PUT', '/workflows/ci.yml/enable')).status).toBe(204);
  expect((await call('GET', '/workflows')).json).toMatchObject({ workflows: [{ state: 'active' }] });
  expect(await runsOfPush()).toBe(1);
});

it('starts no run at all where Actions are off', async () => {
  await call('PUT', '/permissions', { enabled: false });
  expect(await runsOfPush()).toBe(0);
});

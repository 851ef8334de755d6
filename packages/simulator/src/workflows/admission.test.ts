import { afterAll, beforeAll, expect, it } from 'vitest';
import { startFixture, type Fixture } from '../simulator-fixture.ts';
import type { Repository } from '../world/world.ts';

const workflow = `on: push
jobs:
  deploy:
    environment: production
    runs-on: ubuntu-24.04
    steps: [{ uses: docker/login-action@v3 }]
`;

let fixture: Fixture;
let repository: Repository;
beforeAll(async () => {
  fixture = await startFixture({ workflows: 'run' });
  repository = await fixture.simulator.admin.createRepository({ owner: 'acme', name: 'tools', files: { '.github/workflows/deploy.yml': workflow }, author: fixture.author });
});
afterAll(async () => {
  await fixture.stop();
});

async function logOfPush(): Promise<string> {
  await fixture.simulator.admin.growBranch(repository, { branch: 'main', author: fixture.author, commits: 1 });
  await fixture.simulator.idle();
  const run = repository.runs.at(-1);
  expect(run?.conclusion).toBe('failure');
  return run?.jobs.map(({ log }) => log).join('') ?? '';
}

it('does not start a job whose actions the repository forbids', async () => {
  repository.actions.shaPinningRequired = true;
  expect(await logOfPush()).toBe('##[error]The action docker/login-action@v3 is not allowed in acme/tools because all actions must be pinned to a full-length commit SHA.\n');
  expect(repository.deployments).toEqual([]);
  repository.actions.shaPinningRequired = false;
});

it('lets no job past a custom protection rule that it cannot wait for', async () => {
  await logOfPush();
  expect(repository.deployments).toHaveLength(1);
  repository.environments.get('production')?.customRules.push({ id: 1, app: fixture.app.id });
  expect(await logOfPush()).toContain('not simulated: waiting for the custom deployment protection rules of production.');
  expect(repository.deployments).toHaveLength(1);
});

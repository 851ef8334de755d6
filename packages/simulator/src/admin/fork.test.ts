import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixture, type Answer, type Fixture } from '../simulator-fixture.ts';
import type { Repository } from '../world/world.ts';

let fixture: Fixture;
let shop: Repository;
let fork: Repository;
let token: string;
beforeAll(async () => {
  fixture = await startFixture();
  const { admin } = fixture.simulator;
  shop = await admin.createRepository({ owner: 'acme', name: 'open', files: { 'README.md': '# Open\n' }, author: fixture.author, visibility: 'public' });
  const mallory = admin.createUser('mallory');
  token = admin.createToken(mallory);
  fork = await admin.fork(shop, mallory);
  await admin.growBranch(fork, { branch: 'gift', author: mallory, commits: 2 });
});
afterAll(async () => {
  const mismatches = fixture.simulator.contractMismatches();
  await fixture.stop();
  expect(mismatches).toEqual([]);
});

const get = (path: string, as: string | null = token): Promise<Answer> => fixture.call(as, 'GET', path);

describe('a fork', () => {
  it('sends a pull request that follows its branch, whose pushes are in its own activity', async () => {
    const opened = await fixture.call(token, 'POST', '/repos/acme/open/pulls', { title: 'A gift', head: 'mallory:gift', base: 'main' });
    expect(opened.json).toMatchObject({ commits: 2, mergeable: true, head: { label: 'mallory:gift', repo: { full_name: 'mallory/open', fork: true, private: false } }, base: { repo: { full_name: 'acme/open' } } });
    const { number } = opened.json as { readonly number: number };
    const head = await fixture.simulator.admin.growBranch(fork, { branch: 'gift', author: fixture.author, commits: 1, from: 'gift' });
    expect((await get(`/repos/acme/open/pulls/${String(number)}`)).json).toMatchObject({ commits: 3, head: { sha: head } });
    expect((await get(`/repos/acme/open/git/commits/${head}`)).status).toBe(200);
    expect((await get('/repos/mallory/open/activity?ref=refs/heads/gift')).json).toMatchObject([{ after: head, activity_type: 'push' }, { activity_type: 'branch_creation' }]);
    expect((await get('/repos/acme/open/activity')).json).toMatchObject([{ ref: 'refs/heads/main', activity_type: 'branch_creation' }]);
  });

  it('makes a run that names it and no pull request', async () => {
    const run = fixture.simulator.admin.addRun(shop, { workflow: '.github/workflows/test.yml', event: 'pull_request', headSha: shop.pulls.get(1)?.head.sha ?? '', headBranch: 'gift', headRepository: 'mallory/open', user: fixture.author, jobs: [], status: 'waiting' });
    expect((await get(`/repos/acme/open/actions/runs/${String(run.id)}`, fixture.tokens.author)).json).toMatchObject({ pull_requests: [], head_repository: { full_name: 'mallory/open' }, status: 'waiting' });
  });
});

describe('a public repository', () => {
  it('is read by anybody, and changed by nobody without a role', async () => {
    expect((await get('/repos/acme/open', null)).json).toMatchObject({ private: false, visibility: 'public' });
    expect((await get('/repos/acme/shop', null)).status).toBe(401);
    expect((await get('/repos/acme/shop')).status).toBe(404);
    expect((await get('/repos/acme/open/collaborators')).status).toBe(403);
    const made = await fixture.call(token, 'POST', '/repos/acme/open/git/refs', { ref: 'refs/heads/mine', sha: shop.pulls.get(1)?.head.sha });
    expect(made.status).toBe(403);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixture, type Answer, type Fixture } from '../simulator-fixture.ts';
import type { Pull, User } from '../world/world.ts';

let fixture: Fixture;
let agent: User;
beforeAll(async () => {
  fixture = await startFixture();
  agent = fixture.simulator.admin.createUser('helper', { bot: true });
  fixture.simulator.admin.setRole(fixture.repository, agent, 'write');
});
afterAll(async () => {
  const mismatches = fixture.simulator.contractMismatches();
  await fixture.stop();
  expect(mismatches).toEqual([]);
});

const get = (path: string): Promise<Answer> => fixture.call(fixture.tokens.author, 'GET', `/repos/acme/shop${path}`);
const send = (method: string, path: string, body: unknown): Promise<Answer> => fixture.call(fixture.tokens.author, method, `/repos/acme/shop${path}`, body);

async function openPull(branch: string, commits = 1, files = commits): Promise<Pull> {
  const { admin } = fixture.simulator;
  await admin.growBranch(fixture.repository, { branch, author: fixture.author, commits, files });
  const opened = await send('POST', '/pulls', { title: branch, head: branch, base: 'main', body: 'As @grace asked' });
  const pull = fixture.repository.pulls.get((opened.json as { readonly number: number }).number);
  if (pull === undefined) throw new Error(JSON.stringify(opened.json));
  return pull;
}

const eventsOf = async (pull: Pull): Promise<readonly Readonly<Record<string, unknown>>[]> => (await get(`/issues/${String(pull.number)}/timeline?per_page=100`)).json as readonly Readonly<Record<string, unknown>>[];

async function everyPage(path: string): Promise<number> {
  let found = 0;
  for (let page = 1; ; page += 1) {
    const answer = await get(`${path}${path.includes('?') ? '&' : '?'}per_page=100&page=${String(page)}`);
    found += (answer.json as readonly unknown[]).length;
    if (!(answer.headers.get('link') ?? '').includes('rel="next"')) return found;
  }
}

describe('a large change', () => {
  it('is listed up to GitHub\'s limits', async () => {
    const pull = await openPull('large', 400, 3500);
    const at = `/pulls/${String(pull.number)}`;
    expect((await get(at)).json).toMatchObject({ commits: 400, changed_files: 3500 });
    expect({ commits: await everyPage(`${at}/commits`), files: await everyPage(`${at}/files`) }).toEqual({ commits: 250, files: 3000 });
    const compared = await get('/compare/main...large?per_page=100&page=4');
    expect(compared.json).toMatchObject({ total_commits: 400, files: [] });
    const unpaged = (await get('/compare/main...large')).json as { readonly commits: readonly { readonly sha: string }[]; readonly files: readonly unknown[] };
    expect({ commits: unpaged.commits.length, last: unpaged.commits.at(-1)?.sha, files: unpaged.files.length }).toEqual({ commits: 250, last: pull.head.sha, files: 300 });
  }, 60_000);

  it('takes many reviews and checks', async () => {
    const pull = await openPull('many');
    fixture.simulator.admin.addReviews(fixture.repository, pull.number, Array.from({ length: 250 }, () => ({ user: fixture.reviewer, state: 'COMMENTED' as const })));
    fixture.simulator.admin.addChecks(fixture.repository, Array.from({ length: 150 }, (_, index) => ({ name: `check ${String(index)}`, headSha: pull.head.sha, conclusion: 'success' })));
    expect(await everyPage(`/pulls/${String(pull.number)}/reviews`)).toBe(250);
    expect((await get(`/commits/${pull.head.sha}/check-runs?per_page=1`)).json).toMatchObject({ total_count: 150 });
  });
});

describe('a timeline', () => {
  it('tells who was assigned, asked, called and set to work', async () => {
    const pull = await openPull('told');
    const at = `/issues/${String(pull.number)}`;
    expect((await send('POST', `${at}/assignees`, { assignees: ['helper', 'nobody-yet'].slice(0, 1) })).json).toMatchObject({ assignees: [{ login: 'helper' }] });
    await send('DELETE', `${at}/assignees`, { assignees: ['helper'] });
    await send('POST', `/pulls/${String(pull.number)}/requested_reviewers`, { reviewers: ['grace'] });
    await send('DELETE', `/pulls/${String(pull.number)}/requested_reviewers`, { reviewers: ['grace'] });
    await send('POST', `${at}/comments`, { body: 'Please, @helper, and @helper again; not a@grace' });
    fixture.simulator.admin.startCopilotWork(fixture.repository, pull.number, fixture.author);
    const [, ...events] = await eventsOf(pull);
    expect(events).toMatchObject([
      { event: 'mentioned', actor: { login: 'grace' } },
      { event: 'assigned', actor: { login: 'ada' }, assignee: { login: 'helper' } },
      { event: 'unassigned', assignee: { login: 'helper' } },
      { event: 'review_requested', requested_reviewer: { login: 'grace' }, review_requester: { login: 'ada' } },
      { event: 'review_request_removed', requested_reviewer: { login: 'grace' } },
      { event: 'commented' },
      { event: 'mentioned', actor: { login: 'helper' } },
      { event: 'copilot_work_started', actor: { login: 'ada' } },
    ]);
  });

  it('tells when the base branch was swapped or rewritten', async () => {
    const { admin } = fixture.simulator;
    const base = await admin.growBranch(fixture.repository, { branch: 'base', author: fixture.author, commits: 2 });
    const pull = await openPull('based');
    await send('PATCH', `/pulls/${String(pull.number)}`, { base: 'base' });
    const first = ((await get(`/git/commits/${base}`)).json as { readonly parents: readonly { readonly sha: string }[] }).parents[0]?.sha ?? '';
    await admin.moveBranch(fixture.repository, fixture.author, 'base', first);
    expect((await eventsOf(pull)).map(({ event }) => event)).toEqual(['committed', 'mentioned', 'base_ref_changed', 'base_ref_force_pushed']);
  });

  it('lists comments on lines beside it', async () => {
    const pull = await openPull('remarked');
    fixture.simulator.admin.addRemark(fixture.repository, pull.number, { user: fixture.reviewer, body: '@helper fix this', path: 'README.md' });
    expect((await get(`/pulls/${String(pull.number)}/comments`)).json).toMatchObject([{ body: '@helper fix this', user: { login: 'grace' } }]);
  });
});

describe('accounts', () => {
  it('that are gone leave reviews of nobody, and their login to others', async () => {
    const { admin } = fixture.simulator;
    const eve = admin.createUser('eve');
    admin.setRole(fixture.repository, eve, 'write');
    const pull = await openPull('gone');
    const head = await admin.growBranch(fixture.repository, { branch: 'gone', author: eve, commits: 1, from: 'gone' });
    admin.addReviews(fixture.repository, pull.number, [{ user: eve, state: 'APPROVED' }]);
    admin.deleteUser(eve);
    const other = admin.createUser('eve');
    expect((await get(`/pulls/${String(pull.number)}/reviews`)).json).toMatchObject([{ user: null, commit_id: head }]);
    expect((await get(`/commits/${head}`)).json).toMatchObject({ author: null, committer: null });
    expect((await get('/activity?ref=gone')).json).toMatchObject([{ actor: null }, { actor: { login: 'ada' } }]);
    expect((await fixture.call(fixture.tokens.author, 'GET', '/users/eve')).json).toMatchObject({ id: other.id });
  });

  it('keep their number and their commits under another login', async () => {
    const { admin } = fixture.simulator;
    const old = admin.createUser('old');
    admin.setRole(fixture.repository, old, 'write');
    const head = await admin.growBranch(fixture.repository, { branch: 'renamed', author: old, commits: 1 });
    admin.renameUser(old, 'new');
    const squatter = admin.createUser('old');
    expect(squatter.id).not.toBe(old.id);
    expect((await get(`/commits/${head}`)).json).toMatchObject({ author: { login: 'new', id: old.id } });
    admin.setSuspended(old, true);
    expect((await get('/collaborators/new/permission')).status).toBe(404);
    admin.setSuspended(old, false);
    admin.removeRole(fixture.repository, old);
    expect((await get('/collaborators/new/permission')).json).toMatchObject({ role_name: 'none' });
  });
});

describe('commits', () => {
  it('made by GitHub are signed by it; others as told', async () => {
    const { admin } = fixture.simulator;
    const pull = await openPull('behind');
    await admin.growBranch(fixture.repository, { branch: 'main', author: fixture.author, commits: 1 });
    expect((await send('PUT', `/pulls/${String(pull.number)}/update-branch`, {})).status).toBe(202);
    const updated = await get(`/commits/${pull.head.sha}`);
    expect(updated.json).toMatchObject({ author: { login: 'ada' }, committer: { login: 'web-flow' }, commit: { verification: { verified: true, reason: 'valid' } } });
    const parent = (updated.json as { readonly parents: readonly { readonly sha: string }[] }).parents[0]?.sha ?? '';
    admin.signCommit(fixture.repository, parent, { verified: false, reason: 'unknown_key' });
    expect((await get(`/git/commits/${parent}`)).json).toMatchObject({ verification: { verified: false, reason: 'unknown_key' } });
    expect((await get(`/commits/${parent}/pulls`)).json).toMatchObject([{ number: pull.number }]);
  });

  it('hold trees whose listing GitHub may cut short', async () => {
    const { sha } = (await get('/git/trees/main?recursive=1')).json as { readonly sha: string };
    fixture.simulator.admin.truncateTree(fixture.repository, sha);
    expect((await get('/git/trees/main?recursive=1')).json).toMatchObject({ truncated: true });
  });
});

describe('a review', () => {
  it('may be moved to the new head after a force-push', async () => {
    const { admin } = fixture.simulator;
    const pull = await openPull('moved');
    const given = admin.addReviews(fixture.repository, pull.number, [{ user: fixture.reviewer, state: 'APPROVED' }]);
    const before = pull.head.sha;
    fixture.clock.advance(60_000);
    await admin.growBranch(fixture.repository, { branch: 'moved', author: fixture.author, commits: 1 });
    expect(pull.head.sha).not.toBe(before);
    expect((await get(`/pulls/${String(pull.number)}/reviews`)).json).toMatchObject([{ commit_id: before }]);
    for (const review of given) admin.reanchorReview(fixture.repository, pull.number, review.id);
    expect((await get(`/pulls/${String(pull.number)}/reviews`)).json).toMatchObject([{ commit_id: pull.head.sha }]);
    expect((await eventsOf(pull)).map(({ event }) => event)).toContain('head_ref_force_pushed');
  });
});

describe('a run on record', () => {
  it('shows each attempt with the jobs it ran and kept, and stays as old as its first', async () => {
    const { admin } = fixture.simulator;
    const pull = await openPull('tested');
    const createdAt = new Date(fixture.clock.now()).toISOString().replace('.000Z', 'Z');
    const run = admin.addRun(fixture.repository, { workflow: '.github/workflows/test.yml', event: 'pull_request', headSha: pull.head.sha, headBranch: 'tested', pulls: [pull.number], user: fixture.author, jobs: [{ name: 'unit', conclusion: 'success' }, { name: 'lint', conclusion: 'failure' }], referencedWorkflows: [{ path: 'acme/shop/.github/workflows/called.yml', sha: pull.head.sha }] });
    fixture.clock.advance(60_000);
    admin.addAttempt(fixture.repository, run, { user: fixture.reviewer, jobs: [{ name: 'lint', conclusion: 'success' }] });
    const at = `/actions/runs/${String(run.id)}`;
    expect((await get(at)).json).toMatchObject({ run_attempt: 2, conclusion: 'success', created_at: createdAt, triggering_actor: { login: 'grace' }, referenced_workflows: [{}], pull_requests: [{ number: pull.number }], head_repository: { full_name: 'acme/shop' } });
    expect((await get(`${at}/attempts/1`)).json).toMatchObject({ run_attempt: 1, conclusion: 'failure', triggering_actor: { login: 'ada' } });
    expect((await get(`${at}/jobs`)).json).toMatchObject({ jobs: [{ name: 'unit', run_attempt: 1 }, { name: 'lint', run_attempt: 2, conclusion: 'success' }] });
    expect((await get(`${at}/attempts/1/jobs`)).json).toMatchObject({ jobs: [{ name: 'unit' }, { name: 'lint', conclusion: 'failure' }] });
    const [forged] = admin.addChecks(fixture.repository, [{ name: 'unit', headSha: pull.head.sha, conclusion: 'success' }]);
    expect(forged?.suite).toBe(run.suite);
  });
});

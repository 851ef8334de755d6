import { createSign } from 'node:crypto';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noreplyEmail } from './git/identity.ts';
import { startFixture, wednesday, type Answer, type Fixture } from './simulator-fixture.ts';
import type { User } from './world/world.ts';

const run = promisify(execFile);
let fixture: Fixture;
let clone: string;

beforeEach(async () => {
  fixture = await startFixture();
  clone = await mkdtemp(join(tmpdir(), 'simulator-clone-'));
});
afterEach(async () => {
  const mismatches = fixture.simulator.contractMismatches();
  await fixture.stop();
  await rm(clone, { recursive: true, force: true });
  expect(mismatches).toEqual([]);
});

async function git(...args: string[]): Promise<string> {
  const environment = { PATH: process.env['PATH'] ?? '', HOME: clone, GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0' };
  const { stdout, stderr } = await run('git', args, { cwd: clone, env: environment });
  return stdout + stderr;
}

async function refusedGit(...args: string[]): Promise<string> {
  try {
    await git(...args);
  } catch (error) {
    return (error as { stderr: string }).stderr;
  }
  throw new Error(`git ${args.join(' ')} was not refused`);
}

async function cloneAs(user: User, token: string): Promise<void> {
  await git('clone', '--quiet', fixture.simulator.gitUrl(fixture.repository, token), '.');
  await git('config', 'user.name', user.login);
  await git('config', 'user.email', noreplyEmail(user));
}

async function commit(name: string, text: string): Promise<string> {
  await writeFile(join(clone, name), text);
  await git('add', name);
  await git('commit', '--quiet', '-m', `Change ${name}`);
  return (await git('rev-parse', 'HEAD')).trim();
}

async function openPull(): Promise<{ head: string; number: number }> {
  await cloneAs(fixture.author, fixture.tokens.author);
  await git('checkout', '--quiet', '-b', 'change');
  const head = await commit('new.txt', 'new\n');
  await git('push', '--quiet', 'origin', 'change');
  const opened = await fixture.call(fixture.tokens.author, 'POST', '/repos/acme/shop/pulls', { title: 'A change', head: 'change', base: 'main' });
  expect(opened.status).toBe(201);
  return { head, number: (opened.json as { number: number }).number };
}

async function ruleset(body: Record<string, unknown>): Promise<void> {
  const made = await fixture.call(fixture.tokens.admin, 'POST', '/repos/acme/shop/rulesets', { name: 'guard', enforcement: 'active', ...body });
  expect(made.status).toBe(201);
}

function jwt(expiresInSeconds = 300): string {
  const now = Math.floor(fixture.clock.now() / 1000);
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iss: fixture.app.id, iat: now - 30, exp: now + expiresInSeconds })}`;
  return `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(fixture.appKey).toString('base64url')}`;
}

async function installationToken(): Promise<string> {
  const answer = await fixture.call(jwt(), 'POST', `/app/installations/${String(fixture.app.installationId)}/access_tokens`);
  expect(answer.status).toBe(201);
  return (answer.json as { token: string }).token;
}

const messageOf = (answer: Answer): string => (answer.json as { message: string }).message;
const check = (app: number, name: string, sha: string): void => {
  const id = fixture.simulator.context.nextId();
  fixture.repository.checkRuns.push({ id, suite: 1, headSha: sha, app, name, status: 'completed', conclusion: 'success', externalId: '', detailsUrl: '', startedAt: wednesday, completedAt: wednesday, output: { title: null, summary: null, text: null, annotations: [] }, job: null });
};

describe('tags behind a ruleset', () => {
  const guarded = (): Promise<void> =>
    ruleset({
      target: 'tag',
      bypass_actors: [{ actor_id: fixture.app.id, actor_type: 'Integration', bypass_mode: 'always' }],
      conditions: { ref_name: { include: ['refs/tags/promote/**'], exclude: [] } },
      rules: [{ type: 'creation' }, { type: 'update' }, { type: 'deletion' }],
    });

  it("refuses a developer's push in GitHub's words and leaves no tag", async () => {
    await guarded();
    await cloneAs(fixture.author, fixture.tokens.author);
    await git('tag', 'promote/production/9');
    const said = await refusedGit('push', 'origin', 'refs/tags/promote/production/9');
    expect(said).toContain('remote: error: GH013: Repository rule violations found for refs/tags/promote/production/9.');
    expect(said).toContain('Cannot create ref due to creations being restricted.');
    expect(said).toContain('! [remote rejected] promote/production/9');
    const tags = await fixture.call(fixture.tokens.author, 'GET', '/repos/acme/shop/git/matching-refs/tags/promote/');
    expect(tags.json).toEqual([]);
  });

  it("refuses a developer's tag through REST as well", async () => {
    await guarded();
    const tip = await fixture.call(fixture.tokens.author, 'GET', '/repos/acme/shop/git/ref/heads/main');
    const { sha } = (tip.json as { object: { sha: string } }).object;
    const made = await fixture.call(fixture.tokens.author, 'POST', '/repos/acme/shop/git/refs', { ref: 'refs/tags/promote/production/9', sha });
    expect(made.status).toBe(422);
    expect(messageOf(made)).toContain('Cannot create ref due to creations being restricted.');
  });

  it('lets the App that bypasses make an annotated tag, once', async () => {
    await guarded();
    const token = await installationToken();
    const tip = await fixture.call(token, 'GET', '/repos/acme/shop/git/ref/heads/main');
    const { sha } = (tip.json as { object: { sha: string } }).object;
    const tag = await fixture.call(token, 'POST', '/repos/acme/shop/git/tags', { tag: 'promote/production/9', message: 'Promote', object: sha, type: 'commit' });
    expect(tag.status).toBe(201);
    const ref = { ref: 'refs/tags/promote/production/9', sha: (tag.json as { sha: string }).sha };
    expect((await fixture.call(token, 'POST', '/repos/acme/shop/git/refs', ref)).status).toBe(201);
    expect(await fixture.call(token, 'POST', '/repos/acme/shop/git/refs', ref)).toMatchObject({ status: 422, json: { message: 'Reference already exists' } });
    const read = await fixture.call(token, 'GET', `/repos/acme/shop/git/tags/${ref.sha}`);
    expect(read.json).toMatchObject({ message: 'Promote', object: { sha, type: 'commit' } });
    await cloneAs(fixture.author, fixture.tokens.author);
    expect(await git('cat-file', '-t', 'promote/production/9')).toBe('tag\n');
  });
});

describe('pull requests', () => {
  it('record a force-push in activity and timeline and follow the branch', async () => {
    const { head, number } = await openPull();
    await git('commit', '--quiet', '--amend', '-m', 'Other words');
    await git('push', '--quiet', '--force', 'origin', 'change');
    const moved = (await git('rev-parse', 'HEAD')).trim();
    const activity = await fixture.call(fixture.tokens.author, 'GET', '/repos/acme/shop/activity?ref=refs/heads/change');
    expect(activity.json).toMatchObject([{ activity_type: 'force_push', before: head, after: moved, actor: { login: 'ada' } }, { activity_type: 'branch_creation' }]);
    const timeline = await fixture.call(fixture.tokens.author, 'GET', `/repos/acme/shop/issues/${String(number)}/timeline`);
    expect((timeline.json as { event: string }[]).map((entry) => entry.event)).toContain('head_ref_force_pushed');
    const pull = await fixture.call(fixture.tokens.author, 'GET', `/repos/acme/shop/pulls/${String(number)}`);
    expect(pull.json).toMatchObject({ head: { sha: moved }, commits: 1, mergeable: true, mergeable_state: 'clean' });
    const commits = await fixture.call(fixture.tokens.author, 'GET', `/repos/acme/shop/pulls/${String(number)}/commits`);
    expect(commits.json).toMatchObject([{ sha: moved, author: { login: 'ada' } }]);
    const files = await fixture.call(fixture.tokens.author, 'GET', `/repos/acme/shop/pulls/${String(number)}/files`);
    expect(files.json).toMatchObject([{ filename: 'new.txt', status: 'added', additions: 1 }]);
  });

  it('take an approval from a reviewer but not from the author', async () => {
    const { head, number } = await openPull();
    const path = `/repos/acme/shop/pulls/${String(number)}/reviews`;
    expect(await fixture.call(fixture.tokens.author, 'POST', path, { event: 'APPROVE' })).toMatchObject({ status: 422, json: { errors: ['Can not approve your own pull request'] } });
    expect((await fixture.call(fixture.tokens.reviewer, 'POST', path, { event: 'APPROVE' })).status).toBe(200);
    const listed = await fixture.call(fixture.tokens.author, 'GET', path);
    expect(listed.json).toMatchObject([{ state: 'APPROVED', commit_id: head, user: { login: 'grace' } }]);
  });

  it('merge only when the check of the named App is green', async () => {
    await ruleset({
      conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
      rules: [{ type: 'required_status_checks', parameters: { strict_required_status_checks_policy: false, required_status_checks: [{ context: 'sallyport/merge', integration_id: fixture.app.id }] } }],
    });
    const { head, number } = await openPull();
    const merge = (): Promise<Answer> => fixture.call(fixture.tokens.author, 'PUT', `/repos/acme/shop/pulls/${String(number)}/merge`, {});
    const refused = await merge();
    expect(refused.status).toBe(405);
    expect(messageOf(refused)).toContain('Required status check "sallyport/merge" is expected.');
    check(15368, 'sallyport/merge', head);
    expect((await merge()).status).toBe(405);
    check(fixture.app.id, 'sallyport/merge', head);
    const merged = await merge();
    expect(merged.json).toMatchObject({ merged: true });
    const sha = (merged.json as { sha: string }).sha;
    const of = await fixture.call(fixture.tokens.author, 'GET', `/repos/acme/shop/commits/${sha}/pulls`);
    expect(of.json).toMatchObject([{ number, merge_commit_sha: sha, head: { sha: head } }]);
    const activity = await fixture.call(fixture.tokens.author, 'GET', '/repos/acme/shop/activity?ref=refs/heads/main');
    expect(activity.json).toMatchObject([{ activity_type: 'pr_merge', after: sha }, { activity_type: 'branch_creation' }]);
    const again = await merge();
    expect(again).toMatchObject({ status: 405, json: { message: 'Pull Request is not mergeable' } });
  });

  it('refuse a merge from a stale base when the policy is strict', async () => {
    await ruleset({
      conditions: { ref_name: { include: ['refs/heads/main'], exclude: [] } },
      bypass_actors: [{ actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'always' }],
      rules: [{ type: 'required_status_checks', parameters: { strict_required_status_checks_policy: true, required_status_checks: [{ context: 'test' }] } }],
    });
    const { head, number } = await openPull();
    check(15368, 'test', head);
    await git('checkout', '--quiet', 'main');
    await commit('other.txt', 'other\n');
    await git('push', '--quiet', fixture.simulator.gitUrl(fixture.repository, fixture.tokens.admin), 'main');
    const path = `/repos/acme/shop/pulls/${String(number)}`;
    const stale = await fixture.call(fixture.tokens.author, 'PUT', `${path}/merge`, {});
    expect(stale.status).toBe(405);
    expect(messageOf(stale)).toContain('not up to date');
    expect((await fixture.call(fixture.tokens.author, 'PUT', `${path}/update-branch`, {})).status).toBe(202);
    const now = await fixture.call(fixture.tokens.author, 'GET', path);
    check(15368, 'test', (now.json as { head: { sha: string } }).head.sha);
    expect((await fixture.call(fixture.tokens.author, 'PUT', `${path}/merge`, { merge_method: 'squash' })).status).toBe(200);
  });

  it('are the only way into a branch that asks for them', async () => {
    await ruleset({
      conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
      rules: [
        {
          type: 'pull_request',
          parameters: { required_approving_review_count: 1, dismiss_stale_reviews_on_push: false, require_code_owner_review: false, require_last_push_approval: false, required_review_thread_resolution: false },
        },
      ],
    });
    const { number } = await openPull();
    expect(await refusedGit('push', 'origin', 'change:main')).toContain('Changes must be made through a pull request.');
    const merge = (): Promise<Answer> => fixture.call(fixture.tokens.author, 'PUT', `/repos/acme/shop/pulls/${String(number)}/merge`, {});
    expect(messageOf(await merge())).toContain('At least 1 approving review is required');
    await fixture.call(fixture.tokens.reviewer, 'POST', `/repos/acme/shop/pulls/${String(number)}/reviews`, { event: 'APPROVE' });
    expect((await merge()).status).toBe(200);
  });
});

describe('pushes', () => {
  it('of several refs move those that may and name those that may not', async () => {
    await ruleset({ target: 'tag', conditions: { ref_name: { include: ['refs/tags/v*'], exclude: [] } }, rules: [{ type: 'creation' }] });
    await cloneAs(fixture.author, fixture.tokens.author);
    await commit('a.txt', 'a\n');
    await git('tag', 'v1');
    const said = await refusedGit('push', 'origin', 'HEAD:refs/heads/work', 'v1', 'HEAD:refs/pull/1/head');
    expect(said).toContain('[new branch]');
    expect(said).toContain('v1 -> v1 (push declined due to repository rule violations)');
    expect(said).toContain('deny updating a hidden ref');
  });

  it('delete a branch, which stays in the activity', async () => {
    await cloneAs(fixture.author, fixture.tokens.author);
    await git('checkout', '--quiet', '-b', 'work');
    const first = await commit('a.txt', 'a\n');
    await git('push', '--quiet', 'origin', 'work');
    await git('push', '--quiet', 'origin', ':work');
    const activity = await fixture.call(fixture.tokens.author, 'GET', '/repos/acme/shop/activity?ref=work');
    expect(activity.json).toMatchObject([{ activity_type: 'branch_deletion', before: first, after: '0'.repeat(40) }, { activity_type: 'branch_creation' }]);
  });

  it('by a reader are refused', async () => {
    const reader = fixture.simulator.admin.createUser('reader');
    fixture.simulator.admin.setRole(fixture.repository, reader, 'read');
    await cloneAs(reader, fixture.simulator.admin.createToken(reader));
    await commit('a.txt', 'a\n');
    expect(await refusedGit('push', 'origin', 'HEAD:work')).toContain('403');
  });

  it('carry a large body, which git compresses or sends in pieces', async () => {
    await cloneAs(fixture.author, fixture.tokens.author);
    const noise = Array.from({ length: 200_000 }, (_, line) => `${String(line * 7919)}\n`).join('');
    const sha = await commit('large.txt', noise);
    await git('push', '--quiet', 'origin', 'HEAD:large');
    const ref = await fixture.call(fixture.tokens.author, 'GET', '/repos/acme/shop/git/ref/heads/large');
    expect(ref.json).toMatchObject({ object: { sha } });
  });
});

describe('the App', () => {
  it('gets a token for its installation and is refused with an expired JWT', async () => {
    const token = jwt();
    const path = `/app/installations/${String(fixture.app.installationId)}/access_tokens`;
    expect((await fixture.call(token, 'POST', path)).status).toBe(201);
    fixture.clock.advance(301_000);
    const late = await fixture.call(token, 'POST', path);
    expect(late.status).toBe(401);
    expect(messageOf(late)).toContain("'Expiration time' claim ('exp')");
  });

  it('loses its installation token after an hour', async () => {
    const token = await installationToken();
    expect((await fixture.call(token, 'GET', '/repos/acme/shop')).status).toBe(200);
    fixture.clock.advance(3_600_000);
    expect(await fixture.call(token, 'GET', '/repos/acme/shop')).toMatchObject({ status: 401, json: { message: 'Bad credentials' } });
  });

  it('may do only what it was granted', async () => {
    const token = await installationToken();
    const refused = await fixture.call(token, 'POST', '/repos/acme/shop/rulesets', { name: 'x', enforcement: 'active' });
    expect(refused).toMatchObject({ status: 403, json: { message: 'Resource not accessible by integration' } });
  });
});

describe('requests', () => {
  it.each([
    ['nobody', null, 401, 'Requires authentication'],
    ['a wrong token', 'ghp_wrong', 401, 'Bad credentials'],
  ] as const)('by %s are refused', async (_, token, status, message) => {
    expect(await fixture.call(token, 'GET', '/repos/acme/shop')).toMatchObject({ status, json: { message } });
  });

  it('with a broken body are refused before anything happens', async () => {
    const headers = { authorization: `Bearer ${fixture.tokens.author}`, 'content-type': 'application/json' };
    const answer = await fetch(`${fixture.simulator.url}/repos/acme/shop/issues`, { method: 'POST', headers, body: '{"title": ' });
    expect([answer.status, await answer.json()]).toMatchObject([400, { message: 'Problems parsing JSON' }]);
    expect(fixture.repository.issues.size).toBe(0);
  });

  it('are seen by observers once answered, and by listeners before', async () => {
    const seen: string[] = [];
    const forget = fixture.simulator.beforeRequest(({ method, path }) => { seen.push(`${method} ${path}`); });
    fixture.simulator.observe((exchange) => { seen.push(String(exchange.status)); });
    await fixture.call(fixture.tokens.author, 'GET', '/user');
    forget();
    await fixture.call(fixture.tokens.author, 'GET', '/user');
    expect(seen).toEqual(['GET /user', '200', '200']);
  });

  it('held by a listener do not keep the simulator from stopping', async () => {
    const held = new Promise<void>((seen) => {
      fixture.simulator.beforeRequest(() => {
        seen();
        return new Promise(() => undefined);
      });
    });
    const request = fixture.call(fixture.tokens.author, 'GET', '/user');
    const failed = expect(request).rejects.toThrow();
    await held;
    await fixture.simulator.stop();
    await failed;
    await expect(fetch(fixture.simulator.url)).rejects.toThrow();
  });

  it('by a stranger find nothing', async () => {
    const stranger = fixture.simulator.admin.createToken(fixture.simulator.admin.createUser('mallory'));
    expect((await fixture.call(stranger, 'GET', '/repos/acme/shop')).status).toBe(404);
    expect((await fixture.call(stranger, 'GET', '/repos/acme/nothing')).status).toBe(404);
    expect(await refusedGit('clone', fixture.simulator.gitUrl(fixture.repository, stranger), '.')).toContain('not found');
  });

  it('are paged, newest issue first, with links to the other pages', async () => {
    for (let n = 1; n <= 5; n += 1) await fixture.call(fixture.tokens.author, 'POST', '/repos/acme/shop/issues', { title: `Issue ${String(n)}`, labels: ['bug'] });
    const second = await fixture.call(fixture.tokens.author, 'GET', '/repos/acme/shop/issues?labels=bug&per_page=2&page=2');
    expect((second.json as { title: string }[]).map((issue) => issue.title)).toEqual(['Issue 3', 'Issue 2']);
    const link = second.headers.get('link') ?? '';
    expect(link).toContain(`<${fixture.simulator.url}/repos/acme/shop/issues?labels=bug&per_page=2&page=3>; rel="next"`);
    expect(link).toContain('rel="prev"');
    expect(link).toContain('rel="last"');
  });

  it('get the simulated date, and 304 for what has not changed', async () => {
    const first = await fixture.call(fixture.tokens.author, 'GET', '/repos/acme/shop/contents/README.md');
    expect(first.headers.get('date')).toBe('Wed, 18 Nov 2026 09:00:00 GMT');
    const etag = first.headers.get('etag') ?? '';
    const again = await fixture.call(fixture.tokens.author, 'GET', '/repos/acme/shop/contents/README.md', undefined, { 'if-none-match': etag });
    expect(again).toMatchObject({ status: 304, json: null });
  });

  it.each([
    ['server-error', { status: 502 }],
    ['secondary-limit', { status: 403, json: { message: expect.stringContaining('secondary rate limit') as string } }],
  ] as const)('meet the fault %s as often as told', async (kind, expected) => {
    fixture.simulator.faults.add({ when: ({ path }) => path === '/user', kind, times: 1 });
    expect(await fixture.call(fixture.tokens.author, 'GET', '/user')).toMatchObject(expected);
    expect((await fixture.call(fixture.tokens.author, 'GET', '/user')).status).toBe(200);
  });

  it.each(['drop-before', 'drop-after', 'half-body'] as const)('break off under the fault %s', async (kind) => {
    fixture.simulator.faults.add({ when: ({ path }) => path.endsWith('/issues'), kind, times: 1 });
    await expect(fixture.call(fixture.tokens.author, 'POST', '/repos/acme/shop/issues', { title: 'Lost answer' })).rejects.toThrow();
    expect(fixture.repository.issues.size).toBe(kind === 'drop-before' ? 0 : 1);
  });

  it('are answered with a page of HTML, or late, when told so', async () => {
    fixture.simulator.faults.add({ when: ({ path }) => path === '/user', kind: 'html', times: 1 });
    await expect(fixture.call(fixture.tokens.author, 'GET', '/user')).rejects.toThrow('not valid JSON');
    const remove = fixture.simulator.faults.add({ when: () => true, kind: 'slow', delayMilliseconds: 150 });
    const startedAt = performance.now();
    await fixture.call(fixture.tokens.author, 'GET', '/user');
    expect(performance.now() - startedAt).toBeGreaterThan(140);
    remove();
  });
});

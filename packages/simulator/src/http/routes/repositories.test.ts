import { createSign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixture, type Answer, type Fixture } from '../../simulator-fixture.ts';
import type { RoleName } from '../../world/world.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(async () => {
  const mismatches = fixture.simulator.contractMismatches();
  await fixture.stop();
  expect(mismatches).toEqual([]);
});

const repository = '/repos/acme/shop';
const get = (path: string): Promise<Answer> => fixture.call(fixture.tokens.author, 'GET', path);

describe('a repository', () => {
  it('says what it is and what its branches are', async () => {
    expect((await get(repository)).json).toMatchObject({ full_name: 'acme/shop', default_branch: 'main', private: true, permissions: { push: true, admin: false } });
    expect((await get(`${repository}/branches`)).json).toMatchObject([{ name: 'main', protected: false }]);
    expect((await get(`${repository}/branches/main`)).json).toMatchObject({ name: 'main', commit: { commit: { message: 'Initial commit' }, author: { login: 'root' } } });
    expect((await get(`${repository}/branches/nothing`)).status).toBe(404);
  });

  it.each<[RoleName, string]>([
    ['read', 'read'],
    ['triage', 'read'],
    ['write', 'write'],
    ['maintain', 'write'],
    ['admin', 'admin'],
  ])('folds the role %s into the permission %s, and names the role beside it', async (role, permission) => {
    const user = fixture.simulator.admin.createUser(`with-${role}`);
    fixture.simulator.admin.setRole(fixture.repository, user, role);
    expect((await get(`${repository}/collaborators/${user.login}/permission`)).json).toMatchObject({ permission, role_name: role });
  });

  it('gives strangers the permission none and lists only collaborators', async () => {
    fixture.simulator.admin.createUser('stranger');
    expect((await get(`${repository}/collaborators/stranger/permission`)).json).toMatchObject({ permission: 'none', role_name: 'none' });
    const people = (await get(`${repository}/collaborators?per_page=100`)).json as { login: string }[];
    expect(people.map((person) => person.login)).toContain('ada');
    expect(people.map((person) => person.login)).not.toContain('stranger');
  });

  it('lists, shows and compares commits', async () => {
    const [tip] = (await get(`${repository}/commits?sha=main`)).json as { sha: string; commit: { tree: { sha: string } } }[];
    const head = tip?.sha ?? '';
    const commit = await fixture.call(fixture.tokens.author, 'POST', `${repository}/git/commits`, { message: 'Next', tree: tip?.commit.tree.sha, parents: [head], author: { name: 'Somebody', email: 'somebody@example.org' } });
    const next = (commit.json as { sha: string }).sha;
    await fixture.call(fixture.tokens.author, 'POST', `${repository}/git/refs`, { ref: 'refs/heads/next', sha: next });
    expect((await get(`${repository}/commits/${next}`)).json).toMatchObject({ author: null, commit: { author: { name: 'Somebody' } }, stats: { total: 0 } });
    expect((await get(`${repository}/commits/main`)).json).toMatchObject({ sha: head, files: [{ filename: 'README.md', status: 'added', additions: 1 }, { filename: 'src/app.js' }] });
    expect((await get(`${repository}/compare/main...next`)).json).toMatchObject({ status: 'ahead', ahead_by: 1, behind_by: 0, commits: [{ sha: next }], merge_base_commit: { sha: head } });
    expect((await get(`${repository}/compare/next...main`)).json).toMatchObject({ status: 'behind' });
    expect((await get(`${repository}/commits/${'0'.repeat(40)}`)).status).toBe(422);
  });
});

describe('rulesets', () => {
  const body = {
    name: 'guard',
    target: 'branch',
    enforcement: 'active',
    bypass_actors: [{ actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'always' }],
    conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
    rules: [{ type: 'deletion' }],
  };

  it('are made, read, changed and removed by admins, and effective on the branches they cover', async () => {
    const made = await fixture.call(fixture.tokens.admin, 'POST', `${repository}/rulesets`, body);
    const path = `${repository}/rulesets/${String((made.json as { id: number }).id)}`;
    expect((await fixture.call(fixture.tokens.admin, 'GET', path)).json).toMatchObject({ bypass_actors: body.bypass_actors });
    expect((await get(path)).json).not.toHaveProperty('bypass_actors');
    expect((await get(`${repository}/rules/branches/main`)).json).toMatchObject([{ type: 'deletion', ruleset_source: 'acme/shop' }]);
    expect((await get(`${repository}/rules/branches/other`)).json).toEqual([]);
    expect((await fixture.call(fixture.tokens.author, 'DELETE', `${repository}/git/refs/heads/main`)).status).toBe(422);
    expect((await fixture.call(fixture.tokens.admin, 'PUT', path, { enforcement: 'disabled' })).json).toMatchObject({ enforcement: 'disabled', rules: body.rules });
    expect((await get(`${repository}/rules/branches/main`)).json).toEqual([]);
    expect((await get(`${repository}/rulesets`)).json).toHaveLength(1);
    expect((await fixture.call(fixture.tokens.author, 'DELETE', path)).status).toBe(403);
    expect((await fixture.call(fixture.tokens.admin, 'DELETE', path)).status).toBe(204);
    expect((await get(path)).status).toBe(404);
  });

  it('are refused when they hold a rule the simulator does not enforce', async () => {
    expect((await fixture.call(fixture.tokens.admin, 'POST', `${repository}/rulesets`, { ...body, rules: [{ type: 'required_signatures' }] })).status).toBe(422);
  });
});

describe('accounts', () => {
  it('are users, teams and memberships', async () => {
    const member = fixture.simulator.admin.createUser('lead');
    const team = fixture.simulator.admin.createTeam('acme', 'security', [member]);
    team.members.set(fixture.author.id, 'pending');
    expect((await get('/user')).json).toMatchObject({ login: 'ada' });
    expect((await get('/users/lead')).json).toMatchObject({ login: 'lead', id: member.id });
    expect((await get('/users/nobody')).status).toBe(404);
    expect((await get('/orgs/acme/teams/security/members')).json).toMatchObject([{ login: 'lead' }]);
    expect((await get('/orgs/acme/teams/security/memberships/lead')).json).toMatchObject({ state: 'active' });
    expect((await get('/orgs/acme/teams/security/memberships/ada')).json).toMatchObject({ state: 'pending' });
    expect((await get('/orgs/acme/teams/security/memberships/grace')).status).toBe(404);
  });

  it('include the App, by its own JWT', async () => {
    const now = Math.floor(fixture.clock.now() / 1000);
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const unsigned = `${part({ alg: 'RS256' })}.${part({ iss: String(fixture.app.id), iat: now, exp: now + 60 })}`;
    const jwt = `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(fixture.appKey).toString('base64url')}`;
    expect((await fixture.call(jwt, 'GET', '/app')).json).toMatchObject({ id: fixture.app.id, slug: 'sallyport' });
    expect((await fixture.call(jwt, 'GET', '/app/installations')).json).toMatchObject([{ id: fixture.app.installationId, account: { login: 'acme' } }]);
    expect((await fixture.call(jwt, 'GET', `${repository}/installation`)).json).toMatchObject({ id: fixture.app.installationId });
    const forged = `${unsigned}.${Buffer.from('no signature').toString('base64url')}`;
    expect((await fixture.call(forged, 'GET', '/app')).status).toBe(401);
    const path = `/app/installations/${String(fixture.app.installationId)}/access_tokens`;
    const narrowed = await fixture.call(jwt, 'POST', path, { permissions: { contents: 'read' } });
    expect(narrowed.json).toMatchObject({ permissions: { contents: 'read' } });
    const { token } = narrowed.json as { token: string };
    expect((await fixture.call(token, 'POST', `${repository}/git/blobs`, { content: 'x' })).status).toBe(403);
    expect((await fixture.call(jwt, 'POST', path, { permissions: { administration: 'write' } })).status).toBe(422);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixture, type Answer, type Fixture } from '../../simulator-fixture.ts';
import type { User } from '../../world/world.ts';

let fixture: Fixture;
let owner: User;
let owners: string;
let main: string;
beforeAll(async () => {
  fixture = await startFixture();
  owner = fixture.simulator.admin.createUser('boss');
  fixture.simulator.world.organizations.get('acme')?.owners.add(owner.id);
  owners = fixture.simulator.admin.createToken(owner);
  main = ((await call('GET', '/git/ref/heads/main')).json as { object: { sha: string } }).object.sha;
});
afterAll(async () => {
  const mismatches = fixture.simulator.contractMismatches();
  await fixture.stop();
  expect(mismatches).toEqual([]);
});

const shop = '/repos/acme/shop';
const call = (method: string, path: string, body?: unknown, token = fixture.tokens.admin): Promise<Answer> => fixture.call(token, method, `${shop}${path}`, body);
const createTag = (name: string, token: string): Promise<Answer> => call('POST', '/git/refs', { ref: `refs/tags/${name}`, sha: main }, token);
const suites = async (query: string): Promise<unknown> => (await call('GET', `/rulesets/rule-suites?${query}`)).json;
const guard = (bypass_actors: readonly object[]) => ({ name: 'promotions', target: 'tag', enforcement: 'active', bypass_actors, conditions: { ref_name: { include: ['refs/tags/promote/**'], exclude: [] } }, rules: [{ type: 'creation' }] });

describe('rule suites', () => {
  it('tell who passed, who failed and who bypassed, newest first', async () => {
    await call('POST', '/rulesets', guard([{ actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'always' }]));
    expect((await createTag('promote/production/1', fixture.tokens.author)).status).toBe(422);
    expect((await createTag('promote/production/1', fixture.tokens.admin)).status).toBe(201);
    await createTag('v1', fixture.tokens.author);
    expect(await suites('')).toMatchObject([
      { result: 'bypass', actor_name: 'root', ref: 'refs/tags/promote/production/1', before_sha: '0'.repeat(40), after_sha: main, pushed_at: '2026-11-18T09:00:00Z' },
      { result: 'fail', actor_name: 'ada' },
    ]);
    expect(await suites('rule_suite_result=bypass')).toHaveLength(1);
    expect(await suites('actor_name=ada&ref=promote%2Fproduction%2F1')).toMatchObject([{ result: 'fail' }]);
    expect(await suites('ref=refs%2Fheads%2Fmain')).toEqual([]);
    fixture.clock.advance(25 * 3_600_000);
    expect(await suites('')).toEqual([]);
    expect(await suites('time_period=week')).toHaveLength(2);
  });

  it('are the business of whoever edits rulesets', async () => {
    expect((await call('GET', '/rulesets/rule-suites', undefined, fixture.tokens.author)).status).toBe(403);
    const token = { kind: 'installation', app: fixture.app.id, expiresAt: fixture.clock.now() + 1000 } as const;
    fixture.simulator.world.tokens.set('ghs_reads', { ...token, permissions: { administration: 'read' } });
    fixture.simulator.world.tokens.set('ghs_writes', { ...token, permissions: { administration: 'write' } });
    expect((await call('GET', '/rulesets/rule-suites', undefined, 'ghs_reads')).status).toBe(403);
    expect((await call('GET', '/rulesets/rule-suites', undefined, 'ghs_writes')).status).toBe(200);
  });

  it('do not exist for those who are exempt, nor let them pass another ruleset', async () => {
    await call('POST', '/rulesets', guard([{ actor_id: fixture.author.id, actor_type: 'User', bypass_mode: 'exempt' }]));
    const before = fixture.repository.ruleSuites.length;
    // The first ruleset still binds.
    expect((await createTag('promote/production/2', fixture.tokens.author)).status).toBe(422);
    fixture.repository.rulesets.shift();
    expect((await createTag('promote/production/2', fixture.tokens.author)).status).toBe(201);
    expect(fixture.repository.ruleSuites).toHaveLength(before + 1);
  });
});

describe('bypass actors', () => {
  it('are also deploy keys and enterprise owners, whom nobody here is', async () => {
    const { json } = await call('POST', '/rulesets', guard([{ actor_id: null, actor_type: 'DeployKey', bypass_mode: 'always' }, { actor_id: null, actor_type: 'EnterpriseOwner', bypass_mode: 'always' }]));
    expect(json).toMatchObject({ bypass_actors: [{ actor_id: null, actor_type: 'DeployKey' }, { actor_id: null, actor_type: 'EnterpriseOwner' }] });
    expect((await createTag('promote/production/3', fixture.tokens.admin)).status).toBe(422);
  });
});

describe('an organisation', () => {
  it('tells its plan only to those who own it', async () => {
    expect((await fixture.call(owners, 'GET', '/orgs/acme')).json).toMatchObject({ login: 'acme', plan: { name: 'team' } });
    expect((await fixture.call(fixture.tokens.admin, 'GET', '/orgs/acme')).json).not.toHaveProperty('plan');
    expect((await fixture.call(fixture.tokens.admin, 'GET', '/orgs/ada')).status).toBe(404);
  });

  it('has rulesets that bind its repositories, and that their admins cannot touch', async () => {
    const ruleset = fixture.simulator.admin.addOrganizationRuleset('acme', { name: 'all mains', target: 'branch', enforcement: 'active', bypassActors: [{ actorId: 0, actorType: 'OrganizationAdmin', bypassMode: 'always' }], conditions: { include: ['~DEFAULT_BRANCH'], exclude: [] }, rules: [{ type: 'deletion' }] });
    fixture.simulator.admin.addOrganizationRuleset('acme', { name: 'elsewhere', target: 'branch', enforcement: 'active', bypassActors: [], conditions: { include: ['~ALL'], exclude: [] }, rules: [{ type: 'update' }], repositories: { include: ['other-*'] } });
    const path = `/rulesets/${String(ruleset.id)}`;
    const listed = async (query: string): Promise<readonly string[]> => ((await call('GET', `/rulesets${query}`)).json as { source_type: string }[]).map((one) => one.source_type);
    expect((await listed('')).filter((type) => type === 'Organization')).toHaveLength(1);
    expect(await listed('?includes_parents=false')).not.toContain('Organization');
    expect((await call('GET', path)).json).toMatchObject({ source_type: 'Organization', source: 'acme' });
    expect((await call('GET', path)).json).not.toHaveProperty('bypass_actors');
    expect((await call('GET', path, undefined, owners)).json).toMatchObject({ bypass_actors: [{ actor_type: 'OrganizationAdmin' }] });
    expect((await call('GET', '/rules/branches/main')).json).toMatchObject([{ type: 'deletion', ruleset_source_type: 'Organization', ruleset_source: 'acme' }]);
    expect((await call('PUT', path, { enforcement: 'disabled' })).status).toBe(404);
    expect((await call('DELETE', '/git/refs/heads/main')).status).toBe(422);
  });
});

describe('a repository', () => {
  it('shows its organisation, and to everybody what they may do', async () => {
    expect((await call('GET', '', undefined, owners)).json).toMatchObject({ organization: { login: 'acme' }, owner: { type: 'Organization' }, permissions: { admin: true } });
    fixture.simulator.world.tokens.set('ghs_contents', { kind: 'installation', app: fixture.app.id, permissions: { contents: 'write' }, expiresAt: fixture.clock.now() + 1000 });
    expect((await call('GET', '', undefined, 'ghs_contents')).json).toMatchObject({ permissions: { admin: false, push: true } });
  });

  it('is read only once it is archived', async () => {
    fixture.repository.archived = true;
    expect((await call('GET', '')).json).toMatchObject({ archived: true });
    expect(await call('POST', '/issues', { title: 'x' })).toMatchObject({ status: 403, json: { message: 'Repository was archived so is read-only.' } });
    const push = (service: string): Promise<number> => fetch(`${fixture.simulator.url}/acme/shop.git/info/refs?service=${service}`, { headers: { authorization: `Bearer ${fixture.tokens.admin}` } }).then(({ status }) => status);
    expect([await push('git-upload-pack'), await push('git-receive-pack')]).toEqual([200, 403]);
    fixture.repository.archived = false;
  });
});

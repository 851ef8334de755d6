import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFixture, type Answer, type Fixture } from '../../simulator-fixture.ts';
import { forbiddenActions } from '../allowed-actions.ts';
import { tokenPermissions } from '../token-permissions.ts';

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture();
});
afterEach(async () => {
  const mismatches = fixture.simulator.contractMismatches();
  await fixture.stop();
  expect(mismatches).toEqual([]);
});

const settings = '/repos/acme/shop/actions/permissions';
const get = (path: string): Promise<Answer> => fixture.call(fixture.tokens.admin, 'GET', path);
const put = (path: string, body: unknown, token = fixture.tokens.admin): Promise<Answer> => fixture.call(token, 'PUT', path, body);

describe('settings of GitHub Actions', () => {
  it('begin as those of a new repository', async () => {
    expect((await get(settings)).json).toEqual({ enabled: true, allowed_actions: 'all', sha_pinning_required: false });
    expect((await get(`${settings}/workflow`)).json).toEqual({ default_workflow_permissions: 'read', can_approve_pull_request_reviews: false });
  });

  it('are changed one by one', async () => {
    expect((await put(settings, { enabled: true, sha_pinning_required: true })).status).toBe(204);
    expect((await get(settings)).json).toEqual({ enabled: true, allowed_actions: 'all', sha_pinning_required: true });
    expect((await put(`${settings}/workflow`, { default_workflow_permissions: 'write' })).status).toBe(204);
    expect((await get(`${settings}/workflow`)).json).toEqual({ default_workflow_permissions: 'write', can_approve_pull_request_reviews: false });
  });

  it('have a selection only while the policy is selected', async () => {
    expect((await get(`${settings}/selected-actions`)).status).toBe(409);
    await put(settings, { enabled: true, allowed_actions: 'selected' });
    expect((await get(settings)).json).toMatchObject({ selected_actions_url: `${fixture.simulator.url}${settings}/selected-actions` });
    expect((await put(`${settings}/selected-actions`, { github_owned_allowed: false, patterns_allowed: ['docker/*'] })).status).toBe(204);
    expect((await get(`${settings}/selected-actions`)).json).toEqual({ github_owned_allowed: false, verified_allowed: true, patterns_allowed: ['docker/*'] });
  });

  it('are the business of admins and of Apps with Administration', async () => {
    for (const path of [settings, `${settings}/workflow`]) expect((await fixture.call(fixture.tokens.author, 'GET', path)).status).toBe(403);
    const reading = { kind: 'installation', app: fixture.app.id, permissions: { administration: 'read' }, expiresAt: fixture.clock.now() + 1000 } as const;
    fixture.simulator.world.tokens.set('ghs_read', reading);
    fixture.simulator.world.tokens.set('ghs_actions', { ...reading, permissions: { actions: 'write' } });
    expect((await fixture.call('ghs_read', 'GET', settings)).status).toBe(200);
    expect(await put(settings, { enabled: true }, 'ghs_read')).toMatchObject({ status: 403, json: { message: 'Resource not accessible by integration' } });
    expect((await fixture.call('ghs_actions', 'GET', settings)).status).toBe(403);
  });

  it('let a job make pull requests only where they say so', async () => {
    fixture.simulator.world.tokens.set('ghs_job', { kind: 'job', repository: 'acme/shop', runId: 1, permissions: { contents: 'write', pull_requests: 'write' }, revoked: false });
    const open = (): Promise<Answer> => fixture.call('ghs_job', 'POST', '/repos/acme/shop/pulls', { title: 'Next', head: 'next', base: 'main' });
    expect(await open()).toMatchObject({ status: 403, json: { message: 'GitHub Actions is not permitted to create or approve pull requests.' } });
    await put(`${settings}/workflow`, { can_approve_pull_request_reviews: true });
    // There is no branch `next`: now that is what is wrong.
    expect((await open()).status).toBe(422);
  });
});

describe('a job', () => {
  const sha = 'feedfacefeedfacefeedfacefeedfacefeedface';
  const naming = (...uses: string[]) => ({ steps: uses.map((one) => ({ uses: one })) }) as unknown as Parameters<typeof forbiddenActions>[1];

  it.each<[string, object, string, boolean]>([
    ['any action by default', {}, 'docker/login-action@v3', true],
    ['a pinned one where they must be', { shaPinningRequired: true }, `docker/login-action@${sha}`, true],
    ['none by tag where they must be pinned', { shaPinningRequired: true }, 'docker/login-action@v3', false],
    ['none by a short commit where they must be pinned', { shaPinningRequired: true }, 'docker/login-action@feedface', false],
    ['one of the workspace, always', { shaPinningRequired: true, allowed: 'local_only' }, './deploy', true],
    ['its owner\'s where only local ones are allowed', { allowed: 'local_only' }, 'acme/tools/lint@v1', true],
    ['nobody else\'s where only local ones are allowed', { allowed: 'local_only' }, 'actions/checkout@v5', false],
    ['GitHub\'s where they are selected', { allowed: 'selected' }, 'actions/checkout@v5', true],
    ['one that a pattern selects', { allowed: 'selected' }, 'docker/login-action/sub@v3', true],
    ['none that a pattern excludes', { allowed: 'selected' }, 'docker/build@v1', false],
    ['none that nothing selects', { allowed: 'selected' }, 'other/thing@v1', false],
  ])('may use %s', (_name, change, uses, allowed) => {
    Object.assign(fixture.repository.actions, { selected: { githubOwned: true, verified: true, patterns: ['docker/*', '!docker/build@*'] } }, change);
    expect(forbiddenActions(fixture.repository, naming(uses)) === null).toBe(allowed);
  });

  it('has what the settings say when its file declares nothing', () => {
    expect(tokenPermissions(undefined, undefined, false, 'read')).toEqual({ metadata: 'read', contents: 'read', packages: 'read' });
    expect(tokenPermissions(undefined, undefined, false, 'write')).toMatchObject({ contents: 'write', actions: 'write' });
    expect(tokenPermissions({ contents: 'read' }, undefined, false, 'write')).toEqual({ metadata: 'read', contents: 'read' });
    expect(tokenPermissions(undefined, undefined, true, 'write')).toMatchObject({ contents: 'read', actions: 'read' });
  });
});

import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFixture, type Answer, type Fixture } from '../../simulator-fixture.ts';

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture();
});
afterEach(async () => {
  const mismatches = fixture.simulator.contractMismatches();
  await fixture.stop();
  expect(mismatches).toEqual([]);
});

const production = '/repos/acme/shop/environments/production';
const custom = { deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } };
const call = (method: string, path: string, body?: unknown, token = fixture.tokens.admin): Promise<Answer> => fixture.call(token, method, path, body);

it('lets admins bypass an environment until it is told otherwise', async () => {
  expect((await call('PUT', production, custom)).json).toMatchObject({ can_admins_bypass: true });
  expect((await call('PUT', production, { ...custom, can_admins_bypass: false })).json).toMatchObject({ can_admins_bypass: false });
  expect((await call('PUT', production, custom)).json).toMatchObject({ can_admins_bypass: false });
  expect((await call('GET', '/repos/acme/shop/environments')).json).toMatchObject({ environments: [{ name: 'production', can_admins_bypass: false }] });
});

it('takes a tag policy away again', async () => {
  await call('PUT', production, custom);
  const { json } = await call('POST', `${production}/deployment-branch-policies`, { name: 'promote/production/*', type: 'tag' });
  const path = `${production}/deployment-branch-policies/${String((json as { id: number }).id)}`;
  expect((await call('DELETE', path, undefined, fixture.tokens.author)).status).toBe(403);
  expect((await call('DELETE', path)).status).toBe(204);
  expect((await call('DELETE', path)).status).toBe(404);
  expect((await call('GET', `${production}/deployment-branch-policies`)).json).toMatchObject({ total_count: 0 });
});

it('asks an App by a custom protection rule, once', async () => {
  await call('PUT', production, custom);
  const rules = `${production}/deployment_protection_rules`;
  const body = { integration_id: fixture.app.id };
  const made = await call('POST', rules, body);
  expect(made).toMatchObject({ status: 201, json: { enabled: true, app: { id: fixture.app.id, slug: 'sallyport' } } });
  expect((await call('POST', rules, body)).json).toEqual(made.json);
  expect((await call('GET', rules, undefined, fixture.tokens.author)).json).toEqual({ total_count: 1, custom_deployment_protection_rules: [made.json] });
  expect((await call('POST', rules, { integration_id: 1 })).status).toBe(404);
  expect((await call('DELETE', `${rules}/${String((made.json as { id: number }).id)}`)).status).toBe(204);
  expect((await call('GET', rules)).json).toMatchObject({ total_count: 0 });
});

it('knows no environment that nobody made', async () => {
  expect((await call('GET', `${production}/deployment_protection_rules`)).status).toBe(404);
});

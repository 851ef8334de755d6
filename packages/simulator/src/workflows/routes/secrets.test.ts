import sodium from 'libsodium-wrappers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secretsFor } from '../../secrets/secret-store.ts';
import { startFixture, type Answer, type Fixture } from '../../simulator-fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
  await call('PUT', '/repos/acme/shop/environments/production', {});
});
afterAll(async () => {
  const mismatches = fixture.simulator.contractMismatches();
  await fixture.stop();
  expect(mismatches).toEqual([]);
});

const call = (method: string, path: string, body?: unknown, token = fixture.tokens.admin): Promise<Answer> => fixture.call(token, method, path, body);
const at = '2026-11-18T09:00:00Z';

async function seal(place: string, value: string): Promise<{ key_id: string; encrypted_value: string }> {
  const { key, key_id: keyId } = (await call('GET', `${place}/public-key`)).json as { key: string; key_id: string };
  await sodium.ready;
  return { key_id: keyId, encrypted_value: Buffer.from(sodium.crypto_box_seal(value, Buffer.from(key, 'base64'))).toString('base64') };
}

describe.each(['/repos/acme/shop/actions/secrets', '/repos/acme/shop/environments/production/secrets'])('secrets at %s', (place) => {
  const inJob = (): Record<string, string> => secretsFor(fixture.repository, place.includes('production') ? (fixture.repository.environments.get('production') ?? null) : null);

  it('are sealed by whoever stores them, opened for jobs, and never told', async () => {
    expect((await call('PUT', `${place}/app_key`, await seal(place, 'first'))).status).toBe(201);
    expect((await call('PUT', `${place}/APP_KEY`, await seal(place, 'sécond\n'))).status).toBe(204);
    expect((await call('GET', place)).json).toEqual({ total_count: 1, secrets: [{ name: 'APP_KEY', created_at: at, updated_at: at }] });
    expect((await call('GET', `${place}/APP_KEY`)).json).toEqual({ name: 'APP_KEY', created_at: at, updated_at: at });
    expect(inJob()).toMatchObject({ APP_KEY: 'sécond\n' });
    expect((await call('DELETE', `${place}/APP_KEY`)).status).toBe(204);
    expect((await call('DELETE', `${place}/APP_KEY`)).status).toBe(404);
    expect(inJob()).toEqual({});
  });

  it('are refused when sealed for another key, or named as may not be', async () => {
    const good = await seal(place, 'x');
    const other = await seal(place.includes('production') ? '/repos/acme/shop/actions/secrets' : '/repos/acme/shop/environments/production/secrets', 'x');
    expect((await call('PUT', `${place}/APP_KEY`, { ...good, key_id: other.key_id })).status).toBe(422);
    expect((await call('PUT', `${place}/APP_KEY`, { ...other, key_id: good.key_id })).status).toBe(422);
    expect((await call('PUT', `${place}/GITHUB_KEY`, good)).status).toBe(422);
    expect((await call('GET', `${place}/APP_KEY`)).status).toBe(404);
  });
});

it('lets writers store the repository\'s secrets, admins the environment\'s, and readers none', async () => {
  const reader = fixture.simulator.admin.createUser('reader');
  fixture.simulator.admin.setRole(fixture.repository, reader, 'read');
  const readers = fixture.simulator.admin.createToken(reader);
  const [repository, environment] = ['/repos/acme/shop/actions/secrets', '/repos/acme/shop/environments/production/secrets'] as const;
  for (const place of [repository, environment]) {
    expect((await call('GET', `${place}/public-key`, undefined, readers)).status).toBe(200);
    expect((await call('GET', place, undefined, readers)).status).toBe(403);
    expect((await call('GET', place, undefined, fixture.tokens.author)).status).toBe(200);
  }
  expect((await call('PUT', `${repository}/A`, await seal(repository, 'x'), fixture.tokens.author)).status).toBe(201);
  expect((await call('PUT', `${environment}/A`, await seal(environment, 'x'), fixture.tokens.author)).status).toBe(403);
  fixture.simulator.world.tokens.set('ghs_secrets', { kind: 'installation', app: fixture.app.id, permissions: { secrets: 'write' }, expiresAt: fixture.clock.now() + 1000 });
  expect((await call('GET', repository, undefined, 'ghs_secrets')).status).toBe(200);
  expect(await call('GET', environment, undefined, 'ghs_secrets')).toMatchObject({ status: 403, json: { message: 'Resource not accessible by integration' } });
});

it('shows the organisation\'s secrets that a repository may see, and gives its own before them', async () => {
  const { admin } = fixture.simulator;
  admin.setOrganizationSecret('acme', 'EVERYWHERE', 'org');
  admin.setOrganizationSecret('acme', 'HERE', 'org', ['acme/shop']);
  admin.setOrganizationSecret('acme', 'ELSEWHERE', 'org', ['acme/other']);
  expect((await call('GET', '/repos/acme/shop/actions/organization-secrets')).json).toMatchObject({ total_count: 2, secrets: [{ name: 'EVERYWHERE' }, { name: 'HERE' }] });
  admin.setSecret(fixture.repository, 'HERE', 'repository');
  expect(secretsFor(fixture.repository, null)).toMatchObject({ EVERYWHERE: 'org', HERE: 'repository' });
});

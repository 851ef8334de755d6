import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixture, type Answer, type Fixture } from '../../simulator-fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(async () => {
  const mismatches = fixture.simulator.contractMismatches();
  await fixture.stop();
  expect(mismatches).toEqual([]);
});

const shop = '/repos/acme/shop';
const call = (method: string, path: string, body?: unknown, token = fixture.tokens.admin): Promise<Answer> => fixture.call(token, method, `${shop}${path}`, body);

it('says that releases are immutable only where they are, and only to admins', async () => {
  expect((await call('GET', '/immutable-releases')).status).toBe(404);
  expect((await call('PUT', '/immutable-releases', undefined, fixture.tokens.author)).status).toBe(403);
  expect((await call('PUT', '/immutable-releases')).status).toBe(204);
  expect((await call('GET', '/immutable-releases')).json).toEqual({ enabled: true, enforced_by_owner: false });
  expect(fixture.repository.immutableReleases).toBe(true);
  expect((await call('DELETE', '/immutable-releases')).status).toBe(204);
  expect((await call('GET', '/immutable-releases')).status).toBe(404);
});

describe('labels', () => {
  it('are made, changed and found by name, whatever its case', async () => {
    expect(await call('POST', '/labels', { name: 'sallyport-hold', color: 'B60205', description: 'Nothing is promoted' })).toMatchObject({ status: 201, json: { name: 'sallyport-hold', color: 'b60205' } });
    expect((await call('POST', '/labels', { name: 'Sallyport-Hold' })).status).toBe(422);
    expect((await call('POST', '/labels', { name: 'x', color: 'red' })).status).toBe(422);
    expect((await call('GET', '/labels/SALLYPORT-HOLD')).json).toMatchObject({ description: 'Nothing is promoted' });
    expect((await call('GET', '/labels/other')).status).toBe(404);
  });

  it('that an issue bears are labels too, and keep it when they are renamed', async () => {
    const issue = await call('POST', '/issues', { title: 'One', labels: ['release'] });
    const { number } = issue.json as { number: number };
    const before = (await call('GET', '/labels/release')).json as { id: number };
    expect((await call('PATCH', '/labels/release', { new_name: 'shipping', color: '0e8a16' })).json).toMatchObject({ id: before.id, name: 'shipping' });
    expect((await call('GET', `/issues/${String(number)}`)).json).toMatchObject({ labels: [{ name: 'shipping', color: '0e8a16', id: before.id }] });
    expect((await call('GET', '/labels')).json).toMatchObject([{ name: 'sallyport-hold' }, { name: 'shipping' }]);
  });

  it('are made by those who write', async () => {
    const triage = fixture.simulator.admin.createUser('triage');
    fixture.simulator.admin.setRole(fixture.repository, triage, 'triage');
    expect((await call('POST', '/labels', { name: 'y' }, fixture.simulator.admin.createToken(triage))).status).toBe(403);
    expect((await call('POST', '/labels', { name: 'y' }, fixture.tokens.author)).status).toBe(201);
  });
});

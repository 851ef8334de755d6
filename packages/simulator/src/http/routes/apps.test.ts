import { createSign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixture, type Answer, type Fixture } from '../../simulator-fixture.ts';

let fixture: Fixture;
let owners: string;
beforeAll(async () => {
  fixture = await startFixture();
  const owner = fixture.simulator.admin.createUser('boss');
  fixture.simulator.world.organizations.get('acme')?.owners.add(owner.id);
  owners = fixture.simulator.admin.createToken(owner);
});
afterAll(async () => {
  const mismatches = fixture.simulator.contractMismatches();
  await fixture.stop();
  expect(mismatches).toEqual([]);
});

const manifest = {
  name: 'Sallyport (Shop)',
  url: 'https://shop.example',
  redirect_url: 'http://127.0.0.1:9/back?from=here',
  hook_attributes: { url: 'https://shop.example/hook', active: false },
  default_permissions: { contents: 'write', checks: 'write' },
};
type Made = { readonly id: number; readonly slug: string; readonly pem: string; readonly client_id: string };

/** Sends a form as a browser does, signed in with a personal token. */
function submit(path: string, form: Readonly<Record<string, string>>, token: string | null): Promise<Response> {
  const signedIn = token === null ? {} : { authorization: `Basic ${Buffer.from(`person:${token}`).toString('base64')}` };
  return fetch(`${fixture.simulator.url}${path}`, { method: 'POST', redirect: 'manual', headers: signedIn, body: new URLSearchParams(form) });
}
const begin = (change: object = {}, token: string | null = owners, place = '/organizations/acme/settings/apps/new?state=s1'): Promise<Response> => submit(place, { manifest: JSON.stringify({ ...manifest, ...change }) }, token);
const codeOf = (response: Response): string => new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
const convert = (code: string): Promise<Answer> => fixture.call(null, 'POST', `/app-manifests/${code}/conversions`);

function jwtOf(made: Made, issuer: string | number = made.id): string {
  const now = Math.floor(fixture.clock.now() / 1000);
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = `${part({ alg: 'RS256' })}.${part({ iss: issuer, iat: now, exp: now + 60 })}`;
  return `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(made.pem).toString('base64url')}`;
}

describe('an App from a manifest', () => {
  let made: Made;

  it('comes back with a code and the state, and gives its key for the code once', async () => {
    const response = await begin();
    expect(response.status).toBe(302);
    const back = new URL(response.headers.get('location') ?? '');
    expect([back.origin, back.searchParams.get('from'), back.searchParams.get('state')]).toEqual(['http://127.0.0.1:9', 'here', 's1']);
    const answer = await convert(codeOf(response));
    expect(answer).toMatchObject({ status: 201, json: { slug: 'sallyport-shop', name: 'Sallyport (Shop)', owner: { login: 'acme' }, permissions: { metadata: 'read', contents: 'write', checks: 'write' }, html_url: `${fixture.simulator.url}/apps/sallyport-shop` } });
    made = answer.json as Made;
    expect(made.pem).toContain('BEGIN RSA PRIVATE KEY');
    expect((await convert(codeOf(response))).status).toBe(404);
  });

  it('stands nowhere until somebody installs it', async () => {
    expect((await fixture.call(jwtOf(made), 'GET', '/app')).json).toMatchObject({ id: made.id });
    expect((await fixture.call(jwtOf(made, made.client_id), 'GET', '/app')).json).toMatchObject({ id: made.id });
    expect((await fixture.call(jwtOf(made), 'GET', '/app/installations')).json).toEqual([]);
    expect((await fixture.call(jwtOf(made), 'GET', '/repos/acme/shop/installation')).status).toBe(404);
  });

  it('is installed by an admin of the repository, and reaches that repository only', async () => {
    const { admin } = fixture.simulator;
    await admin.createRepository({ owner: 'acme', name: 'other', files: { a: 'a' }, author: fixture.author });
    const install = '/apps/sallyport-shop/installations/new';
    expect((await submit(install, { repository: 'acme/shop' }, fixture.tokens.author)).status).toBe(422);
    expect((await submit(install, { repository: 'acme/other' }, fixture.tokens.admin)).status).toBe(422);
    expect((await fixture.call(jwtOf(made), 'GET', '/repos/acme/shop/installation')).status).toBe(404);
    const choices = await fetch(`${fixture.simulator.url}${install}`, { headers: { authorization: `Bearer ${fixture.tokens.admin}` } });
    expect(await choices.text()).toContain('value="acme/shop"');
    expect((await submit(install, { repository: 'acme/shop' }, fixture.tokens.admin)).status).toBe(200);
    const installed = await fixture.call(jwtOf(made), 'GET', '/repos/acme/shop/installation');
    expect(installed.json).toMatchObject({ app_id: made.id, account: { login: 'acme' }, repository_selection: 'selected' });
    const { json } = await fixture.call(jwtOf(made), 'POST', `/app/installations/${String((installed.json as { id: number }).id)}/access_tokens`);
    const { token } = json as { token: string };
    expect((await fixture.call(token, 'POST', '/repos/acme/shop/git/blobs', { content: 'x' })).status).toBe(201);
    expect((await fixture.call(token, 'GET', '/repos/acme/other/branches')).status).toBe(404);
  });

  it('is seen by its owner and by those who work there', async () => {
    const seen = async (token: string | null): Promise<number> => (await fixture.call(token, 'GET', '/apps/sallyport-shop')).status;
    expect(await Promise.all([owners, fixture.tokens.author, fixture.simulator.admin.createToken(fixture.simulator.admin.createUser('stranger')), null].map(seen))).toEqual([200, 200, 404, 404]);
    expect((await fixture.call(null, 'GET', '/apps/sallyport')).json).toMatchObject({ id: fixture.app.id });
    const listed = (await fixture.call(owners, 'GET', '/orgs/acme/installations')).json as { total_count: number; installations: { app_slug: string }[] };
    expect(listed.installations.map((one) => one.app_slug)).toEqual(['sallyport', 'sallyport-shop']);
    expect((await fixture.call(fixture.tokens.admin, 'GET', '/orgs/acme/installations')).status).toBe(403);
  });
});

describe('a manifest', () => {
  it.each<[string, object]>([
    ['a permission GitHub does not have', { default_permissions: { deploys: 'write' } }],
    ['a level the permission does not have', { default_permissions: { workflows: 'read' } }],
    ['no page of its own', { url: undefined }],
    ['a name that is too long', { name: 'x'.repeat(35) }],
    ['a name that is taken', { name: 'sallyport' }],
    ['a field that is misspelt', { permissions: {} }],
    ['an address that is none of the web', { redirect_url: 'file:///etc/passwd' }],
  ])('with %s makes nothing', async (_name, change) => {
    const before = fixture.simulator.world.apps.size;
    expect((await begin({ name: 'New', ...change })).status).toBe(422);
    expect(fixture.simulator.world.apps.size).toBe(before);
  });

  it('is taken from who is signed in, for an organisation from who owns it', async () => {
    expect((await begin({}, null)).status).toBe(401);
    expect((await begin({ name: 'New' }, fixture.tokens.admin)).status).toBe(404);
    const own = await begin({ name: 'Of Ada', setup_url: 'https://shop.example/done' }, fixture.tokens.author, '/settings/apps/new');
    expect((await convert(codeOf(own))).json).toMatchObject({ slug: 'of-ada', owner: { login: 'ada' } });
    // A private App of a person is not for the organisation's repositories.
    expect((await submit('/apps/of-ada/installations/new', { repository: 'acme/shop' }, fixture.tokens.author)).status).toBe(422);
  });

  it('with a page for afterwards sends there whoever has installed the App', async () => {
    const response = await begin({ name: 'Public', public: true, setup_url: 'https://shop.example/done' }, fixture.tokens.author, '/settings/apps/new');
    await convert(codeOf(response));
    const installed = await submit('/apps/public/installations/new', { repository: 'acme/shop' }, fixture.tokens.admin);
    expect(installed.headers.get('location')).toMatch(/^https:\/\/shop\.example\/done\?installation_id=\d+&setup_action=install$/);
  });

  it('that asks something of the organisation is installed by who owns it', async () => {
    await begin({ name: 'Asks', default_permissions: { members: 'read' } });
    expect((await submit('/apps/asks/installations/new', { repository: 'acme/shop' }, fixture.tokens.admin)).status).toBe(422);
    expect((await submit('/apps/asks/installations/new', { repository: 'acme/shop' }, owners)).status).toBe(200);
  });

  it('is good for an hour', async () => {
    const late = codeOf(await begin({ name: 'Late' }));
    fixture.clock.advance(3_600_000);
    expect((await convert(late)).status).toBe(404);
  });
});

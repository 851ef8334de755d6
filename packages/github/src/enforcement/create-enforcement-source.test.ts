import { describe, expect, it } from 'vitest';
import { createGitHubClient } from '../client.ts';
import { createEnforcementSource } from './create-enforcement-source.ts';

/** A GitHub that shows the repository, and says of everything else that it is not there. */
function seeingNothing(admin: boolean) {
  const repository = { name: 'shop', owner: { login: 'acme', type: 'Organization' }, default_branch: 'main', private: true, permissions: { admin } };
  const fetch = (url: string | URL | Request): Promise<Response> => {
    const isRepository = new URL(url instanceof Request ? url.url : url).pathname === '/repos/acme/shop';
    return Promise.resolve(new Response(JSON.stringify(isRepository ? repository : { message: 'Not Found' }), { status: isRepository ? 200 : 404, headers: { 'content-type': 'application/json', date: 'Sun, 29 Nov 2026 06:00:00 GMT' } }));
  };
  const client = createGitHubClient({ baseUrl: 'https://api.github.com', auth: { kind: 'token', token: 'token-of-a-test' }, userAgent: 'test', waitUnitMilliseconds: 0, fetch });
  return createEnforcementSource({ client, owner: 'acme', repo: 'shop' }).read({ app: null, since: 0 });
}

describe('a token that sees the repository and nothing else', () => {
  it('learns nothing of any point that the lock rests on', async () => {
    const { rulesets, environments, repositorySecrets, organizationSecrets, actions, token, immutableReleases, workflows, bypasses, app } = await seeingNothing(false);
    const states = [rulesets, environments, repositorySecrets, organizationSecrets, actions, token, immutableReleases, workflows, bypasses].map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(['hidden']));
    expect(app).toBeNull();
  });

  it('knows as an administrator that releases are not immutable, which GitHub says in the same words', async () => {
    expect((await seeingNothing(true)).immutableReleases).toEqual({ state: 'seen', value: false });
  });
});

import { describe, expect, it } from 'vitest';
import { createGitHubClient } from '../client.ts';
import { readRulesets } from './read-rulesets.ts';

/** One ruleset as GitHub gives it, whole and in the list. */
function place(ruleset: Readonly<Record<string, unknown>>, status = 200) {
  const fetch = (url: string | URL | Request): Promise<Response> => {
    const isList = new URL(url instanceof Request ? url.url : url).pathname.endsWith('/rulesets');
    return Promise.resolve(new Response(JSON.stringify(isList ? [ruleset] : ruleset), { status: isList ? 200 : status, headers: { 'content-type': 'application/json', date: 'Sun, 29 Nov 2026 06:00:00 GMT' } }));
  };
  return { client: createGitHubClient({ baseUrl: 'https://api.github.com', auth: { kind: 'token', token: 'token-of-a-test' }, userAgent: 'test', waitUnitMilliseconds: 0, fetch }), owner: 'acme', repo: 'shop' };
}

const ruleset = { id: 1, name: 'tags', target: 'tag', source_type: 'Organization', enforcement: 'active', conditions: { ref_name: { include: ['refs/tags/v*'], exclude: [] } }, rules: [{ type: 'creation' }] };

describe('a ruleset that was read', () => {
  it('does not say that nobody stands outside when GitHub did not tell', async () => {
    expect(await readRulesets(place(ruleset))).toMatchObject({ state: 'seen', value: [{ source: 'organization', target: 'tag', bypass: { state: 'hidden' } }] });
    expect(await readRulesets(place({ ...ruleset, bypass_actors: [] }))).toMatchObject({ state: 'seen', value: [{ bypass: { state: 'seen', value: [] } }] });
  });

  it('that is listed and not shown leaves all of them unseen', async () => {
    expect(await readRulesets(place({ ...ruleset, message: 'Not Found' }, 404))).toMatchObject({ state: 'hidden' });
  });

  it('of a kind that is not known covers neither branch nor tag', async () => {
    expect(await readRulesets(place({ ...ruleset, target: 'push' }))).toMatchObject({ value: [{ target: 'other' }] });
  });
});

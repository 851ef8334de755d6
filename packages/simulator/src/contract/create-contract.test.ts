import { describe, expect, it } from 'vitest';
import type { Exchange } from '../http/exchange.ts';
import { createContract } from './create-contract.ts';
import { exceptions } from './exceptions.ts';
import { renderMismatch } from './mismatch.ts';

const sha = 'feedfacefeedfacefeedfacefeedfacefeedface';
const refUrl = `https://api.github.test/repos/acme/shop/git/refs/heads/main`;
const goodRef = { ref: 'refs/heads/main', node_id: 'R_1', url: refUrl, object: { type: 'commit', sha, url: refUrl } };
const notFound = { message: 'Not Found', documentation_url: 'https://docs.github.com/rest' };

function exchange(change: Partial<Exchange> = {}): Exchange {
  return {
    method: 'GET',
    path: '/repos/acme/shop/git/ref/heads%2Fmain',
    query: {},
    requestHeaders: {},
    requestBody: null,
    status: 200,
    responseHeaders: { 'content-type': 'application/json; charset=utf-8' },
    responseBody: goodRef,
    ...change,
  };
}

function check(change: Partial<Exchange>, options: Parameters<typeof createContract>[0] = { exceptions: [] }): readonly string[] {
  const contract = createContract(options);
  contract.check(exchange(change));
  return contract.mismatches().map((mismatch) => `${mismatch.direction} ${mismatch.instancePath || '/'}: ${mismatch.message}`);
}

describe('createContract', () => {
  it.each<[string, Partial<Exchange>]>([
    ['a right answer', {}],
    ['a branch name with a slash that is not encoded', { path: '/repos/acme/shop/git/ref/heads/feature/cart' }],
    ['a documented error', { status: 404, responseBody: notFound }],
    ['a wrong request that was refused', { query: { page: 'x' }, status: 404, responseBody: notFound }],
    ['a created ref', { method: 'POST', path: '/repos/acme/shop/git/refs', requestBody: { ref: 'refs/heads/x', sha }, status: 201 }],
    ['an answer without a body', { method: 'DELETE', path: '/repos/acme/shop/git/refs/heads/x', status: 204, responseHeaders: {}, responseBody: null }],
    ['numbers in path and query', { path: '/repos/acme/shop/issues/7/comments', query: { per_page: '100', page: '2' }, responseBody: [] }],
  ])('finds nothing in %s', (_name, change) => {
    expect(check(change)).toEqual([]);
  });

  it.each<[string, Partial<Exchange>, string]>([
    ['a missing property', { responseBody: { ...goodRef, node_id: undefined } }, "response /: must have required property 'node_id'"],
    ['a wrong type', { responseBody: { ...goodRef, object: { ...goodRef.object, sha: 7 } } }, 'response /object/sha: must be string'],
    ['null where GitHub has none', { responseBody: { ...goodRef, node_id: null } }, 'response /node_id: must be string'],
    ['an invented property', { responseBody: { ...goodRef, object: { ...goodRef.object, verified: true } } }, 'response /object/verified: is not in the description'],
    ['a status GitHub does not have here', { status: 202 }, 'response /: the description has no status 202 here'],
    ['an error in a shape of its own', { status: 404, responseBody: { message: 404 } }, 'response /message: must be string'],
    ['a failure of the simulator', { status: 500, responseBody: { message: 'Simulator error' } }, 'response /: the simulator itself failed'],
    ['an answer that is no JSON', { responseHeaders: { 'content-type': 'text/html' }, responseBody: '<html>' }, 'response /: has the type text/html instead of application/json'],
    ['a body where none belongs', { method: 'DELETE', path: '/repos/acme/shop/git/refs/heads/x', status: 204, responseBody: {} }, 'response /: must have no body'],
    ['a misspelt query parameter that was accepted', { path: '/repos/acme/shop/issues', query: { label: 'x' }, responseBody: [] }, 'request query: must NOT have additional properties'],
    ['a query value outside the list', { path: '/repos/acme/shop/issues', query: { state: 'opened' }, responseBody: [] }, 'request query/state: must be equal to one of the allowed values (open, closed, all)'],
    ['a text where the path needs a number', { path: '/repos/acme/shop/issues/seven/comments', responseBody: [] }, 'request path/issue_number: must be integer'],
    ['a request without its body', { method: 'POST', path: '/repos/acme/shop/git/refs', status: 201 }, 'request /: must have a body'],
    ['a request body with an unknown field', { method: 'POST', path: '/repos/acme/shop/git/refs', requestBody: { ref: 'refs/heads/x', sha, force: true }, status: 201 }, 'request /force: is not in the description'],
    ['a path GitHub does not have', { path: '/repos/acme/shop/promotions' }, 'request /: no operation of the extract has this method and path'],
  ])('finds %s', (_name, change, found) => {
    expect(check(change)).toContain(found);
  });

  it('counts an operation as covered only when it succeeded', () => {
    const contract = createContract();
    contract.check(exchange({ status: 404, responseBody: notFound }));
    expect([...contract.covered()]).toEqual([]);
    contract.check(exchange());
    expect([...contract.covered()]).toEqual(['git/get-ref']);
  });

  it('describes a mismatch in one line', () => {
    const contract = createContract();
    contract.check(exchange({ responseBody: { ...goodRef, ref: null } }));
    expect(contract.mismatches().map(renderMismatch)).toEqual(['git/get-ref: response of GET /repos/acme/shop/git/ref/heads%2Fmain (200) at /ref: must be string; got null']);
  });
});

const user = {
  ...Object.fromEntries(['avatar', 'html', 'followers', 'subscriptions', 'organizations', 'repos', 'received_events'].map((name) => [`${name}_url`, `https://api.github.test/${name}`])),
  ...Object.fromEntries(['following', 'gists', 'starred', 'events'].map((name) => [`${name}_url`, `https://api.github.test/${name}{/x}`])),
  ...{ login: 'acme', id: 1, node_id: 'U_1', gravatar_id: '', url: 'https://api.github.test/users/acme', type: 'Organization', site_admin: false },
};

function installation(account: object): object {
  const url = 'https://api.github.test/app/installations/1';
  const times = { created_at: '2026-11-16T17:00:00Z', updated_at: '2026-11-16T17:00:00Z', suspended_by: null, suspended_at: null };
  const ids = { id: 1, app_id: 2, app_slug: 'gatekeeper', target_id: 1, target_type: 'Organization' };
  return { ...ids, ...times, account, single_file_name: null, repository_selection: 'all', access_tokens_url: url, html_url: url, repositories_url: url, events: [], permissions: {} };
}

describe('exceptions', () => {
  const runs = { path: '/repos/acme/shop/actions/workflows/probe.yml/runs', responseBody: { total_count: 0, workflow_runs: [] } };
  const rulesets = { path: '/repos/acme/shop/rulesets' };
  const environment = { path: '/repos/acme/shop/environments/production' };
  const shown = { id: 1, node_id: 'E_1', name: 'production', url: environment.path, html_url: environment.path, created_at: '2026-11-16T17:00:00Z', updated_at: '2026-11-16T17:00:00Z' };
  const secret = { method: 'PUT', path: '/repos/acme/shop/actions/secrets/KEY' };
  const bypassedBy = (type: string): object => ({ id: 1, name: 'main', source: 'acme/shop', enforcement: 'active', bypass_actors: [{ actor_id: null, actor_type: type, bypass_mode: 'always' }] });
  const selection = { path: '/repos/acme/shop/actions/permissions/selected-actions' };
  /** For each exception, what it is for and the nearest things it must not hide. */
  const cases: Readonly<Record<string, { readonly covers: Partial<Exchange>; readonly leaves: readonly Partial<Exchange>[] }>> = {
    'git-smart-http': { covers: { path: '/acme/shop.git/info/refs', query: { service: 'git-upload-pack' } }, leaves: [{ path: '/acme/shop/info/refs' }] },
    'errors-of-every-route': {
      covers: { ...rulesets, status: 403, responseBody: notFound },
      leaves: [{ ...rulesets, status: 403, responseBody: { message: false } }, { ...rulesets, status: 418, responseBody: notFound }, { ...rulesets, status: 202, responseBody: [] }],
    },
    'unchanged-everywhere': {
      covers: { status: 304, requestHeaders: { 'if-none-match': 'W/"x"' }, responseHeaders: {}, responseBody: null },
      leaves: [{ status: 304, responseHeaders: {}, responseBody: null }, { status: 304, requestHeaders: { 'if-none-match': 'W/"x"' }, responseBody: goodRef }, { status: 301, requestHeaders: { 'if-none-match': 'W/"x"' }, responseBody: null }],
    },
    'storage-hosts': { covers: { path: '/_storage/assets/1', responseBody: 'bytes' }, leaves: [{ path: '/repos/acme/_storage/assets/1', responseBody: 'bytes' }, { method: 'POST', path: '/_storage/assets/1' }] },
    'web-pages': {
      covers: { method: 'POST', path: '/organizations/acme/settings/apps/new', requestBody: 'manifest=x', status: 302, responseBody: null },
      leaves: [{ path: '/settings/apps' }, { path: '/organizations/acme/settings/apps/new/x' }, { path: '/apps/gatekeeper/installations' }],
    },
    graphql: { covers: { method: 'POST', path: '/graphql', responseBody: {} }, leaves: [{ method: 'GET', path: '/graphql', responseBody: {} }, { method: 'POST', path: '/graphql/x', responseBody: {} }] },
    'installation-account': {
      covers: { path: '/app/installations', responseBody: [installation(user)] },
      leaves: [{ path: '/app/installations', responseBody: [installation({ ...user, login: undefined })] }, { path: '/app/installations', responseBody: [{ ...installation(user), app_slug: null }] }],
    },
    'can-admins-bypass': {
      covers: { ...environment, method: 'PUT', requestBody: { can_admins_bypass: false }, responseBody: { ...shown, can_admins_bypass: false } },
      leaves: [{ ...environment, responseBody: { ...shown, can_admins_bypass: 'no' } }, { ...environment, responseBody: { ...shown, can_anybody_bypass: true } }, { ...environment, method: 'PUT', requestBody: { can_admins_bypass: false, can_anybody_bypass: true }, responseBody: shown }, { ...environment, path: `${environment.path}/secrets`, responseBody: { can_admins_bypass: true } }],
    },
    'unusable-secret': {
      covers: { ...secret, status: 422, responseBody: notFound },
      leaves: [{ ...secret, status: 422, responseBody: { message: 422 } }, { ...secret, status: 410, responseBody: notFound }, { ...secret, method: 'DELETE', status: 422, responseBody: notFound }],
    },
    'enterprise-owners': {
      covers: { method: 'GET', path: '/repos/acme/shop/rulesets/1', responseBody: bypassedBy('EnterpriseOwner') },
      leaves: [{ path: '/repos/acme/shop/rulesets/1', responseBody: bypassedBy('EnterpriseMember') }, { path: '/repos/acme/shop/rulesets/1', responseBody: { ...bypassedBy('Team'), enforcement: 'EnterpriseOwner' } }],
    },
    'no-selection': {
      covers: { ...selection, status: 409, responseBody: notFound },
      leaves: [{ ...selection, status: 409, responseBody: { message: 409 } }, { ...selection, status: 410, responseBody: notFound }, { ...selection, path: '/repos/acme/shop/actions/permissions', status: 409, responseBody: notFound }],
    },
    'created-is-searched': {
      covers: { ...runs, query: { created: '>=2026-11-16T17:00:00Z' } },
      leaves: [{ ...runs, query: { created: 'yesterday' } }, { ...runs, query: { created: '>=2026-11-16T17:00:00Z', per_page: 'x' } }, { ...runs, path: '/repos/acme/shop/actions/runs', query: { created: '>=2026-11-16T17:00:00Z' } }],
    },
  };

  it('are all tried here', () => {
    expect(exceptions.map(({ name }) => name).sort()).toEqual(Object.keys(cases).sort());
  });

  it.each(exceptions.map((exception) => [exception.name, exception] as const))('%s is needed, and hides only what it names', (name, exception) => {
    const { covers, leaves } = cases[name] ?? { covers: {}, leaves: [] };
    expect(check(covers)).not.toEqual([]);
    expect(check(covers, { exceptions: [exception] })).toEqual([]);
    for (const near of leaves) expect(check(near, { exceptions: [exception] }), JSON.stringify(near)).not.toEqual([]);
  });

  it('are counted when used', () => {
    const contract = createContract();
    contract.check(exchange({ path: '/acme/shop.git/git-upload-pack' }));
    expect([...contract.excepted()]).toEqual([['git-smart-http', 1]]);
  });
});

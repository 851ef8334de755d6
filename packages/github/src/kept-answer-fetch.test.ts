import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { AnswerCache } from './answer-cache.ts';
import { createGitHubClient } from './client.ts';
import type { GitHubAuth, Question } from './client.ts';
import { json, serveRudely } from './rude-server.fixture.ts';

const sha = 'a'.repeat(40);
const thing: Question<unknown> = { route: 'GET /things/7', shape: z.unknown(), why: 'to try it' };
const token: GitHubAuth = { kind: 'token', token: 'ghp_0000' };

/** Serves `body` under an ETag of its own, and 304 to who has it, as GitHub does. */
const startServer = async (bodyOf: (request: IncomingMessage) => unknown, headers: Readonly<Record<string, string>> = {}) => {
  const statuses: number[] = [];
  const server = await serveRudely((request: IncomingMessage, response: ServerResponse) => {
    const body = bodyOf(request);
    const etag = `W/"${Buffer.from(JSON.stringify(body)).toString('base64')}"`;
    const same = request.headers['if-none-match'] === etag;
    statuses.push(same ? 304 : 200);
    if (!same) return json(200, body, { etag, ...headers })(request, response);
    response.writeHead(304, { etag, date: 'Sat, 21 Nov 2026 14:00:00 GMT' });
    response.end();
  });
  return { url: server.url, statuses };
};

const createMemory = (): AnswerCache & { readonly kept: Map<string, Uint8Array> } => {
  const kept = new Map<string, Uint8Array>();
  return { kept, get: async (name) => kept.get(name) ?? null, set: async (name, sealed) => void kept.set(name, sealed) };
};
/** A new client for each run, as each process has its own. */
const ask = (url: string, cache: AnswerCache, question: Question<unknown> = thing, auth: GitHubAuth = token) => createGitHubClient({ baseUrl: url, auth, userAgent: 'test', retries: 0, cache }).ask(question);

describe('an answer that was kept', () => {
  it('is asked for again, and taken when it still holds, with the time of now', async () => {
    const { url, statuses } = await startServer(() => ({ name: 'same' }));
    const cache = createMemory();
    await ask(url, cache);
    expect(await ask(url, cache)).toMatchObject({ status: 200, data: { name: 'same' }, date: 'Sat, 21 Nov 2026 14:00:00 GMT' });
    expect(statuses).toEqual([200, 304]);
  });

  it('gives way to what has changed', async () => {
    let name = 'old';
    const { url, statuses } = await startServer(() => ({ name }));
    const cache = createMemory();
    await ask(url, cache);
    name = 'new';
    expect((await ask(url, cache)).data).toEqual({ name: 'new' });
    expect((await ask(url, cache)).data).toEqual({ name: 'new' });
    expect(statuses).toEqual([200, 200, 304]);
  });

  it.each([
    ['another credential', thing, { kind: 'token', token: 'ghp_0001' }],
    ['another query', { ...thing, parameters: { page: 2 } }, token],
    ['another form of the answer', { ...thing, parameters: { headers: { accept: 'application/vnd.github.raw+json' } } }, token],
    ['another version of the interface', { ...thing, parameters: { headers: { 'x-github-api-version': '2026-03-10' } } }, token],
  ] as const)('does not answer for %s', async (_name, question, auth) => {
    const { url, statuses } = await startServer(() => ({ name: 'same' }));
    const cache = createMemory();
    await ask(url, cache);
    await ask(url, cache, question, auth);
    expect(statuses).toEqual([200, 200]);
  });

  it('is nothing when anybody wrote to the cache', async () => {
    const { url, statuses } = await startServer((request) => ({ path: request.url }));
    const cache = createMemory();
    const other = { ...thing, route: 'GET /things/8' };
    await ask(url, cache);
    await ask(url, cache, other);
    const [[first = '', firstBytes] = [], [second = '', secondBytes] = []] = [...cache.kept];
    if (firstBytes === undefined || secondBytes === undefined) throw new Error('nothing was kept');
    // Swapped, then forged in the clear, then cut.
    for (const [one, two] of [[secondBytes, firstBytes], [Buffer.from('{"etag":"x","contentType":"application/json","link":null}\n{"path":"forged"}'), Buffer.alloc(0)], [firstBytes.subarray(0, -1), secondBytes.subarray(1)]] as const) {
      cache.kept.set(first, one);
      cache.kept.set(second, two);
      expect((await ask(url, cache)).data).toEqual({ path: '/things/7' });
      expect((await ask(url, cache, other)).data).toEqual({ path: '/things/8' });
    }
    expect(statuses).toEqual(Array.from({ length: 8 }, () => 200));
  });

  it('is not readable where it is kept', async () => {
    const { url } = await startServer(() => ({ email: 'ada@example.invalid' }));
    const cache = createMemory();
    await ask(url, cache);
    expect([...cache.kept].map(([name, bytes]) => `${name}${Buffer.from(bytes).toString('latin1')}`).join('')).not.toMatch(/ada|email|things/);
  });
});

describe('what is not kept', () => {
  it('is anything without a credential to seal it with', async () => {
    const { url } = await startServer(() => ({ name: 'same' }));
    const cache = createMemory();
    await ask(url, cache, thing, { kind: 'none' });
    expect(cache.kept.size).toBe(0);
  });

  it.each([
    ['an error', json(404, { message: 'Not Found' }, { etag: '"x"' })],
    ['an answer without an ETag', json(200, { name: 'same' })],
    ['a page of HTML', (_request: unknown, response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/html', etag: '"x"' }).end('<h1>Unicorn</h1>')],
  ])('is %s', async (_name, answer) => {
    const server = await serveRudely(answer);
    const cache = createMemory();
    await ask(server.url, cache).catch(() => undefined);
    expect(cache.kept.size).toBe(0);
  });

  it('is the answer to a write', async () => {
    const { url } = await startServer(() => ({ name: 'same' }));
    const cache = createMemory();
    await ask(url, cache, { ...thing, route: 'POST /things' });
    expect(cache.kept.size).toBe(0);
  });
});

describe('a page of a list', () => {
  const next = { link: '<http://elsewhere.invalid/things?page=2>; rel="next"' };
  it.each([
    ['kept when it is not full', 1, {}, 1],
    ['not kept when it is full and the last, because a page behind it would never be seen', 2, {}, 0],
    ['kept when it is full and names the next', 2, next, 1],
  ])('is %s', async (_name, length, headers, kept) => {
    const { url } = await startServer(() => Array.from({ length }, () => ({})), headers);
    const cache = createMemory();
    await ask(url, cache, { ...thing, parameters: { per_page: 2 } });
    expect(cache.kept.size).toBe(kept);
  });

  it('keeps its link to the next', async () => {
    const { url, statuses } = await startServer(() => [{}, {}], next);
    const cache = createMemory();
    await ask(url, cache, { ...thing, parameters: { per_page: 2 } });
    expect((await ask(url, cache, { ...thing, parameters: { per_page: 2 } })).link).toBe(next.link);
    expect(statuses).toEqual([200, 304]);
  });
});

describe('what can never change', () => {
  it.each([
    ['a tree by its name', `/repos/acme/shop/git/trees/${sha}?recursive=1`, 1],
    ['a blob by its name', `/repos/acme/shop/git/blobs/${sha}`, 1],
    ['a file of a commit', `/repos/acme/shop/contents/.github/sallyport.yml?ref=${sha}`, 1],
    ['a file of a commit in a repository of long names', `/repos/acme/shop/contents/a?ref=${'a'.repeat(64)}`, 1],
    ['but a file of a branch', '/repos/acme/shop/contents/a?ref=main', 2],
    ['but a file of the default branch', '/repos/acme/shop/contents/a', 2],
    ['but a file of a branch with a short name of a commit', `/repos/acme/shop/contents/a?ref=${'a'.repeat(39)}`, 2],
    ['but a tree by the name of its branch', '/repos/acme/shop/git/trees/main', 2],
    ['but a commit, which carries GitHub’s word on its signature', `/repos/acme/shop/git/commits/${sha}`, 2],
    ['but what only looks so further down', `/repos/acme/shop/branches/git/trees/${sha}`, 2],
  ])('is asked for once: %s', async (_name, path, requests) => {
    const { url, statuses } = await startServer(() => ({ name: 'same' }));
    const cache = createMemory();
    await ask(url, cache, { ...thing, route: `GET ${path}` });
    expect((await ask(url, cache, { ...thing, route: `GET ${path}` })).data).toEqual({ name: 'same' });
    expect(statuses).toHaveLength(requests);
  });

  it('counts from the address of the interface', async () => {
    const { url, statuses } = await startServer(() => ({ name: 'same' }));
    const cache = createMemory();
    const question = { ...thing, route: `GET /repos/acme/shop/git/blobs/${sha}` };
    await ask(`${url}/api/v3`, cache, question);
    await ask(`${url}/api/v3`, cache, question);
    expect(statuses).toEqual([200]);
  });
});

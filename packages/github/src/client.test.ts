import { generateKeyPairSync } from 'node:crypto';
import { OutsideError } from '@sallyport/pipeline';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createGitHubClient } from './client.ts';
import type { GitHubAuth, Question } from './client.ts';
import { json, serveRudely } from './rude-server.fixture.ts';
import type { RudeAnswer } from './rude-server.fixture.ts';

const secret = 'ghp_0000thisTokenMustNeverBeShown';
const connect = (url: string, auth: GitHubAuth = { kind: 'token', token: secret }, log: (line: string) => void = () => undefined, timeoutMilliseconds = 10_000) =>
  createGitHubClient({ baseUrl: url, auth, userAgent: 'test', retries: 2, waitUnitMilliseconds: 1, timeoutMilliseconds, log });

const thing: Question<{ name: string }> = { route: 'GET /things/{id}', parameters: { id: 7 }, shape: z.looseObject({ name: z.string() }), why: 'to try it' };
const writing = { ...thing, route: 'POST /things/{id}' };

const failureOf = async (work: Promise<unknown>): Promise<OutsideError> => {
  const error = await work.then(
    () => new Error('it did not fail'),
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(OutsideError);
  return error as OutsideError;
};

const html = (_request: unknown, response: Parameters<RudeAnswer>[1]): void => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end('<!DOCTYPE html><h1>Unicorn</h1>');
};
const halfBody = (_request: unknown, response: Parameters<RudeAnswer>[1]): void => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
  response.write('{"name":"ha', () => response.destroy());
};
const drop = (request: Parameters<RudeAnswer>[0]): void => {
  request.socket.destroy();
};
const never = (): void => undefined;
const limited = json(403, { message: 'You have exceeded a secondary rate limit. Please wait.' }, { 'retry-after': '1' });

describe('what a broken outside becomes', () => {
  it.each([
    ['a refused token', json(401, { message: 'Bad credentials' }), 'unauthorised', false, 1],
    ['a missing permission', json(403, { message: 'Resource not accessible by integration' }), 'forbidden', false, 1],
    ['an unknown thing', json(404, { message: 'Not Found' }), 'not-found', false, 1],
    ['a refused request', json(422, { message: 'Validation Failed', errors: [{ field: 'name', code: 'missing' }] }), 'refused', false, 1],
    ['a secondary limit that lasts', limited, 'rate-limited', true, 3],
    ['a primary limit without an end in sight', json(403, { message: 'API rate limit exceeded' }, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600) }), 'rate-limited', true, 1],
    ['a server error', json(502, { message: 'Server Error' }), 'server-error', true, 3],
    ['a connection that breaks', drop, 'unreachable', true, 3],
    ['half a body', halfBody, 'unreachable', true, 3],
    ['an answer that never comes', never, 'unreachable', true, 3],
    ['a page instead of JSON', html, 'malformed-answer', true, 1],
    ['JSON of another shape', json(200, { name: 7 }), 'malformed-answer', false, 1],
    ['an empty body', json(200, ''), 'malformed-answer', true, 1],
  ] as const)('%s', async (_name, answer, code, retryable, requests) => {
    const server = await serveRudely(answer);
    const error = await failureOf(connect(server.url, undefined, undefined, answer === never ? 300 : undefined).ask(thing));
    expect({ code: error.code, retryable: error.retryable }).toEqual({ code, retryable });
    expect(error.message).toContain('GET /things/7 to try it');
    expect(error.message).not.toContain(secret);
    expect(server.requests).toHaveLength(requests);
  });

  it('names nobody’s address for a host that does not answer', async () => {
    const server = await serveRudely(json(200, {}));
    await server.stop();
    expect((await failureOf(connect(server.url).ask(thing))).code).toBe('unreachable');
  });

  it('tells details of a refusal', async () => {
    const server = await serveRudely(json(422, { message: 'Validation Failed', errors: [{ field: 'name', code: 'missing' }] }));
    expect((await failureOf(connect(server.url).ask(thing))).message).toContain('Validation Failed; name missing');
  });
});

describe('asking again', () => {
  it('succeeds after a server error, a broken connection and a secondary limit', async () => {
    for (const answer of [json(500, { message: 'Oops' }), drop, halfBody, limited]) {
      const server = await serveRudely(answer, json(200, { name: 'ok' }));
      expect((await connect(server.url).ask(thing)).data.name).toBe('ok');
    }
  });

  it.each([
    ['a server error', json(500, { message: 'Oops' })],
    ['a broken connection', drop],
  ])('never repeats a write after %s, because it may have arrived', async (_name, answer) => {
    const server = await serveRudely(answer, json(201, { name: 'ok' }));
    await failureOf(connect(server.url).ask(writing));
    expect(server.requests).toEqual(['POST /things/7']);
  });

  it('repeats a write that says it is safe, and any write that a limit kept out', async () => {
    const broken = await serveRudely(drop, json(201, { name: 'ok' }));
    expect((await connect(broken.url).ask({ ...writing, safeToRepeat: true })).status).toBe(201);
    const kept = await serveRudely(limited, json(201, { name: 'ok' }));
    expect((await connect(kept.url).ask(writing)).status).toBe(201);
  });
});

describe('expected refusals', () => {
  it('are values, and others still throw', async () => {
    const server = await serveRudely(json(404, { message: 'Not Found' }));
    expect(await connect(server.url).askOr([404], thing)).toEqual({ ok: false, status: 404, message: 'Not Found' });
    expect((await failureOf(connect(server.url).askOr([403], thing))).code).toBe('not-found');
  });

  it('do not hide a rate limit behind a 403', async () => {
    const server = await serveRudely(limited);
    expect((await failureOf(connect(server.url).askOr([403], thing))).code).toBe('rate-limited');
  });

  it('do not hide a body that is malformed', async () => {
    const server = await serveRudely(html);
    expect((await failureOf(connect(server.url).askOr([404, 500], thing))).code).toBe('malformed-answer');
  });
});

describe('credentials', () => {
  it('are sent, and never shown in the log', async () => {
    const seen: (string | undefined)[] = [];
    const lines: string[] = [];
    const server = await serveRudely((request, response) => {
      seen.push(request.headers.authorization);
      json(200, { name: 'ok' })(request, response);
    });
    await connect(server.url, { kind: 'token', token: secret }, (line) => lines.push(line)).ask(thing);
    await connect(server.url, { kind: 'none' }).ask(thing);
    expect(seen).toEqual([`token ${secret}`, undefined]);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('\n')).not.toContain(secret);
  });

  it('an App whose key cannot be read is unauthorised, without its key in the message', async () => {
    const server = await serveRudely(json(200, {}));
    const error = await failureOf(connect(server.url, { kind: 'app', appId: 1, privateKeyPem: 'not a key', owner: 'acme', name: 'shop' }).ask(thing));
    expect(error.code).toBe('unauthorised');
    expect(error.message).not.toContain('not a key');
  });

  it('an App that is not installed says so, and looks again the next time', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } });
    const server = await serveRudely(json(404, { message: 'Not Found' }));
    const client = connect(server.url, { kind: 'app', appId: 1, privateKeyPem: privateKey, owner: 'acme', name: 'shop' });
    expect((await failureOf(client.ask(thing))).code).toBe('not-found');
    expect((await failureOf(client.ask(thing))).code).toBe('not-found');
    expect(server.requests).toEqual(['GET /repos/acme/shop/installation', 'GET /repos/acme/shop/installation']);
  });
});

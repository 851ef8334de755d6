import { createVerify, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer as createPlainServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { askEarly, createEarlyFetch } from './ask-early.ts';
import type { AskedEarly } from './ask-early.ts';
import { createGitHubClient } from './client.ts';
import type { GitHubClient } from './client.ts';
import { json, serveRudely } from './rude-server.fixture.ts';
import type { RudeAnswer, RudeServer } from './rude-server.fixture.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const asked = (baseUrl: string): AskedEarly => ({ baseUrl, appId: 7, privateKeyPem: pem, owner: 'acme', name: 'shop', userAgent: 'test' });
const installed = json(200, { id: 3 }, { date: 'Sat, 28 Nov 2026 17:00:00 GMT' });
const token = json(201, { token: 'ghs_made_up', expires_at: '2036-11-28T18:00:00Z', permissions: {}, repository_selection: 'all' });
const thing = { route: 'GET /thing', shape: z.looseObject({ name: z.string() }), why: 'to try it' };

/** A client that has the early question's answer to begin with. */
async function connect(server: RudeServer, onResponse: (heard: { readonly date: string | null }) => void = () => undefined): Promise<GitHubClient> {
  const early = await askEarly(asked(server.url));
  if (early === null) throw new Error('nothing was asked');
  return createGitHubClient({ baseUrl: server.url, auth: { kind: 'app', appId: 7, privateKeyPem: pem, owner: 'acme', name: 'shop' }, userAgent: 'test', waitUnitMilliseconds: 1, early, onResponse });
}

describe('a question that is on its way before there is a client', () => {
  it('is asked as the App, and says who asks', async () => {
    const seen: IncomingHttpHeaders[] = [];
    const server = await serveRudely((request, response) => {
      seen.push(request.headers);
      installed(request, response);
    });
    const early = await askEarly(asked(`${server.url}/`));
    expect(await (await early?.answer)?.json()).toEqual({ id: 3 });
    expect(server.requests).toEqual(['GET /repos/acme/shop/installation']);
    const [headers] = seen;
    expect(headers?.['user-agent']).toBe('test');
    const [head = '', claims = '', signature = ''] = (headers?.authorization ?? '').replace(/^bearer /, '').split('.');
    expect(createVerify('RSA-SHA256').update(`${head}.${claims}`).verify(publicKey, signature, 'base64url')).toBe(true);
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ iss: 7 });
  });

  it('is not asked again by the client', async () => {
    const server = await serveRudely(installed, token, json(200, { name: 'hinge' }));
    const client = await connect(server);
    expect((await client.ask(thing)).data).toEqual({ name: 'hinge' });
    expect(server.requests).toEqual(['GET /repos/acme/shop/installation', 'POST /app/installations/3/access_tokens', 'GET /thing']);
  });

  it('tells no time, for it was heard before it was read', async () => {
    const server = await serveRudely(installed, token, json(200, { name: 'hinge' }));
    const dates: (string | null)[] = [];
    await (await connect(server, ({ date }) => dates.push(date))).ask(thing);
    expect(dates).toEqual([null, expect.stringContaining('GMT'), expect.stringContaining('GMT')]);
  });

  it.each<readonly [string, RudeAnswer]>([
    ['a refusal', json(401, { message: 'Bad credentials' })],
    ['a failure', json(502, { message: 'Server Error' })],
    ['an address that it moved to', json(301, {}, { location: '/elsewhere' })],
    ['a broken connection', (request) => void request.socket.destroy()],
    ['another protocol', (request) => void request.socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n')],
    ['half an answer', (_request, response) => void response.writeHead(200, { 'content-length': '100' }).write('{"id":3', () => response.destroy())],
    ['an answer that is packed', (_request, response) => void response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(gzipSync('{"id":3}'))],
    ['more than an answer', (_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(`{"id":3,"more":"${'x'.repeat(1_100_000)}"}`)],
  ])('is asked again by the client after %s', async (_what, answer) => {
    const server = await serveRudely(answer, installed, token, json(200, { name: 'hinge' }));
    expect((await (await connect(server)).ask(thing)).data).toEqual({ name: 'hinge' });
    expect(server.requests.filter((request) => request.endsWith('/installation'))).toHaveLength(2);
  });

  it('is no question with a key that is none, nor at an address that is none', async () => {
    const server = await serveRudely(installed);
    expect(await askEarly({ ...asked(server.url), privateKeyPem: 'no key' })).toBeNull();
    expect(await askEarly(asked('nowhere'))).toBeNull();
    expect(server.requests).toEqual([]);
  });

  it('answers once: whoever asks the same again, asks GitHub', async () => {
    const server = await serveRudely(installed, token, json(200, { id: 4 }));
    const client = await connect(server);
    const again = { route: 'GET /repos/acme/shop/installation', shape: z.looseObject({ id: z.number() }), why: 'to ask again', asApp: true };
    await client.ask({ ...thing, shape: z.looseObject({ id: z.number() }) });
    expect((await client.ask(again)).data).toEqual({ id: 4 });
    expect(server.requests.filter((request) => request.endsWith('/installation'))).toHaveLength(2);
  });

  it('is asked over TLS where the address says so', async () => {
    const firstBytes: number[] = [];
    const server = createPlainServer((socket) => {
      socket.once('data', (data: Buffer) => {
        firstBytes.push(data[0] ?? 0);
        socket.destroy();
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const early = await askEarly(asked(`https://127.0.0.1:${(server.address() as AddressInfo).port}`));
    expect(await early?.answer).toBeNull();
    await new Promise((done) => server.close(done));
    // The first byte of a handshake (RFC 8446 §5.1).
    expect(firstBytes).toEqual([22]);
  });

  it.each<[string, string, RequestInit | undefined]>([
    ['another address', 'https://api.github.com/app', undefined],
    ['a write to the same address', 'https://api.github.com/thing', { method: 'POST' }],
  ])('is no answer to %s, and waits on', async (_what, address, init) => {
    const addresses: string[] = [];
    const fetch = createEarlyFetch((input) => (addresses.push(input instanceof Request ? input.url : String(input)), Promise.resolve(new Response('asked now'))), { url: 'https://api.github.com/thing', answer: Promise.resolve(new Response('asked early')) });
    expect(await (await fetch(address, init)).text()).toBe('asked now');
    expect(addresses).toEqual([address]);
    expect(await (await fetch(new URL('https://api.github.com/thing'))).text()).toBe('asked early');
  });

  it('is over when no answer comes', async () => {
    const server = await serveRudely(() => undefined);
    const early = await askEarly({ ...asked(server.url), timeoutMilliseconds: 50 });
    expect(await early?.answer).toBeNull();
  });

  it('is over when nobody listens', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    await new Promise((done) => server.close(done));
    const early = await askEarly(asked(`http://127.0.0.1:${port}`));
    expect(await early?.answer).toBeNull();
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askPage, parsePageAddress, shownAddress } from './ask-page.ts';
import { badPages, servePages } from './page-server.fixture.ts';
import type { Pages, PageServer } from './page-server.fixture.ts';

const pages: Pages = {
  '/health': (answer) => answer.end('{"build":"1.8.0"}'),
  '/health?key=hidden': (answer) => answer.writeHead(302, { location: '/moved?key=hidden' }).end(),
  '/sick': (answer) => answer.writeHead(503).end('no'),
  '/moved': (answer) => answer.writeHead(302, { location: '/health' }).end('elsewhere'),
  '/moved-twice': (answer) => answer.writeHead(307, { location: '/moved' }).end(),
  '/round': (answer) => answer.writeHead(302, { location: '/round' }).end(),
  '/out': (answer) => answer.writeHead(302, { location: 'http://shop.example.com/' }).end(),
  '/file': (answer) => answer.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/login': (answer) => answer.writeHead(302, { location: 'https://ana:hidden@shop.example.com/' }).end(),
  '/lost': (answer) => answer.writeHead(302, { location: 'http://[' }).end(),
  '/not-modified': (answer) => answer.writeHead(304).end(),
  ...badPages,
};
let server: PageServer;
beforeAll(async () => {
  server = await servePages(pages);
});
afterAll(() => server.stop());

const limits = { maximumBytes: 100, timeoutMilliseconds: 20_000, redirects: 0 };
const asked = (path: string, more: object = {}) => askPage(new URL(path, server.base), { ...limits, ...more });

describe('a page', () => {
  it('is asked without any credential, and given as it answers', async () => {
    expect(await asked('/health')).toEqual({ state: 'answered', status: 200, body: Buffer.from('{"build":"1.8.0"}') });
    expect([server.heard.at(-1)?.authorization, server.heard.at(-1)?.cookie]).toEqual([undefined, undefined]);
  });

  it.each([
    ['that is sick', '/sick', {}, { state: 'answered', status: 503 }],
    ['that is not there', '/nowhere', {}, { state: 'answered', status: 404 }],
    ['that sends no address with its 3xx', '/not-modified', {}, { state: 'answered', status: 304 }],
    ['that has moved', '/moved', {}, { state: 'redirected', why: expect.stringContaining('(status 302), which is not followed') as string }],
    ['that has moved, where one redirect is allowed', '/moved', { redirects: 1 }, { state: 'answered', status: 200 }],
    ['that has moved twice, where one redirect is allowed', '/moved-twice', { redirects: 1 }, { state: 'redirected' }],
    ['that sends in a circle', '/round', { redirects: 5 }, { state: 'redirected' }],
    ['that sends to plain http', '/out', { redirects: 5 }, { state: 'redirected', why: expect.stringContaining('it is not https') as string }],
    ['that sends to a file', '/file', { redirects: 5 }, { state: 'redirected', why: expect.stringContaining('it is not https') as string }],
    ['that sends nowhere', '/lost', { redirects: 5 }, { state: 'redirected', why: expect.stringContaining('it is no address') as string }],
    ['that never ends', '/endless', { maximumBytes: 100_000 }, { state: 'too-large', why: expect.stringContaining('more than 100000 bytes') as string }],
    ['that is a byte too long', '/health', { maximumBytes: 16 }, { state: 'too-large' }],
    ['that says nothing', '/silent', { timeoutMilliseconds: 300 }, { state: 'timed-out', why: expect.stringContaining('within 0.3 s') as string }],
    ['that is cut off', '/cut', {}, { state: 'unreachable' }],
  ])('%s is what it is', async (_name, path, more, expected) => {
    expect(await asked(path, more)).toMatchObject(expected);
  });

  it.each(['/login', '/health?key=hidden'])('shows no credential in what is said of it: %s', async (path) => {
    for (const redirects of [0, 1]) expect(JSON.stringify(await asked(path, { redirects }))).not.toContain('hidden');
  });

  it('where nobody listens cannot be reached, and the code says why', async () => {
    expect(await askPage(new URL('http://127.0.0.1:9/?key=hidden'), limits)).toEqual({ state: 'unreachable', why: expect.stringMatching(/^http:\/\/127\.0\.0\.1:9\/ cannot be reached[^?]*\.$/) as string });
  });
});

describe('an address', () => {
  it.each(['https://shop.example.com/health', 'https://shop.example.com:8443/', 'http://127.0.0.1:8080/', 'http://127.4.0.1/', 'http://localhost/', 'http://[::1]:80/'])('may be asked: %s', (text) => {
    expect(parsePageAddress(text)).toBeInstanceOf(URL);
  });

  it.each([
    ['shop.example.com', 'it is no address'],
    ['', 'it is no address'],
    ['http://shop.example.com/', 'it is not https'],
    ['http://127.0.0.1.example.com/', 'it is not https'],
    ['http://localhost.example.com/', 'it is not https'],
    ['http://10.0.0.1/', 'it is not https'],
    ['ftp://localhost/', 'it is not https'],
    ['file:///etc/passwd', 'it is not https'],
    ['data:text/plain,x', 'it is not https'],
    ['https://ana:pw@shop.example.com/', 'a user name or password'],
    ['https://ana@shop.example.com/', 'a user name or password'],
  ])('may not be asked: %s', (text, why) => {
    expect(parsePageAddress(text)).toContain(why);
  });

  it('is shown without what may be secret in it', () => {
    expect(shownAddress(new URL('https://shop.example.com/health?key=1#x'))).toBe('https://shop.example.com/health');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchBytes } from './fetch-bytes.ts';
import { badPages, servePages } from './page-server.fixture.ts';
import type { Pages, PageServer } from './page-server.fixture.ts';

const pages: Pages = {
  '/file': (answer) => answer.end('twelve bytes'),
  '/moved': (answer) => answer.writeHead(302, { location: '/file' }).end(),
  '/sign-in': (answer) => answer.writeHead(401).end('who are you?'),
  '/busy': (answer) => answer.writeHead(503).end(),
  ...badPages,
};
let server: PageServer;
beforeAll(async () => {
  server = await servePages(pages);
});
afterAll(() => server.stop());

const limits = { maximumBytes: 12, accept: 'text/calendar', timeoutMilliseconds: 20_000 };

describe('bytes from an address', () => {
  it('are read, without any credential', async () => {
    expect(Buffer.from(await fetchBytes(`${server.base}/file`, limits)).toString()).toBe('twelve bytes');
    expect(server.heard.map(({ authorization, cookie, accept }) => [authorization, cookie, accept])).toEqual([[undefined, undefined, 'text/calendar']]);
  });

  it.each([
    ['a byte too many', '/file', { maximumBytes: 11 }, 'refused', 'more than 11 bytes'],
    ['bytes without end', '/endless', { maximumBytes: 100_000 }, 'refused', 'more than 100000 bytes'],
    ['another address', '/moved', {}, 'refused', 'answers with another address (status 302)'],
    ['a page to sign in', '/sign-in', {}, 'refused', 'answers with status 401'],
    ['no such page', '/nowhere', {}, 'not-found', 'answers with status 404'],
    ['a busy server', '/busy', {}, 'refused', 'answers with status 503'],
    ['silence', '/silent', { timeoutMilliseconds: 300 }, 'unreachable', 'did not send the file within 0.3 seconds'],
    ['a file that was cut off', '/cut', {}, 'unreachable', 'cannot be reached'],
  ])('are not taken from %s', async (_name, path, more, code, message) => {
    await expect(fetchBytes(`${server.base}${path}`, { ...limits, ...more })).rejects.toMatchObject({ code, message: expect.stringContaining(message) as string });
  });

  it('are not taken from where nobody listens', async () => {
    await expect(fetchBytes('http://127.0.0.1:9/file', limits)).rejects.toMatchObject({ code: 'unreachable', retryable: true });
  });
});

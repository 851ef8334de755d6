import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchBytes } from './fetch-bytes.ts';

const pages: Readonly<Record<string, (answer: ServerResponse) => void>> = {
  '/file': (answer) => answer.end('twelve bytes'),
  '/moved': (answer) => answer.writeHead(302, { location: '/file' }).end(),
  '/sign-in': (answer) => answer.writeHead(401).end('who are you?'),
  '/busy': (answer) => answer.writeHead(503).end(),
  '/endless': (answer) => {
    const timer = setInterval(() => answer.write('x'.repeat(4096)), 1);
    answer.on('close', () => clearInterval(timer));
  },
  '/silent': () => undefined,
  '/cut': (answer) => {
    answer.writeHead(200, { 'content-length': '100' });
    answer.write('only this', () => answer.destroy());
  },
};
let server: Server;
let base: string;
const heard: (string | undefined)[] = [];
beforeAll(async () => {
  server = createServer((question, answer) => {
    heard.push(question.headers.authorization ?? question.headers.cookie, question.headers.accept);
    (pages[question.url ?? ''] ?? ((missing) => missing.writeHead(404).end()))(answer);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const limits = { maximumBytes: 12, accept: 'text/calendar', timeoutMilliseconds: 20_000 };

describe('bytes from an address', () => {
  it('are read, without any credential', async () => {
    expect(Buffer.from(await fetchBytes(`${base}/file`, limits)).toString()).toBe('twelve bytes');
    expect(heard).toEqual([undefined, 'text/calendar']);
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
    await expect(fetchBytes(`${base}${path}`, { ...limits, ...more })).rejects.toMatchObject({ code, message: expect.stringContaining(message) as string });
  });

  it('are not taken from where nobody listens', async () => {
    await expect(fetchBytes('http://127.0.0.1:9/file', limits)).rejects.toMatchObject({ code: 'unreachable', retryable: true });
  });
});

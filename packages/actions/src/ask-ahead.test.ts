import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askAhead } from './ask-ahead.ts';
import { userAgent } from './user-agent.ts';

const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const heard: string[] = [];
const server = createServer((request, response) => {
  heard.push(`${request.headers['user-agent'] ?? ''} ${request.url ?? ''}`);
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":3}');
});
let environment: Readonly<Record<string, string>> = {};
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  environment = { GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, GITHUB_REPOSITORY: 'acme/shop', 'INPUT_APP-ID': ' 7 ', 'INPUT_APP-KEY': `${key}\n` };
});
beforeEach(() => {
  heard.length = 0;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('the first question of an action', () => {
  it('is asked from what the runner gives the step', async () => {
    const ahead = await askAhead(environment);
    expect(await (await ahead?.answer)?.json()).toEqual({ id: 3 });
    expect(heard).toEqual([`${userAgent} /repos/acme/shop/installation`]);
  });

  it.each([
    ['no address', { GITHUB_API_URL: '' }],
    ['an address of another kind', { GITHUB_API_URL: 'ftp://127.0.0.1' }],
    ['an address that cannot be read', { GITHUB_API_URL: 'https://' }],
    ['no repository', { GITHUB_REPOSITORY: '' }],
    ['half a repository', { GITHUB_REPOSITORY: 'shop' }],
    ['more than a repository', { GITHUB_REPOSITORY: 'acme/shop/installation' }],
    ['no App', { 'INPUT_APP-ID': '' }],
    ['an App that is no number', { 'INPUT_APP-ID': 'Iv1.0' }],
    ['no key', { 'INPUT_APP-KEY': '' }],
    ['a key that is none', { 'INPUT_APP-KEY': 'no key' }],
  ])('is not asked with %s', async (_what, more) => {
    expect(await askAhead({ ...environment, ...more })).toBeNull();
    expect(heard).toEqual([]);
  });
});

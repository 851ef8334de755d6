import { describe, expect, it } from 'vitest';
import { createGitHubClient } from '../client.ts';
import { secretNames } from './answers.ts';
import { seeList } from './see.ts';

/** A GitHub that answers every question alike. */
const answering = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  createGitHubClient({ baseUrl: 'https://api.github.com', auth: { kind: 'token', token: 'token-of-a-test' }, userAgent: 'test', waitUnitMilliseconds: 0, fetch: () => Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', date: 'Sun, 29 Nov 2026 06:00:00 GMT', ...headers } })) });

const names = (client: ReturnType<typeof answering>) => seeList(client, { route: 'GET /repos/{owner}/{repo}/actions/secrets', parameters: { owner: 'acme', repo: 'shop' }, shape: secretNames, why: 'to test' }, ({ secrets }) => secrets.map(({ name }) => name));

describe('a list that was asked for', () => {
  it('is seen when it holds as many as GitHub counts', async () => {
    expect(await names(answering(200, { total_count: 1, secrets: [{ name: 'ONE' }] }))).toEqual({ state: 'seen', value: ['ONE'] });
  });

  it.each([0, 2])('is not seen when it holds another number: %i', async (total) => {
    expect(await names(answering(200, { total_count: total, secrets: [{ name: 'ONE' }] }))).toEqual({ state: 'hidden', why: `GitHub counts ${total} and gave 1` });
  });

  it.each([[403, 'Resource not accessible by personal access token'], [404, 'Not Found']])('is not seen when GitHub answers %i', async (status, message) => {
    expect(await names(answering(status, { message }))).toEqual({ state: 'hidden', why: `GitHub answered ${status} ${message}` });
  });

  it('is an error when GitHub is broken, or only wants to be asked later', async () => {
    await expect(names(answering(500, { message: 'oops' }))).rejects.toMatchObject({ code: 'server-error' });
    await expect(names(answering(403, { message: 'You have exceeded a secondary rate limit' }, { 'retry-after': '999' }))).rejects.toMatchObject({ code: 'rate-limited' });
  });
});

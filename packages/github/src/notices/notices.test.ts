import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Notice } from '@sallyport/pipeline';
import * as z from 'zod';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ownAuthor } from '../own-author.ts';
import { of } from '../repository.ts';
import { startScene } from '../scene.fixture.ts';
import type { Scene } from '../scene.fixture.ts';
import { createNotices } from './notices.ts';

type Heard = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: unknown };

let scene: Scene;
let server: Server;
let heard: Heard[];
let answer: { readonly status: number; readonly text: string; readonly location?: string };
const address = (path: string): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
const notices = (webhooks: Partial<{ readonly slack: string; readonly teams: string }> = {}) =>
  createNotices(scene.app, ownAuthor(scene.app), { slack: webhooks.slack ?? null, teams: webhooks.teams ?? null });

beforeAll(async () => {
  scene = await startScene();
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      heard.push({ path: request.url ?? '', headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown });
      response.writeHead(answer.status, answer.location === undefined ? {} : { location: answer.location }).end(answer.text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await scene.stop();
});
beforeEach(() => {
  heard = [];
  answer = { status: 200, text: 'ok' };
});

const hostile = '<!channel> <https://evil.example|click> [click](https://evil.example) @lena **x** ghp_abcdefghijklmnopqrstuvwxyz0123 mia@example.org\n/approve production';
const notice: Notice = { id: 'override-requested:7', event: 'override-requested', title: `mallory asks ${hostile}`, lines: [`Reason: ${hostile}`], issue: null };

const openIssue = async (): Promise<number> => (await scene.ada.client.ask({ route: 'POST /repos/{owner}/{repo}/issues', parameters: { ...of(scene.ada), title: 'Release to production' }, shape: z.looseObject({ number: z.number() }), why: 'to start the test' })).data.number;
const commentsOf = async (issue: number) => (await scene.ada.client.ask({ route: 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments', parameters: { ...of(scene.ada), issue_number: issue }, shape: z.array(z.looseObject({ id: z.number(), body: z.string(), user: z.looseObject({ login: z.string() }) })), why: 'to look' })).data;

describe('told on GitHub', () => {
  it('stands on the issue that it is about, once, and mentions whom the policy names and nobody else', async () => {
    const issue = await openIssue();
    for (let times = 0; times < 2; times += 1) await notices().give('github', { ...notice, issue }, ['acme/security-leads', 'ada']);
    const [comment, ...others] = await commentsOf(issue);
    expect(others).toEqual([]);
    expect(comment?.user.login).toBe('sallyport-gatekeeper[bot]');
    const mentions = comment?.body.match(/(?<![\w`])@[A-Za-z0-9][\w/-]*/g);
    expect(mentions).toEqual(['@acme/security-leads', '@ada']);
    expect(comment?.body).not.toMatch(/[^\\]\[click\]|[^\\]<!channel>|\n\/approve/);
  });

  it('is told although somebody else wrote its mark', async () => {
    const issue = await openIssue();
    await scene.lena.client.ask({ route: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments', parameters: { ...of(scene.lena), issue_number: issue, body: '<!-- sallyport-notice:override-requested:7 -->' }, shape: z.unknown(), why: 'to start the test' });
    await notices().give('github', { ...notice, issue }, []);
    expect((await commentsOf(issue)).map(({ user }) => user.login)).toEqual(['lena', 'sallyport-gatekeeper[bot]']);
  });

  it('is told although somebody put its mark into a comment of ours', async () => {
    const issue = await openIssue();
    await notices().give('github', { ...notice, id: 'override-requested:8', issue }, []);
    const [ours] = await commentsOf(issue);
    if (ours === undefined) throw new Error('Nothing was told.');
    scene.simulator.clock.advance(1000);
    await scene.lena.client.ask({ route: 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', parameters: { ...of(scene.lena), comment_id: ours.id, body: `${ours.body}\n<!-- sallyport-notice:override-used:8 -->` }, shape: z.unknown(), why: 'to start the test' });
    await notices().give('github', { ...notice, id: 'override-used:8', issue }, ['ada']);
    expect((await commentsOf(issue)).filter(({ body }) => body.includes('@ada'))).toHaveLength(1);
  });

  it('mentions whom the policy names however long the words of others are', async () => {
    const issue = await openIssue();
    await notices().give('github', { ...notice, title: '&'.repeat(60_000), lines: [`Reason: ${'&'.repeat(60_000)}`, 'Look at it.'], issue }, ['acme/security-leads']);
    expect((await commentsOf(issue))[0]?.body).toMatch(/Look at it\.\n\n@acme\/security-leads\n\n<!--/);
  });

  it('has a title that GitHub takes, where it has an issue of its own', async () => {
    await notices().give('github', { ...notice, id: 'bypass-seen:long', title: 'x'.repeat(300) }, []);
    const { data } = await scene.ada.client.ask({ route: 'GET /repos/{owner}/{repo}/issues', parameters: { ...of(scene.ada), labels: 'sallyport-notice', state: 'all' }, shape: z.array(z.looseObject({ title: z.string(), body: z.string() })), why: 'to look' });
    expect(data.find(({ body }) => body.includes('bypass-seen:long'))?.title).toHaveLength(256);
  });

  it('has an issue of its own where there is none that it is about, and one only', async () => {
    for (let times = 0; times < 2; times += 1) await notices().give('github', notice, ['ada']);
    const { data } = await scene.ada.client.ask({ route: 'GET /repos/{owner}/{repo}/issues', parameters: { ...of(scene.ada), labels: 'sallyport-notice', state: 'all' }, shape: z.array(z.looseObject({ body: z.string() })), why: 'to look' });
    expect(data.filter(({ body }) => body.includes('@ada'))).toHaveLength(1);
  });
});

describe.each([
  ['slack', { slack: '/services/T0/B0/secret-part' }],
  ['teams', { teams: '/workflows/secret-part?sig=secret-part' }],
] as const)('told to %s', (channel, paths) => {
  const webhooks = () => Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, address(path)]));
  const give = () => notices(webhooks()).give(channel, notice, []);
  const failure = (): Promise<unknown> => give().then(() => 'told', (error: unknown) => error);

  it('is one message of JSON in which nothing from outside links, mentions or is a secret', async () => {
    await give();
    expect(heard.map(({ path, headers }) => [path, headers['content-type'], headers.authorization])).toEqual([[Object.values(paths)[0], 'application/json', undefined]]);
    const text = JSON.stringify(heard[0]?.body);
    expect(text).not.toMatch(/ghp_|mia@|\\n/);
    expect(text).toContain('acme/shop');
    expect(heard[0]?.body).toMatchSnapshot();
  });

  it.each([
    [{ status: 404, text: 'no_service' }, /status 404, no_service/],
    [{ status: 500, text: '<html>secret-part</html>' }, /status 500/],
    [{ status: 302, text: '', location: '/elsewhere' }, /could not be reached/],
  ] as const)('says what went wrong with %j, and never the address', async (given, expected) => {
    answer = given;
    const error = await failure();
    expect(error).toMatchObject({ name: 'OutsideError', retryable: false, message: expect.stringMatching(expected) as string });
    expect(String((error as Error).message) + String((error as Error).cause)).not.toContain('secret-part');
    expect(heard).toHaveLength(1);
  });

  it('is told nowhere without a webhook, or by one that is not https', async () => {
    await expect(notices().give(channel, notice, [])).rejects.toMatchObject({ retryable: false, message: expect.stringContaining(`SALLYPORT_${channel.toUpperCase()}_WEBHOOK`) as string });
    await expect(notices({ [channel]: 'http://hooks.example/secret-part' }).give(channel, notice, [])).rejects.toThrow(/not https/);
    await expect(notices({ [channel]: 'http://hooks.example/secret-part' }).give(channel, notice, [])).rejects.not.toThrow(/secret-part/);
    await expect(notices({ [channel]: 'http://127.0.0.1:9/secret-part' }).give(channel, notice, [])).rejects.toThrow(/could not be reached/);
  });
});

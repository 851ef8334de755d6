import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixture, type Answer, type Fixture } from '../../simulator-fixture.ts';

let fixture: Fixture;
let readerToken: string;
beforeAll(async () => {
  fixture = await startFixture();
  const reader = fixture.simulator.admin.createUser('reader');
  fixture.simulator.admin.setRole(fixture.repository, reader, 'read');
  readerToken = fixture.simulator.admin.createToken(reader);
});
afterAll(async () => {
  const mismatches = fixture.simulator.contractMismatches();
  await fixture.stop();
  expect(mismatches).toEqual([]);
});

const issues = '/repos/acme/shop/issues';
const as = (token: string, method: string, path: string, body?: unknown): Promise<Answer> => fixture.call(token, method, path, body);
const open = async (token: string, body: Record<string, unknown>): Promise<string> => {
  const answer = await as(token, 'POST', issues, body);
  expect(answer.status).toBe(201);
  return `${issues}/${String((answer.json as { number: number }).number)}`;
};
const labelsOf = (answer: Answer): string[] => (answer.json as { labels: { name: string }[] }).labels.map((label) => label.name);

describe('issues', () => {
  it('lose the labels a reader gives them, without a word', async () => {
    const path = await open(readerToken, { title: 'Hold everything', labels: ['sallyport-hold'] });
    expect(labelsOf(await as(readerToken, 'GET', path))).toEqual([]);
    expect((await as(readerToken, 'POST', `${path}/labels`, { labels: ['sallyport-hold'] })).status).toBe(403);
    await as(readerToken, 'PATCH', path, { labels: ['sallyport-hold'] });
    expect(labelsOf(await as(readerToken, 'GET', path))).toEqual([]);
  });

  it('carry labels set by people who may, and are found by them', async () => {
    const path = await open(fixture.tokens.author, { title: 'Override', labels: ['sallyport-override'] });
    await as(fixture.tokens.author, 'POST', `${path}/labels`, { labels: ['second'] });
    expect((await as(fixture.tokens.author, 'GET', `${path}/labels`)).json).toMatchObject([{ name: 'sallyport-override' }, { name: 'second' }]);
    await as(fixture.tokens.author, 'DELETE', `${path}/labels/second`);
    const found = await as(fixture.tokens.author, 'GET', `${issues}?labels=sallyport-override`);
    expect(found.json).toMatchObject([{ title: 'Override' }]);
    expect((await as(fixture.tokens.author, 'PATCH', path, { state: 'closed' })).json).toMatchObject({ state: 'closed', closed_at: '2026-11-18T09:00:00Z' });
    expect((await as(fixture.tokens.author, 'GET', `${issues}?labels=sallyport-override`)).json).toEqual([]);
  });

  it('are edited by their author or a writer, not by any reader', async () => {
    const path = await open(fixture.tokens.author, { title: 'Mine' });
    expect((await as(readerToken, 'PATCH', path, { title: 'Yours' })).status).toBe(403);
    expect((await as(fixture.tokens.reviewer, 'PATCH', path, { title: 'Ours' })).json).toMatchObject({ title: 'Ours' });
  });

  it('that are locked take comments and reactions from writers only', async () => {
    const path = await open(fixture.tokens.author, { title: 'Release' });
    const made = await as(readerToken, 'POST', `${path}/comments`, { body: 'me too' });
    const comment = `${issues}/comments/${String((made.json as { id: number }).id)}`;
    expect((await as(readerToken, 'PUT', `${path}/lock`)).status).toBe(403);
    expect((await as(fixture.tokens.author, 'PUT', `${path}/lock`)).status).toBe(204);
    expect((await as(readerToken, 'GET', path)).json).toMatchObject({ locked: true });
    expect((await as(readerToken, 'POST', `${path}/comments`, { body: 'and me' })).status).toBe(403);
    expect((await as(readerToken, 'POST', `${comment}/reactions`, { content: '+1' })).status).toBe(403);
    expect((await as(fixture.tokens.reviewer, 'POST', `${path}/comments`, { body: 'thanks' })).status).toBe(201);
    expect((await as(fixture.tokens.reviewer, 'POST', `${comment}/reactions`, { content: '+1' })).status).toBe(201);
    expect((await as(fixture.tokens.reviewer, 'POST', `${comment}/reactions`, { content: '+1' })).status).toBe(200);
    expect((await as(fixture.tokens.author, 'DELETE', `${path}/lock`)).status).toBe(204);
    expect((await as(readerToken, 'POST', `${comment}/reactions`, { content: 'eyes' })).status).toBe(201);
  });

  it('lose a comment that its author or a writer deletes', async () => {
    const path = await open(fixture.tokens.author, { title: 'Talk' });
    const made = await as(fixture.tokens.author, 'POST', `${path}/comments`, { body: '/hold production' });
    const comment = `${issues}/comments/${String((made.json as { id: number }).id)}`;
    expect((await as(readerToken, 'DELETE', comment)).status).toBe(403);
    expect((await as(fixture.tokens.reviewer, 'DELETE', comment)).status).toBe(204);
    expect((await as(fixture.tokens.author, 'GET', `${path}/comments`)).json).toEqual([]);
  });

  it('take comments, which only their author or a writer edits, and show them in the timeline', async () => {
    const path = await open(fixture.tokens.author, { title: 'Talk' });
    const made = await as(fixture.tokens.author, 'POST', `${path}/comments`, { body: '/approve production' });
    const comment = `${issues}/comments/${String((made.json as { id: number }).id)}`;
    expect((await as(readerToken, 'PATCH', comment, { body: 'other' })).status).toBe(403);
    fixture.clock.advance(60_000);
    expect((await as(fixture.tokens.author, 'PATCH', comment, { body: 'edited' })).json).toMatchObject({ created_at: '2026-11-18T09:00:00Z', updated_at: '2026-11-18T09:01:00Z' });
    expect((await as(fixture.tokens.author, 'GET', `${path}/comments`)).json).toMatchObject([{ body: 'edited', user: { login: 'ada' } }]);
    expect((await as(fixture.tokens.author, 'GET', `${path}/timeline`)).json).toMatchObject([{ event: 'commented', body: 'edited' }]);
    fixture.clock.advance(-60_000);
  });

  it('refuse a comment longer than GitHub takes', async () => {
    const path = await open(fixture.tokens.author, { title: 'Long' });
    expect((await as(fixture.tokens.author, 'POST', `${path}/comments`, { body: 'x'.repeat(65_537) })).status).toBe(422);
  });
});

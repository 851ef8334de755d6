import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixture, type Answer, type Fixture } from '../../simulator-fixture.ts';

let fixture: Fixture;
let pull: string;
let timeline: string;
beforeAll(async () => {
  fixture = await startFixture();
  const tree = (await get('/repos/acme/shop/git/trees/main')).json as { sha: string };
  const tip = (await get('/repos/acme/shop/git/ref/heads/main')).json as { object: { sha: string } };
  const commit = await post(fixture.tokens.author, '/repos/acme/shop/git/commits', { message: 'Change', tree: tree.sha, parents: [tip.object.sha] });
  await post(fixture.tokens.author, '/repos/acme/shop/git/refs', { ref: 'refs/heads/change', sha: (commit.json as { sha: string }).sha });
  const opened = await post(fixture.tokens.author, '/repos/acme/shop/pulls', { title: 'A change', head: 'change', base: 'main' });
  const number = String((opened.json as { number: number }).number);
  pull = `/repos/acme/shop/pulls/${number}`;
  timeline = `/repos/acme/shop/issues/${number}/timeline`;
});
afterAll(async () => {
  const mismatches = fixture.simulator.contractMismatches();
  await fixture.stop();
  expect(mismatches).toEqual([]);
});

const post = (token: string, path: string, body: unknown): Promise<Answer> => fixture.call(token, 'POST', path, body);
const get = (path: string): Promise<Answer> => fixture.call(fixture.tokens.author, 'GET', path);

describe('a pull request', () => {
  it('asks collaborators for reviews, never its author, and forgets the request once they reviewed', async () => {
    expect((await post(fixture.tokens.author, `${pull}/requested_reviewers`, { reviewers: ['ada'] })).status).toBe(422);
    expect((await post(fixture.tokens.author, `${pull}/requested_reviewers`, { reviewers: ['grace'] })).status).toBe(201);
    expect((await get(`${pull}/requested_reviewers`)).json).toMatchObject({ users: [{ login: 'grace' }], teams: [] });
    await post(fixture.tokens.reviewer, `${pull}/reviews`, { event: 'COMMENT', body: 'Looking' });
    expect((await get(`${pull}/requested_reviewers`)).json).toMatchObject({ users: [] });
    expect((await get(timeline)).json).toMatchObject([{ event: 'committed' }, { event: 'review_requested', requested_reviewer: { login: 'grace' } }, { event: 'reviewed', state: 'commented' }]);
  });

  it('keeps a dismissed review, and says who dismissed it', async () => {
    const given = await post(fixture.tokens.reviewer, `${pull}/reviews`, { event: 'REQUEST_CHANGES', body: 'No' });
    const review = `${pull}/reviews/${String((given.json as { id: number }).id)}`;
    const dismissed = await fixture.call(fixture.tokens.admin, 'PUT', `${review}/dismissals`, { message: 'Settled' });
    expect(dismissed.json).toMatchObject({ state: 'DISMISSED' });
    expect((await fixture.call(fixture.tokens.admin, 'PUT', `${review}/dismissals`, { message: 'Again' })).status).toBe(422);
    const last = ((await get(timeline)).json as unknown[]).find((entry) => (entry as { event: string }).event === 'review_dismissed');
    expect(last).toMatchObject({ actor: { login: 'root' }, dismissed_review: { state: 'changes_requested', dismissal_message: 'Settled' } });
  });

  it('is renamed, closed and opened again', async () => {
    const patch = (body: unknown): Promise<Answer> => fixture.call(fixture.tokens.author, 'PATCH', pull, body);
    expect((await patch({ title: 'A better name', state: 'closed' })).json).toMatchObject({ title: 'A better name', state: 'closed', merged: false });
    expect((await get('/repos/acme/shop/pulls')).json).toEqual([]);
    expect((await get('/repos/acme/shop/pulls?state=all&head=acme:change')).json).toMatchObject([{ title: 'A better name' }]);
    expect((await patch({ state: 'open' })).json).toMatchObject({ state: 'open', closed_at: null });
    const again = await post(fixture.tokens.author, '/repos/acme/shop/pulls', { title: 'Twice', head: 'change', base: 'main' });
    expect(again).toMatchObject({ status: 422, json: { message: 'Validation Failed', errors: [{ message: 'A pull request already exists for acme:change.' }] } });
  });

  it('shows everything that happened to it in its timeline, and closes when its branch is deleted', async () => {
    await post(fixture.tokens.author, `${timeline.replace('/timeline', '/labels')}`, { labels: ['urgent'] });
    const tip = (await get('/repos/acme/shop/git/ref/heads/main')).json as { object: { sha: string } };
    await post(fixture.tokens.author, '/repos/acme/shop/git/refs', { ref: 'refs/heads/stable', sha: tip.object.sha });
    expect((await fixture.call(fixture.tokens.author, 'PATCH', pull, { base: 'stable' })).json).toMatchObject({ base: { ref: 'stable' } });
    await fixture.call(fixture.tokens.author, 'DELETE', '/repos/acme/shop/git/refs/heads/change');
    expect((await get(pull)).json).toMatchObject({ state: 'closed', merged: false, mergeable: null });
    const events = ((await get(`${timeline}?per_page=100`)).json as { event: string }[]).map((entry) => entry.event);
    expect(events.slice(-6)).toEqual(['closed', 'reopened', 'labeled', 'base_ref_changed', 'head_ref_deleted', 'closed']);
  });

  it.each([
    ['a head that is not there', { head: 'nothing', base: 'main' }],
    ['a base that is not there', { head: 'change', base: 'nothing' }],
    ['no commits of its own', { head: 'main', base: 'main' }],
  ])('is not opened with %s', async (_, ends) => {
    expect((await post(fixture.tokens.author, '/repos/acme/shop/pulls', { title: 'X', ...ends })).status).toBe(422);
  });
});

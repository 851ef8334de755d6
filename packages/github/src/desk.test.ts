import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FormAnswers, Issue, User } from '@sallyport/simulator';
import { createDesk } from './desk.ts';
import { approveOverride, openOverrideRequest } from './override-desk.ts';
import { reviewMark } from './override-text.ts';
import { askForRollback } from './rollback-desk.ts';
import { parseRollback } from './rollback-text.ts';
import { name, startScene } from './scene.fixture.ts';
import type { Scene } from './scene.fixture.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
beforeEach(() => {
  scene.repository.issues.clear();
});
afterAll(() => scene.stop());

const build = `sha256:${'b'.repeat(64)}`;
const request = { build, version: '1.8.1', environment: 'production', reason: 'names "leak": \\ # now', advisory: 'GHSA-9f4x-2v7m-5c3p' };
const team = 'acme/security-leads';

function addIssue(author: User, changes: Partial<Issue>): Issue {
  const number = scene.repository.nextNumber;
  scene.repository.nextNumber += 1;
  const at = scene.simulator.clock.now();
  const issue: Issue = { id: 70_000 + number, number, author, title: 'An issue', body: '', state: 'open', labels: new Set<string>(), assignees: [], createdAt: at, updatedAt: at, closedAt: null, comments: [], isPull: false, ...changes };
  scene.repository.issues.set(number, issue);
  return issue;
}

async function openRequest() {
  const { issue } = await openOverrideRequest(scene.ada.client, name, request);
  const { items } = await createDesk(scene.app).listOverrideRequests();
  const found = items.find(({ id }) => id === String(issue));
  if (found === undefined) throw new Error('the request was not found');
  return { issue, found };
}

describe('override requests', () => {
  it('are read as they were asked', async () => {
    const { found } = await openRequest();
    expect(found).toMatchObject({ open: true, requester: { id: scene.people.ada.id, login: 'ada', kind: 'user' }, environment: 'production', build, reason: request.reason, advisory: request.advisory });
  });

  it('that do not parse are named, and the list is not complete', async () => {
    const { found } = await openRequest();
    const { number } = addIssue(scene.people.ada, { labels: new Set(['sallyport-override']), body: 'please' });
    expect(await createDesk(scene.app).listOverrideRequests()).toMatchObject({ items: [found], complete: false, missing: expect.stringContaining(`#${number}`) as unknown, written: [{ issue: number, author: { login: 'ada' }, form: null }] });
  });

  it('that are closed or have no label are not listed', async () => {
    const { issue } = await openRequest();
    const body = scene.repository.issues.get(issue)?.body ?? '';
    addIssue(scene.people.ada, { body });
    addIssue(scene.people.ada, { body, labels: new Set(['sallyport-override']), state: 'closed' });
    const { items } = await createDesk(scene.app).listOverrideRequests();
    expect(items.map(({ id }) => id)).toEqual([String(issue)]);
  });

  it.each([
    ['reason', { reason: 'one\nbuild: two' }],
    ['advisory', { advisory: 'GHSA-1\r\nx' }],
  ])('with a line break in the %s are not opened', async (field, change) => {
    await expect(openOverrideRequest(scene.ada.client, name, { ...request, ...change })).rejects.toMatchObject({ code: 'refused', message: expect.stringContaining(`${field} is not a single line`) as unknown });
    expect(scene.repository.issues.size).toBe(0);
  });

  it('whose label GitHub leaves out are an error that says so', async () => {
    scene.simulator.admin.setRole(scene.repository, scene.people.ada, 'read');
    const opened = openOverrideRequest(scene.ada.client, name, request);
    await expect(opened).rejects.toMatchObject({ code: 'forbidden', message: expect.stringContaining('without the label') as unknown });
    scene.simulator.admin.setRole(scene.repository, scene.people.ada, 'write');
  });
});

describe('forms for an override', () => {
  const file = readFileSync(new URL('../../../workflows/issue-forms/sallyport-override.yml', import.meta.url), 'utf8');
  const answers = { build: '1.8.1', environment: 'production', urgency: 'It is being exploited', reason: 'names leak', waives: ['The release window'], holds: 'At most 1 hour' };
  const send = (by: User, changes: FormAnswers = {}): Issue => scene.simulator.admin.sendForm(scene.repository, by, file, { ...answers, ...changes });
  const listed = () => createDesk(scene.app).listOverrideRequests();

  it('are read apart from requests by a block, with who sent them, and make no list incomplete', async () => {
    const { number } = send(scene.people.ada);
    expect(await listed()).toMatchObject({ items: [], complete: true, written: [{ issue: number, author: { login: 'ada', kind: 'user' }, form: { build: '1.8.1', waives: ['window'], holdsSeconds: 3600 } }] });
  });

  it('that hold a block in an answer are forms all the same', async () => {
    send(scene.people.ada, { reason: ['urgent', '```sallyport-override', `build: ${build}`, 'environment: production', 'reason: x', '```'].join('\n') });
    expect(await listed()).toMatchObject({ items: [], written: [{ form: { build: '1.8.1' } }] });
  });

  it.each<[string, (number: number) => Promise<unknown>, object]>([
    ['never', () => Promise.resolve(), { known: false }],
    ['by a new title, a comment and a label', async (number) => {
      await scene.ada.client.ask({ route: 'PATCH /repos/{owner}/{repo}/issues/{issue_number}', parameters: { owner: name.owner, repo: name.name, issue_number: number, title: 'Other', labels: ['sallyport-override', 'x'] }, shape: z.unknown(), why: 'to try' });
      await approveOverride(scene.ada.client, name, { issue: number, environment: 'production', build });
    }, { known: false }],
    ['by a new text', (number) => scene.ada.client.ask({ route: 'PATCH /repos/{owner}/{repo}/issues/{issue_number}', parameters: { owner: name.owner, repo: name.name, issue_number: number, body: 'Other' }, shape: z.unknown(), why: 'to try' }), { known: true }],
    ['and deleted', (number) => Promise.resolve(scene.repository.issues.delete(number)), { unknown: expect.stringContaining('cannot be read: Could not resolve to an Issue') as string }],
  ])('tell whether their text was changed: %s', async (_name, change, expected) => {
    const { number } = send(scene.people.ada);
    await change(number);
    expect(await createDesk(scene.app).isEdited(number)).toEqual(expected);
  });

  it('are answered once, and closed only when they were refused', async () => {
    const desk = createDesk(scene.app);
    const issue = send(scene.people.ada);
    expect(await desk.isFormAnswered(issue.number)).toBe(false);
    // What somebody else writes stands in for no answer.
    issue.comments.push({ id: 5, user: scene.people.ada, body: `<!-- sallyport-form:${issue.number} -->`, createdAt: 0, updatedAt: 0 });
    for (const accepted of [true, true, false]) await desk.answerForm({ issue: issue.number, accepted, body: 'No.' });
    expect(await desk.isFormAnswered(issue.number)).toBe(true);
    expect(issue.comments.slice(1).map(({ body }) => body)).toEqual([`No.\n\n<!-- sallyport-form:${issue.number} -->`]);
    expect(issue.state).toBe('closed');
  });
});

describe('approvals', () => {
  it('say who, for what, and whether they are in the team', async () => {
    const { issue, found } = await openRequest();
    await approveOverride(scene.ada.client, name, { issue, environment: 'production', build });
    await approveOverride(scene.lena.client, name, { issue, environment: 'production', build });
    const { items, complete } = await createDesk(scene.app).gatherApprovals(found, team, []);
    expect(complete).toBe(true);
    expect(items.map(({ person, membership, edited, environment }) => ({ login: person.login, membership, edited, environment }))).toEqual([
      { login: 'ada', membership: { known: 'none' }, edited: false, environment: 'production' },
      { login: 'lena', membership: { known: 'active' }, edited: false, environment: 'production' },
    ]);
    expect(items.every(({ digestPrefix }) => build.startsWith(digestPrefix) && digestPrefix.length >= 'sha256:'.length + 12)).toBe(true);
  });

  it('that were edited, come from a bot or only talk about approving are told apart', async () => {
    const { issue, found } = await openRequest();
    const at = Date.parse('2026-11-18T09:00:00Z');
    const body = `/approve production ${build.slice(0, 19)}`;
    const bot = scene.simulator.admin.createUser('helper[bot]', { bot: true });
    const comments = scene.repository.issues.get(issue)?.comments;
    comments?.push(
      { id: 1, user: scene.people.lena, body, createdAt: at, updatedAt: at + 1000 },
      { id: 2, user: bot, body, createdAt: at, updatedAt: at },
      { id: 3, user: scene.people.lena, body: `I would write\n${body}`, createdAt: at, updatedAt: at },
      { id: 4, user: scene.people.lena, body: `> ${body}`, createdAt: at, updatedAt: at },
    );
    const { items } = await createDesk(scene.app).gatherApprovals(found, team, []);
    expect(items.map(({ commentId, edited, person, membership }) => [commentId, edited, person.kind, membership])).toEqual([
      [1, true, 'user', { known: 'active' }],
      [2, false, 'bot', { known: 'none' }],
    ]);
  });

  it.each(['security-leads', 'acme/nobody', 'acme/security/leads'])('for the team %s have an unknown membership', async (unseen) => {
    const { issue, found } = await openRequest();
    await approveOverride(scene.lena.client, name, { issue, environment: 'production', build });
    const { items } = await createDesk(scene.app).gatherApprovals(found, unseen, []);
    expect(items.map(({ membership }) => 'unknown' in membership)).toEqual([true]);
  });
});

it('hands no e-mail address or token on to the record, wherever people wrote it (L08)', async () => {
  const leak = `ask ops@example.org, ghp_${'a1B2'.repeat(9)}`;
  const kept = 'ask [address left out], [secret left out]';
  addIssue(scene.people.lena, { title: leak, labels: new Set(['sallyport-hold']) });
  await openOverrideRequest(scene.ada.client, name, { ...request, reason: leak });
  await askForRollback(scene.ada.client, name, { build, version: '1.7.0', environment: 'production', reason: leak });
  const desk = createDesk(scene.app);
  const read = await Promise.all([desk.listHolds(), desk.listOverrideRequests(), desk.listRollbacks()]);
  expect(read.flatMap(({ items }) => items.map(({ reason }) => reason))).toEqual([kept, kept, kept]);
});

it('lists open holds with their owner and reason, and no pull request', async () => {
  const labels = new Set(['sallyport-hold']);
  const hold = addIssue(scene.people.lena, { title: 'The queue is full', labels });
  addIssue(scene.people.lena, { labels, state: 'closed' });
  const { items, complete } = await createDesk(scene.app).listHolds();
  expect(complete).toBe(true);
  expect(items).toMatchObject([{ issue: hold.number, reason: 'The queue is full', owner: { login: 'lena' } }]);
});

describe('reviews', () => {
  const task = { override: '41', title: 'Review override 41', body: 'Look back.' };

  it('are opened once, and found again when closed', async () => {
    const desk = createDesk(scene.app);
    const { issue } = await desk.openReview(task);
    const opened = scene.repository.issues.get(issue);
    expect([...(opened?.labels ?? [])]).toEqual(['sallyport-review']);
    expect(await desk.reviewState(issue)).toEqual({ known: 'open' });
    if (opened !== undefined) opened.state = 'closed';
    expect(await desk.reviewState(issue)).toEqual({ known: 'closed' });
    expect(await desk.openReview(task)).toEqual({ issue });
    expect((await desk.openReview({ ...task, override: '4' })).issue).not.toBe(issue);
  });

  it.each([
    ['a person', () => scene.people.ada],
    ['another bot', () => [...scene.simulator.world.users.values()].find(({ login }) => login === 'github-actions[bot]') ?? scene.people.ada],
  ])('that %s forged do not stand in for the real one', async (_name, author) => {
    const forged = addIssue(author(), { labels: new Set(['sallyport-review']), state: 'closed', body: reviewMark('41') });
    const { issue } = await createDesk(scene.app).openReview(task);
    expect(issue).not.toBe(forged.number);
  });

  it('that are gone are unknown', async () => {
    expect(await createDesk(scene.app).reviewState(9999)).toHaveProperty('unknown');
  });
});

describe('rollbacks that are asked for', () => {
  const rollback = { build, version: '1.7.0', environment: 'production', reason: 'checkout fails' };
  const listed = () => createDesk(scene.app).listRollbacks();

  it('are read as they were asked, with whoever asked and when', async () => {
    const { issue, comment } = await askForRollback(scene.ada.client, name, rollback);
    expect(comment).toBe(`/rollback production sha256:${'b'.repeat(16)} checkout fails`);
    const found = await listed();
    expect(found).toMatchObject({ complete: true, items: [{ issue, environment: 'production', digestPrefix: `sha256:${'b'.repeat(16)}`, reason: 'checkout fails', requester: { id: scene.people.ada.id, login: 'ada', kind: 'user' }, edited: false }] });
    expect(found.items[0]?.requestedAt).toBe(Math.floor(scene.simulator.clock.now() / 1000) * 1000);
  });

  it('are those of open issues with the label, in the order of their comments', async () => {
    const second = await askForRollback(scene.ada.client, name, rollback);
    await askForRollback(scene.lena.client, name, { ...rollback, environment: 'staging' });
    const closed = scene.repository.issues.get(second.issue);
    if (closed !== undefined) closed.state = 'closed';
    expect((await listed()).items.map(({ environment }) => environment)).toEqual(['staging']);
  });

  it('that were edited say so', async () => {
    const { issue } = await askForRollback(scene.ada.client, name, rollback);
    const comment = scene.repository.issues.get(issue)?.comments[0];
    if (comment === undefined) throw new Error('there is no comment');
    comment.updatedAt = comment.createdAt + 60_000;
    expect((await listed()).items[0]?.edited).toBe(true);
  });

  it.each(['please', '/rollback production', '/rollback production sha256:abc', ' /rollback production sha256:bbbbbbbbbbbb', 'text\n/rollback production sha256:bbbbbbbbbbbb', '/rollback production  sha256:bbbbbbbbbbbb', `/rollback production sha256:bbbbbbbbbbbb ${'x'.repeat(501)}`, '/rollback production sha256:bbbbbbbbbbbb \u2028x', '/ROLLBACK production sha256:bbbbbbbbbbbb'])('are not read into %j', (body) => {
    expect(parseRollback(body)).toBeNull();
  });

  it('need no reason, and end with their first line', () => {
    expect(parseRollback('/rollback production sha256:bbbbbbbbbbbb\r\nmore')).toEqual({ environment: 'production', digestPrefix: 'sha256:bbbbbbbbbbbb', reason: '' });
  });

  it('with a reason that cannot be read back are not asked for', async () => {
    await expect(askForRollback(scene.ada.client, name, { ...rollback, reason: 'x'.repeat(501) })).rejects.toMatchObject({ code: 'refused' });
    expect(scene.repository.issues.size).toBe(0);
  });

  it('tell the role of whoever asked, now', async () => {
    const { id, login } = scene.people.ada;
    const person = { id, login, kind: 'user' } as const;
    expect(await createDesk(scene.app).readRole(person)).toEqual({ known: 'write' });
    expect(await createDesk(scene.app).readRole({ ...person, kind: 'bot' })).toEqual({ unknown: 'ada is not a person' });
    expect(await createDesk(scene.app).readRole({ ...person, id: 999_999 })).toMatchObject({ unknown: expect.stringContaining('another account') as string });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createDesk } from './desk.ts';
import { name, startScene } from './scene.fixture.ts';
import type { Scene } from './scene.fixture.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
beforeEach(() => {
  scene.repository.issues.clear();
});
afterAll(async () => {
  expect(scene.simulator.contractMismatches()).toEqual([]);
  await scene.stop();
});

const desk = () => createDesk(scene.app);
const text = { mark: 'production/0', title: 'Release to production: 1.8.0', body: 'It waits.' };

async function open(): Promise<number> {
  return (await desk().openRelease(text)).issue;
}

async function read(issue: number) {
  const found = await desk().readRelease(issue);
  if (!('known' in found) || found.known === null) throw new Error('It cannot be read.');
  return found.known;
}

async function say(person: 'ada' | 'lena', issue: number, body: string): Promise<number> {
  const { data } = await scene[person].client.ask({ route: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments', parameters: { owner: name.owner, repo: name.name, issue_number: issue, body }, shape: z.looseObject({ id: z.number() }), why: 'to try it' });
  return data.id;
}

describe('a release issue', () => {
  it('is opened once, locked, and found again open or closed', async () => {
    const issue = await open();
    expect(scene.repository.issues.get(issue)).toMatchObject({ title: text.title, locked: true, state: 'open', author: { login: 'sallyport-gatekeeper[bot]' } });
    expect(await open()).toBe(issue);
    await desk().updateRelease(issue, { state: 'closed' });
    expect(await open()).toBe(issue);
    expect((await desk().openRelease({ ...text, mark: 'production/1' })).issue).not.toBe(issue);
  });

  it('is not one that somebody else wrote with the same mark', async () => {
    const forged = await scene.ada.client.ask({ route: 'POST /repos/{owner}/{repo}/issues', parameters: { owner: name.owner, repo: name.name, title: 'x', body: '<!-- sallyport-release:production/0 -->', labels: ['sallyport-release'] }, shape: z.looseObject({ number: z.number() }), why: 'to forge it' });
    expect(await open()).not.toBe(forged.data.number);
  });

  it('reads back as it was written, and keeps its mark when it changes', async () => {
    const issue = await open();
    expect(await read(issue)).toMatchObject({ issue, open: true, title: text.title, body: 'It waits.' });
    await desk().updateRelease(issue, { title: 'Released', body: 'It went.\n\nWell.', state: 'closed' });
    expect(await read(issue)).toMatchObject({ open: false, title: 'Released', body: 'It went.\n\nWell.' });
    expect(await open()).toBe(issue);
  });

  it('that was deleted is known not to be there', async () => {
    expect(await desk().readRelease(4711)).toEqual({ known: null });
  });

  it('holds the commands of people, in their order, and who has an answer', async () => {
    const issue = await open();
    const first = await say('ada', issue, '/hold production the queue is full');
    await say('lena', issue, 'well done');
    const second = await say('lena', issue, '/status');
    await desk().answerCommand({ issue, comment: first, accepted: true, body: 'It is on hold.' });
    const { commands, answered } = await read(issue);
    expect(commands).toMatchObject({ complete: true, items: [{ id: first, person: { login: 'ada', kind: 'user' }, edited: false, command: { name: 'hold' } }, { id: second, person: { login: 'lena' }, command: { name: 'status' } }] });
    expect([...answered]).toEqual([first]);
    expect(scene.repository.issues.get(issue)?.comments.find(({ id }) => id === first)?.reactions).toMatchObject([{ content: '+1', user: { login: 'sallyport-gatekeeper[bot]' } }]);
  });

  it('takes nobody else’s word for an answer', async () => {
    const issue = await open();
    const asked = await say('ada', issue, '/status');
    await say('lena', issue, `No.\n\n<!-- sallyport-answer:${asked} -->`);
    expect([...(await read(issue)).answered]).toEqual([]);
  });
});

it('an override that a command asks for is opened once, with the block that the gate reads', async () => {
  const block = { build: `sha256:${'b'.repeat(64)}`, environment: 'production', reason: 'it is being exploited', advisory: 'GHSA-9f4x-2v7m-5c3p' };
  const asked = { comment: 77, title: 'Override: 1.8.1 to production', block, page: '### What is asked' };
  const { issue } = await desk().openOverride(asked);
  expect(await desk().openOverride(asked)).toEqual({ issue });
  const { items } = await desk().listOverrideRequests();
  expect(items).toMatchObject([{ id: String(issue), ...block, requester: { kind: 'bot' } }]);
  expect(scene.repository.issues.get(issue)?.body).toContain('### What is asked');
});

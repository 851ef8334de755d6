import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Issue } from '@sallyport/simulator';
import { soakMilliseconds } from './gatekeeper-repository.ts';
import type { Person } from './gatekeeper-repository.ts';
import { startScene } from './gatekeeper-scene.ts';
import type { Scene } from './gatekeeper-scene.ts';
import { tamper } from './tamper.ts';

/** Saturday 06:30 in Los Angeles. The scene begins on the Wednesday before. */
const saturday = Date.parse('2026-11-21T14:30:00Z');
const week = 7 * 24 * 60 * 60 * 1000;

let scene: Scene;
let build: string;
beforeEach(async () => {
  scene = await startScene('production');
  setPolicy((text) => text.replace('window: anytime', 'window: saturday-morning'));
  build = await stage('1.0.0-rc.1');
});
afterEach(async () => {
  expect(scene.simulator.contractMismatches()).toEqual([]);
  await scene.stop();
});

function setPolicy(change: (text: string) => string): void {
  tamper(scene, 'main', '.github/sallyport.yml', change);
}

/** Registers a build and lets it run in staging for the whole soak. */
async function stage(version: string): Promise<string> {
  const digest = await scene.register(version);
  await scene.settle();
  scene.simulator.clock.advance(soakMilliseconds);
  await scene.settle();
  return digest;
}

const releases = (): readonly Issue[] => [...scene.repository.issues.values()].filter(({ labels }) => labels.has('sallyport-release'));

function release(): Issue {
  const found = releases().at(-1);
  if (found === undefined) throw new Error('There is no release issue.');
  return found;
}

/** Gives a command, and lets the gatekeeper take it up. Tells what was answered. */
async function command(person: Person, text: string): Promise<string> {
  const { number } = release();
  const made = await person.send('POST', `/issues/${number}/comments`, { body: text });
  await scene.settle();
  return answerTo(Number(made['id']));
}

function answerTo(comment: number): string {
  const answers = releases().flatMap(({ comments }) => comments.filter(({ body }) => body.includes(`<!-- sallyport-answer:${comment} -->`)));
  expect(answers.length, 'a command is answered once').toBeLessThan(2);
  return answers[0]?.body.split('\n\n<!--')[0] ?? 'no answer';
}

const reactionsTo = (text: string): readonly string[] => release().comments.find(({ body }) => body === text)?.reactions?.map(({ content, user }) => `${content} ${user.login}`) ?? [];
const promoted = async (): Promise<readonly string[]> => ((await scene.readRecord()).state.promotions.get('production') ?? []).map(({ version, end }) => `${version} ${end?.outcome ?? 'under way'}`);

describe('the release issue', () => {
  it('shows what waits, is locked, closes when it went, and the next build opens another', async () => {
    expect(releases().map(({ title, locked, state }) => ({ title, locked, state }))).toEqual([{ title: 'Release to production: 1.0.0-rc.1', locked: true, state: 'open' }]);
    expect(release().body).toContain('| window | Sat 21 Nov 2026 06:00 PST');
    const text = release().body;
    await scene.settle();
    expect(release().body, 'nothing changed, so nothing is written').toBe(text);

    scene.simulator.clock.set(saturday);
    await scene.settle();
    expect(await promoted()).toEqual(['1.0.0-rc.1 succeeded']);
    expect(releases().map(({ title, state }) => ({ title, state }))).toEqual([{ title: 'Released 1.0.0-rc.1 to production', state: 'closed' }]);

    scene.simulator.clock.advance(6 * 60 * 60 * 1000);
    await stage('1.0.0-rc.2');
    expect(release().body).toContain('| release | `v1.0.0` |');
    expect(releases().map(({ title, state }) => ({ title, state }))).toEqual([{ title: 'Released 1.0.0-rc.1 to production', state: 'closed' }, { title: 'Release to production: 1.0.0-rc.2', state: 'open' }]);
  });

  it('says so when a version was published of another build already', async () => {
    scene.simulator.clock.set(saturday);
    await scene.settle();
    await stage('1.0.0-rc.2');
    await scene.settle();
    expect(await promoted()).toEqual(['1.0.0-rc.1 succeeded', '1.0.0-rc.2 succeeded']);
    scene.simulator.clock.advance(6 * 60 * 60 * 1000);
    await stage('1.0.1-rc.1');
    expect(release().body).toContain('| release | none of its own: `v1.0.0` was published of 1.0.0-rc.1.');
    expect(plainReleases()).toMatchObject([{ tagName: 'v1.0.0' }]);
  });

  it('is opened again when somebody closes or deletes it, and commands on it count all the same', async () => {
    const { number } = release();
    await scene.ben.send('PATCH', `/issues/${number}`, { state: 'closed' });
    expect(await command(scene.ben, '/hold production the queue is full')).toContain('production is on hold');
    expect(release().state).toBe('open');

    scene.repository.issues.delete(number);
    await scene.settle();
    expect(release().number).not.toBe(number);
    expect(release().body, 'a hold outlives its issue').toContain('the queue is full');
  });

  it('is what it was when GitHub refuses to write it: releases go on, and the sweep says so', async () => {
    scene.simulator.clock.set(saturday);
    const remove = scene.simulator.faults.add({ when: ({ method, path }) => method === 'PATCH' && path.endsWith(`/issues/${release().number}`), kind: 'server-error' });
    const end = await (await scene.start()).ended;
    expect(end, end.output).toMatchObject({ code: 0, state: 'swept' });
    expect(end.output).toContain('could not be brought up to date');
    await scene.simulator.idle();
    await scene.start().then(({ ended }) => ended);
    expect(await promoted()).toEqual(['1.0.0-rc.1 succeeded']);
    remove();
    expect(release().title).toBe('Release to production: 1.0.0-rc.1');
  });
});

const plainReleases = () => scene.repository.releases.filter(({ prerelease }) => !prerelease);

describe('the release of a version', () => {
  it('is published once it is in production, with a checkpoint that the ledger still answers to', async () => {
    expect(plainReleases(), 'nothing is in production').toEqual([]);
    scene.simulator.clock.set(saturday);
    await scene.settle();
    await scene.settle();
    const [published] = plainReleases();
    if (published === undefined) throw new Error('Nothing is published.');
    const [checkpoint] = published.assets;
    expect(plainReleases()).toHaveLength(1);
    expect(published).toMatchObject({ tagName: 'v1.0.0', targetCommitish: scene.landed, draft: false, author: { login: 'sallyport-gatekeeper[bot]' } });
    expect(published.body).toContain('Build 1.0.0-rc.1 of commit');
    expect(published.body).toContain('by `promote/production/1`');
    expect(published.body).toContain(`| shop.txt | \`${(await scene.readRecord()).state.builds.get(build)?.artifacts[0]?.digest ?? ''}\` |`);
    expect(published.body).toMatch(/- #\d+ by ada/);
    const { ledger, state } = await scene.readRecord();
    expect([...state.published.values()]).toEqual([{ type: 'release-published', version: '1.0.0', tag: 'v1.0.0', build, environment: 'production', number: 1 }]);
    const note = Buffer.from(checkpoint?.bytes ?? []).toString('utf8');
    expect(checkpoint?.name).toBe(`sallyport-checkpoint-${note.split('\n')[1] ?? ''}`);
    expect(Number(note.split('\n')[1])).toBeGreaterThan(state.promotions.get('production')?.[0]?.end?.index ?? Infinity);
    expect(Number(note.split('\n')[1])).toBeLessThan(ledger.head.size);
  });

  it('waits while somebody else has its name, holds nothing up, and follows when the name is free', async () => {
    const taken = await scene.ben.send('POST', '/releases', { tag_name: 'v1.0.0', target_commitish: scene.landed });
    scene.simulator.clock.set(saturday);
    await scene.settle();
    const { notes } = await scene.sweep();
    expect(notes).toMatchObject([{ code: 'courtesy-failed', message: expect.stringContaining('v1.0.0 is a release that ben made') as string }]);
    expect(releases().map(({ title }) => title), 'what comes after it was done all the same').toEqual(['Released 1.0.0-rc.1 to production']);
    scene.repository.releases.splice(scene.repository.releases.findIndex(({ id }) => id === taken['id']), 1);
    await scene.settle();
    expect((await scene.readRecord()).state.published.get('1.0.0')).toMatchObject({ build });
  });
});

describe('commands', () => {
  it('hold and resume: whoever holds may end it, what others hold only a maintainer', async () => {
    expect(await command(scene.ben, '/hold production the queue is full')).toBe('ben: production is on hold: the queue is full. Nothing is promoted there until /resume production.');
    expect(reactionsTo('/hold production the queue is full')).toEqual(['+1 sallyport-gatekeeper[bot]']);
    scene.simulator.clock.set(saturday);
    await scene.settle();
    expect(await promoted()).toEqual([]);

    expect(await command(scene.ada, '/hold production and the moon')).toContain('on hold');
    expect(await command(scene.ben, '/resume production')).toContain('ada still holds it');
    expect(await promoted()).toEqual([]);
    expect(await command(scene.ben, '/resume production')).toContain('cannot end what somebody else began');
    expect(await command(scene.ada, '/resume production')).toBe('ada: production goes on.');
    expect(await promoted()).toEqual(['1.0.0-rc.1 succeeded']);
  });

  it('that were given between two sweeps count in their order: a hold and its end right below it', async () => {
    scene.simulator.clock.set(saturday);
    const held = await scene.ben.send('POST', `/issues/${release().number}/comments`, { body: '/hold production the queue is full' });
    expect(await command(scene.ben, '/resume production')).toBe('ben: production goes on.');
    expect(answerTo(Number(held['id']))).toContain('production is on hold');
    expect(await promoted()).toEqual(['1.0.0-rc.1 succeeded']);
  });

  it('are in force before the very sweep that reads them promotes anything', async () => {
    scene.simulator.clock.set(saturday);
    await scene.ben.send('POST', `/issues/${release().number}/comments`, { body: '/hold production wait' });
    await scene.settle();
    expect(await promoted()).toEqual([]);
  });

  it('that cannot be judged stop what they might hold, and are judged when they can be (L5)', async () => {
    scene.simulator.clock.set(saturday);
    // The login of whoever wrote it now belongs to somebody else, so nobody knows what role its author has.
    const ghost = scene.simulator.admin.createUser('ghost');
    const made = Object.assign({ id: 900_003, body: '/hold production wait', createdAt: scene.simulator.clock.now(), updatedAt: scene.simulator.clock.now() }, { user: { ...ghost, id: 999_999 } });
    release().comments.push(made);
    await scene.settle();
    expect(await promoted()).toEqual([]);
    expect(release().body).toContain('is not complete');
    release().comments.splice(release().comments.indexOf(made), 1);
    await scene.settle();
    expect(await promoted()).toEqual(['1.0.0-rc.1 succeeded']);
  });

  it('are handled once, however often the gatekeeper runs', async () => {
    await command(scene.ben, '/hold production the queue is full');
    const { size } = (await scene.readRecord()).state;
    await scene.settle();
    expect((await scene.readRecord()).state.size).toBe(size);
    const handled = [...(await scene.readRecord()).state.commands.values()];
    expect(handled).toMatchObject([{ person: { login: 'ben' }, role: 'write', outcome: 'accepted', command: { name: 'hold', environment: 'production', reason: 'the queue is full' } }]);
  });

  it.each<[string, (issue: Issue) => void, string]>([
    ['that were changed after they were written', (issue) => Object.assign(issue.comments.at(-1) ?? {}, { updatedAt: scene.simulator.clock.now() + 1000 }), 'was changed after it was written'],
    ['of somebody who has lost access (X08)', () => scene.simulator.admin.setRole(scene.repository, userNamed('ada'), 'read'), 'the write role is needed'],
    ['that nobody read for a day (X08)', () => scene.simulator.clock.advance(24 * 60 * 60 * 1000), 'only a day after it was written'],
  ])('do nothing %s', async (_name, spoil, answer) => {
    const made = await scene.ada.send('POST', `/issues/${release().number}/comments`, { body: '/schedule production 2026-11-28' });
    spoil(release());
    await scene.settle();
    expect(answerTo(Number(made['id']))).toContain(answer);
    scene.simulator.clock.set(saturday);
    await scene.settle();
    expect(await promoted()).toEqual(['1.0.0-rc.1 succeeded']);
  });

  it.each<[string, (issue: Issue) => void]>([
    ['was edited', (issue) => Object.assign(issue.comments.at(-1) ?? {}, { updatedAt: scene.simulator.clock.now() + 1000 })],
    ['was read only a day later', () => scene.simulator.clock.advance(24 * 60 * 60 * 1000)],
  ])('stop all the same when a hold %s (L5)', async (_name, spoil) => {
    const made = await scene.ben.send('POST', `/issues/${release().number}/comments`, { body: '/hold production wait' });
    spoil(release());
    await scene.settle();
    expect(answerTo(Number(made['id']))).toContain('production is on hold: wait');
    scene.simulator.clock.set(saturday);
    await scene.settle();
    expect(await promoted()).toEqual([]);
  });

  it('are not taken from outsiders, programs or deleted comments (X08)', async () => {
    const mallory = scene.simulator.admin.createUser('mallory');
    const bot = scene.simulator.admin.createUser('helper[bot]', { bot: true });
    const at = scene.simulator.clock.now();
    // Locked or not: somebody may have commented before the lock.
    release().comments.push({ id: 900_001, user: mallory, body: '/hold production mine', createdAt: at, updatedAt: at }, { id: 900_002, user: bot, body: '/hold production beep', createdAt: at, updatedAt: at });
    const made = await scene.ben.send('POST', `/issues/${release().number}/comments`, { body: '/hold production gone' });
    await scene.ben.send('DELETE', `/issues/comments/${Number(made['id'])}`);
    await scene.settle();
    expect(answerTo(900_001)).toContain('the write role is needed');
    expect(answerTo(900_002)).toBe('no answer');
    expect((await scene.readRecord()).state.commands.size).toBe(1);
    scene.simulator.clock.set(saturday);
    await scene.settle();
    expect(await promoted()).toEqual(['1.0.0-rc.1 succeeded']);
  });

  it('that nobody understands are answered with how they are written', async () => {
    expect(await command(scene.ben, '/hodl production')).toContain('there is no command /hodl');
    expect(await command(scene.ben, '/hold')).toContain('/hold \\<environment\\> \\<reason\\>');
    expect(await command(scene.ben, '/hold moon please')).toContain('The policy has staging, production');
    expect(await command(scene.ben, 'I would /hold production')).toBe('no answer');
    expect(await command(scene.ben, '/status')).toContain('staging runs 1.0.0-rc.1, by promotion 1.');
  });

  it('leave no e-mail address or token in the record (L08)', async () => {
    await command(scene.ben, `/hold production ask ops@example.org, ghp_${'a1B2'.repeat(9)}`);
    const text = JSON.stringify((await scene.readRecord()).ledger.entries);
    expect(text).toContain('ask [address left out], [secret left out]');
    expect(text).not.toMatch(/example\.org|a1B2a1B2/);
  });
});

describe('a release that is scheduled', () => {
  beforeEach(() => setPolicy((text) => text.replace('window: saturday-morning\n    promote: automatic', 'window: saturday-morning\n    promote: scheduled')));

  it('goes in the opening that a maintainer names, and in no other', async () => {
    scene.simulator.clock.set(saturday);
    await scene.settle();
    expect(await promoted()).toEqual([]);
    expect(release().body).toContain('/schedule production 2026-11-28');

    expect(await command(scene.ben, '/schedule production next')).toContain('the maintain or admin role is needed');
    expect(await command(scene.ada, '/schedule production 2026-11-29')).toContain('has no opening on 2026-11-29. The next ones begin 2026-11-21, 2026-11-28');
    expect(await command(scene.ada, `/schedule production 2026-11-28 ${build.slice(0, 19)}`)).toContain('1.0.0-rc.1 goes to production in the opening Sat 28 Nov 2026 06:00 PST');
    expect(await promoted()).toEqual([]);
    scene.simulator.clock.set(saturday + week);
    await scene.settle();
    expect(await promoted()).toEqual(['1.0.0-rc.1 succeeded']);
  });

  it('that was taken back waits again', async () => {
    await command(scene.ada, '/schedule production next');
    await command(scene.ada, '/unschedule production');
    scene.simulator.clock.set(saturday);
    await scene.settle();
    expect(await promoted()).toEqual([]);
  });
});

it('a window that passed without a gatekeeper is recorded once, shown, and not made up for (W08)', async () => {
  scene.simulator.clock.set(Date.parse('2026-11-21T21:00:00Z'));
  await scene.settle();
  await scene.settle();
  const { state } = await scene.readRecord();
  expect(state.missedWindows).toMatchObject([{ environment: 'production', build, from: '2026-11-21T14:00:00.000Z', to: '2026-11-21T20:00:00.000Z', reason: 'No gatekeeper run came to a decision while it was open.' }]);
  expect(await promoted()).toEqual([]);
  expect(release().body).toContain('| missed | the opening of Sat 21 Nov 2026 06:00 PST');
});

it('a window that passed under a hold says so', async () => {
  await command(scene.ben, '/hold production the queue is full');
  scene.simulator.clock.set(saturday);
  await scene.settle();
  scene.simulator.clock.set(Date.parse('2026-11-21T21:00:00Z'));
  await scene.settle();
  expect((await scene.readRecord()).state.missedWindows.map(({ reason }) => reason)).toEqual([`ben holds promotions (#${release().number}): the queue is full.`]);
});

describe('an override that is asked for on the release issue', () => {
  beforeEach(() => {
    const lena = scene.simulator.admin.createUser('lena');
    scene.simulator.admin.createTeam('acme', 'security-leads', [lena]);
    scene.simulator.admin.setRole(scene.repository, lena, 'write');
    setPolicy((text) => `${text.replace('window: saturday-morning', 'window: saturday-morning\n    override: security-fix')}overrides:\n  security-fix:\n    approvers: { team: acme/security-leads, approvals: 1 }\n    requires: [reason, advisory]\n    waives: [window, soak]\n    expires-after: 4h\n    review-within: 3d\n`);
  });
  const lena = (): Person => ({ login: 'lena', send: (method, path, body) => sendAs('lena', method, path, body) });
  const requests = (): readonly Issue[] => [...scene.repository.issues.values()].filter(({ labels }) => labels.has('sallyport-override'));
  const ask = (): Promise<string> => command(scene.ben, `/override production ${build.slice(0, 30)} GHSA-9f4x-2v7m-5c3p stored script is being exploited`);

  it('has an issue of its own that shows a lead what would run, and goes when a lead approves', async () => {
    expect(await ask()).toContain('An override for 1.0.0-rc.1 is requested');
    const [request] = requests();
    expect(request?.body).toContain('| asked for by | ben, who cannot approve it |');
    expect(request?.body).toMatch(/\| would run \| 1\.0\.0-rc\.1 \(`sha256:[0-9a-f]{12}`\)/);
    scene.simulator.clock.advance(60_000);

    expect(await command(scene.ben, `/approve production ${build.slice(0, 30)}`)).toContain(`It is counted for #${request?.number}`);
    expect(await promoted(), 'ben asked for it himself (O01)').toEqual([]);
    expect(await command(lena(), `/approve production ${build.slice(0, 30)}`)).toContain(`It is counted for #${request?.number}`);
    expect(await promoted()).toEqual(['1.0.0-rc.1 succeeded']);
    const { state } = await scene.readRecord();
    expect([...state.grants.values()]).toMatchObject([{ requester: { login: 'ben' }, approvers: [{ login: 'lena' }], reason: 'stored script is being exploited' }]);
  });

  it('is for what was asked, whatever the issue says afterwards', async () => {
    await ask();
    const [request] = requests();
    if (request === undefined) throw new Error('There is no request.');
    request.body = request.body.replace('stored script is being exploited', 'nothing much');
    scene.simulator.clock.advance(60_000);
    await command(lena(), `/approve production ${build.slice(0, 30)}`);
    expect([...(await scene.readRecord()).state.grants.values()]).toMatchObject([{ reason: 'stored script is being exploited' }]);
  });

  it('that a lead denies cannot be approved any more', async () => {
    await ask();
    scene.simulator.clock.advance(60_000);
    expect(await command(scene.ben, `/deny production ${build.slice(0, 30)} no`)).toContain('denies one');
    expect(await command(lena(), `/deny production ${build.slice(0, 30)} it can wait`)).toContain('is denied and cannot be approved');
    await command(lena(), `/approve production ${build.slice(0, 30)}`);
    expect(await promoted()).toEqual([]);
  });
});

function userNamed(login: string) {
  const user = [...scene.simulator.world.users.values()].find((one) => one.login === login);
  if (user === undefined) throw new Error(`There is no ${login}.`);
  return user;
}

async function sendAs(login: string, method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const answer = await fetch(`${scene.simulator.url}/repos/acme/shop${path}`, { method, headers: { authorization: `Bearer ${scene.simulator.admin.createToken(userNamed(login))}`, 'content-type': 'application/json', 'user-agent': login }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return (await answer.json()) as Record<string, unknown>;
}

describe('an opening that was missed where staging is watched', () => {
  const probes = '.github/workflows/probe-staging.yml';
  const opening = Date.parse('2026-11-21T14:00:00Z');
  const minute = 60_000;

  /** Probes each quarter of an hour from one minute of the opening to another, and the gatekeeper only after it has passed. */
  async function watch(first: number, last: number, isHealthy: (minutes: number) => boolean): Promise<readonly string[]> {
    setPolicy((text) => text.replace('  staging:\n', `  staging:\n    health: { workflow: ${probes}, every: 15m }\n`));
    const [user] = scene.simulator.world.users.values();
    if (user === undefined) throw new Error('There is nobody.');
    for (let minutes = first; minutes <= last; minutes += 15) {
      scene.simulator.admin.addRun(scene.repository, { event: 'schedule', workflow: probes, headSha: scene.landed, headBranch: 'main', user, jobs: [{ name: 'health', conclusion: isHealthy(minutes) ? 'success' : 'failure' }], at: opening + minutes * minute });
    }
    scene.simulator.clock.advance(opening + 7 * 60 * minute - scene.simulator.clock.now());
    await scene.settle();
    return (await scene.readRecord()).state.missedWindows.map(({ reason }) => reason);
  }

  it('has what the probes found for its reason, where nobody looked', async () => {
    expect(await watch(-120, 420, (minutes) => minutes < 0)).toEqual([expect.stringMatching(/^staging is not healthy: the probe of run \d+ failed, Sat 21 Nov 2026 11:45 PST/)]);
  });

  it('is missed by the gatekeeper where the build was healthy for its soak in it', async () => {
    expect(await watch(-30, 420, () => true)).toEqual(['No gatekeeper run came to a decision while it was open.']);
  });

  it('has their silence for its reason, where they began too late', async () => {
    expect(await watch(315, 420, () => true)).toEqual([expect.stringContaining('Nothing was heard from the probes of staging')]);
    expect(scene.tags('production')).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FormAnswers, Issue, User } from '@sallyport/simulator';
import { soakMilliseconds } from './gatekeeper-repository.ts';
import { startScene } from './gatekeeper-scene.ts';
import type { Scene } from './gatekeeper-scene.ts';
import { tamper } from './tamper.ts';

const form = readFileSync(new URL('../../workflows/issue-forms/sallyport-override.yml', import.meta.url), 'utf8');
const reason = 'stored script is being exploited';
const answers = { build: '1.0.0-rc.1', environment: 'production', urgency: 'It is being exploited', advisory: 'GHSA-9f4x-2v7m-5c3p', reason, waives: ['The release window', 'The soak time before it'], holds: 'At most 1 hour' };

let scene: Scene;
let build: string;
let lena: User;

async function begin(): Promise<void> {
  scene = await startScene('production');
  lena = scene.simulator.admin.createUser('lena');
  scene.simulator.admin.createTeam('acme', 'security-leads', [lena]);
  scene.simulator.admin.setRole(scene.repository, lena, 'write');
  tamper(scene, 'main', '.github/sallyport.yml', (text) => `${text.replace('window: anytime', 'window: saturday-morning\n    override: security-fix')}overrides:\n  security-fix:\n    approvers: { team: acme/security-leads, approvals: 1 }\n    requires: [reason, advisory]\n    waives: [window, soak]\n    expires-after: 4h\n    review-within: 3d\n`);
  build = await scene.register('1.0.0-rc.1');
  await scene.settle();
}

async function end(): Promise<void> {
  expect(scene.simulator.contractMismatches()).toEqual([]);
  await scene.stop();
}

function userNamed(login: string): User {
  const user = [...scene.simulator.world.users.values()].find((one) => one.login === login);
  if (user === undefined) throw new Error(`There is no ${login}.`);
  return user;
}

/** Sends the form, and lets the gatekeeper take it up. */
async function send(by: User, changes: FormAnswers = {}): Promise<Issue> {
  const issue = scene.simulator.admin.sendForm(scene.repository, by, form, { ...answers, ...changes });
  await scene.settle();
  return issue;
}

async function comment(by: User, { number }: Issue, body: string): Promise<void> {
  scene.simulator.clock.advance(60_000);
  await ask(by, 'POST', `/issues/${number}/comments`, { body });
  await scene.settle();
}

async function ask(by: User, method: string, path: string, body: unknown): Promise<void> {
  const answer = await fetch(`${scene.simulator.url}/repos/acme/shop${path}`, { method, headers: { authorization: `Bearer ${scene.simulator.admin.createToken(by)}`, 'content-type': 'application/json', 'user-agent': by.login }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${by.login}: ${method} ${path} was answered ${answer.status}`);
}

const approval = (): string => `/approve production ${build.slice(0, 30)}`;
const said = ({ comments }: Issue): readonly string[] => comments.filter(({ user }) => user.login === 'sallyport-gatekeeper[bot]').map(({ body }) => body.split('\n\n<!--')[0] ?? '');
const promoted = async (): Promise<readonly string[]> => ((await scene.readRecord()).state.promotions.get('production') ?? []).map(({ version, end }) => `${version} ${end?.outcome ?? 'under way'}`);
const grants = async () => [...(await scene.readRecord()).state.grants.values()];
const record = async (): Promise<string> => JSON.stringify((await scene.readRecord()).ledger.entries);
const entriesOf = async (type: string) => (await scene.readRecord()).ledger.entries.filter(({ body }) => body.type === type);

describe('an override that is asked for by the form', () => {
  beforeEach(begin);
  afterEach(end);

  it('is recorded, shown to a lead, approved, used and reviewed', async () => {
    const issue = await send(userNamed('ben'));
    const [answer = '', ...more] = said(issue);
    expect(more).toEqual([]);
    expect(answer).toContain('ben requests an override: 1.0.0-rc.1 to production, waiving window and soak, for 1 h after the last approval that counts.');
    expect(answer).toContain('| asked for by | ben, who cannot approve it |');
    expect(answer).toMatch(/\| would run \| 1\.0\.0-rc\.1 \(`sha256:[0-9a-f]{12}`\)/);
    expect(answer).toContain('| urgency | it is being exploited |');
    expect(answer).toContain(`| reason | ${reason} |`);
    expect(answer).toContain('| waived | window, soak; never tests, review, provenance or staging |');
    expect(answer).toContain('| until | 1 h after the last approval that counts |');
    expect(issue.state).toBe('open');

    await comment(userNamed('ben'), issue, approval());
    expect(await promoted(), 'ben asked for it himself (O01)').toEqual([]);
    await comment(lena, issue, approval());
    expect(await promoted(), 'neither window nor soak is over').toEqual(['1.0.0-rc.1 succeeded']);
    const [grant] = await grants();
    expect(grant).toMatchObject({ id: String(issue.number), requester: { login: 'ben' }, approvers: [{ login: 'lena' }], reason, advisory: 'GHSA-9f4x-2v7m-5c3p', waives: ['window', 'soak'], consumedBy: 1 });
    expect((grant?.expiresAt ?? 0) - (grant?.grantedAt ?? 0)).toBe(60 * 60 * 1000);
    expect([...(await scene.readRecord()).state.reviews.keys()]).toEqual([String(issue.number)]);
    expect(said(issue).length, 'answered once, however often it was looked at').toBe(1);
    expect((await entriesOf('form-handled')).length).toBe(1);
  }, 120_000);

  it('waives no more than was asked for', async () => {
    const issue = await send(userNamed('ben'), { waives: ['The release window'] });
    await comment(lena, issue, approval());
    expect(await grants()).toMatchObject([{ waives: ['window'] }]);
    expect(await promoted(), 'the soak was not waived').toEqual([]);
    scene.simulator.clock.advance(soakMilliseconds - 30_000);
    await scene.settle();
    expect(await promoted()).toEqual(['1.0.0-rc.1 succeeded']);
  }, 120_000);

  it('holds no longer than was asked for (O04)', async () => {
    const issue = await send(userNamed('ben'), { waives: ['The release window'], holds: 'At most 30 minutes' });
    await comment(lena, issue, approval());
    scene.simulator.clock.advance(soakMilliseconds);
    await scene.settle();
    expect(await promoted()).toEqual([]);
  });

  it.each<[string, (issue: Issue) => Promise<void>]>([
    ['into another reason', (issue) => ask(userNamed('ben'), 'PATCH', `/issues/${issue.number}`, { body: issue.body.replace(reason, 'nothing much') })],
    ['into a block for another reason', (issue) => ask(userNamed('ben'), 'PATCH', `/issues/${issue.number}`, { body: ['```sallyport-override', `build: ${build}`, 'environment: production', 'reason: nothing much', '```'].join('\n') })],
    ['into nothing', (issue) => ask(userNamed('ada'), 'PATCH', `/issues/${issue.number}`, { body: '' })],
  ])('is for what was asked, whatever the issue is changed %s', async (_name, change) => {
    const issue = await send(userNamed('ben'));
    await change(issue);
    await comment(lena, issue, approval());
    expect(await grants()).toMatchObject([{ requester: { login: 'ben' }, reason, advisory: 'GHSA-9f4x-2v7m-5c3p' }]);
    expect(await promoted()).toEqual(['1.0.0-rc.1 succeeded']);
  });

  it('can be approved and denied on the release issue too', async () => {
    const issue = await send(userNamed('ben'));
    const release = [...scene.repository.issues.values()].findLast(({ labels }) => labels.has('sallyport-release'));
    if (release === undefined) throw new Error('There is no release issue.');
    await comment(lena, release, `/deny production ${build.slice(0, 30)} it can wait`);
    expect(said(release).at(-1)).toContain(`#${issue.number} is denied and cannot be approved`);
    await comment(lena, issue, approval());
    expect(await promoted()).toEqual([]);
  }, 120_000);
});

describe('a form that is refused', () => {
  // What is refused changes nothing, so they share a scene.
  beforeAll(begin);
  afterAll(end);

  it('says all that is wrong, closes, and is recorded once', async () => {
    const issue = await send(userNamed('ben'), { build: '9.9.9', environment: 'moon', advisory: 'see mail' });
    expect(said(issue)).toEqual([['No override is requested:', 'Build: 9.9.9 is no registered build. Write its version, its digest, or at least 12 hex digits of that.', 'Environment: the policy has none of that name. Write production.', 'This issue is closed. Open a new one by the form: changing this one does not count.'].join('\n\n')]);
    expect(issue.state).toBe('closed');
    await ask(userNamed('ada'), 'PATCH', `/issues/${issue.number}`, { state: 'open' });
    await scene.settle();
    expect([issue.state, said(issue).length, (await entriesOf('form-handled')).filter(({ body }) => 'issue' in body && body.issue === issue.number).length]).toEqual(['closed', 1, 1]);
    expect(await record()).not.toContain('see mail');
  });

  it.each<[string, FormAnswers, string]>([
    ['an advisory that the policy wants', { advisory: '' }, 'Advisory: the policy wants one'],
    ['an advisory that is none', { advisory: 'see mail' }, 'Advisory: that is none'],
    ['a freeze that the policy does not waive', { waives: ['A freeze (where the policy allows it; takes two approvals)'] }, 'does not waive freeze, only window and soak'],
    ['an environment that has no override', { environment: 'staging' }, 'the policy offers no override for it. Write production'],
    ['an answer that forges a field', { reason: 'urgent\n\n### Environment\n\nstaging' }, 'it is there more than once'],
  ])('for %s', async (_name, changes, answer) => {
    const issue = await send(userNamed('ben'), changes);
    expect([said(issue).length, issue.state]).toEqual([1, 'closed']);
    expect(said(issue)[0]).toContain(answer);
    await comment(lena, issue, approval());
    expect([await grants(), await promoted()]).toEqual([[], []]);
  });

  it.each<[string, (issue: Issue) => Promise<void>, string]>([
    ['whose text was changed before it was read (O02)', (issue) => ask(userNamed('ada'), 'PATCH', `/issues/${issue.number}`, { body: issue.body.replace(reason, 'nothing much') }), 'was changed after it was opened'],
    ['that nobody read for a day (O08)', () => Promise.resolve(scene.simulator.clock.advance(24 * 60 * 60 * 1000)), 'read only a day after it was sent'],
  ])('is one %s', async (_name, spoil, answer) => {
    const issue = scene.simulator.admin.sendForm(scene.repository, userNamed('ben'), form, answers);
    scene.simulator.clock.advance(1000);
    await spoil(issue);
    await scene.settle();
    expect(said(issue)[0]).toContain(answer);
    await comment(lena, issue, approval());
    expect(await promoted()).toEqual([]);
  });

  it.each<[string, () => User, string]>([
    ['an outsider', () => scene.simulator.admin.createUser('mallory'), 'the write role is needed'],
    ['somebody who may only label', () => {
      const tess = scene.simulator.admin.createUser('tess');
      scene.simulator.admin.setRole(scene.repository, tess, 'triage');
      return tess;
    }, 'the write role is needed'],
    ['a program', () => scene.simulator.admin.createUser('helper[bot]', { bot: true }), 'only people ask for an override'],
  ])('of %s leaves no trace in the record (X08)', async (_name, by, answer) => {
    const { size } = (await scene.readRecord()).state;
    const issue = await send(by());
    expect([said(issue).length, issue.state]).toEqual([1, 'closed']);
    expect(said(issue)[0]).toContain(answer);
    issue.state = 'open';
    await comment(lena, issue, approval());
    expect([await promoted(), (await scene.readRecord()).state.size, said(issue).length]).toEqual([[], size, 1]);
  });

  it('is not got round by changing it into a block, which the label came with for nothing', async () => {
    const trudy = scene.simulator.admin.createUser('trudy');
    const issue = scene.simulator.admin.sendForm(scene.repository, trudy, form, answers);
    issue.body = ['```sallyport-override', `build: ${build}`, 'environment: production', `reason: ${reason}`, 'advisory: INC-1', '```'].join('\n');
    await comment(lena, issue, approval());
    expect([await grants(), await promoted()]).toEqual([[], []]);
    expect((await scene.sweep()).notes).toEqual([{ code: 'request-unreadable', message: expect.stringMatching(/of trudy is not judged: the (?:none|read) role asks for no override/) as string }]);
  });

  it('is nobody’s word in a block that was changed by another (O02)', async () => {
    const block = (why: string): string => ['```sallyport-override', `build: ${build}`, 'environment: production', `reason: ${why}`, 'advisory: INC-1', '```'].join('\n');
    const made = await scene.ada.send('POST', '/issues', { title: 'Override', body: block('a'), labels: ['sallyport-override'] });
    await ask(userNamed('ben'), 'PATCH', `/issues/${Number(made['number'])}`, { body: block('b') });
    await comment(lena, { number: Number(made['number']) } as Issue, approval());
    expect([await grants(), await promoted()]).toEqual([[], []]);
  });
});

describe('a form that GitHub gets in the way of', () => {
  beforeAll(begin);
  afterAll(end);

  it('that cannot be judged now is judged when it can be (L5)', async () => {
    const remove = scene.simulator.faults.add({ when: ({ path }) => path === '/graphql', kind: 'server-error' });
    scene.simulator.admin.sendForm(scene.repository, userNamed('ben'), form, answers);
    await expect(scene.sweep()).rejects.toMatchObject({ retryable: true });
    remove();
    await scene.settle();
    expect((await entriesOf('form-handled')).at(-1)).toMatchObject({ body: { outcome: 'accepted', role: 'write' } });
  });

  it('whose answer was lost is answered at the next sweep, and closed', async () => {
    const lost = scene.simulator.faults.add({ when: ({ method, path }) => method === 'PATCH' && /\/issues\/\d+$/.test(path), kind: 'server-error' });
    const issue = scene.simulator.admin.sendForm(scene.repository, userNamed('ben'), form, { ...answers, environment: 'moon' });
    const report = await scene.sweep();
    expect([report.state, report.notes.map(({ code }) => code), issue.state]).toEqual(['swept', expect.arrayContaining(['courtesy-failed']), 'open']);
    lost();
    await scene.settle();
    expect([said(issue).length, issue.state]).toEqual([1, 'closed']);
  });
});

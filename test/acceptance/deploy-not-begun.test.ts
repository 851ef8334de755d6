import { askToStart, buildEvidenceReport, openLedgerReader, readEvidenceRecord } from '@sallyport/pipeline';
import type { StartAnswer } from '@sallyport/pipeline';
import type { Job, User, WorkflowRun } from '@sallyport/simulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { name, soakMilliseconds } from './gatekeeper-repository.ts';
import type { Person } from './gatekeeper-repository.ts';
import { startScene } from './gatekeeper-scene.ts';
import type { Scene } from './gatekeeper-scene.ts';
import { tamper } from './tamper.ts';

const minute = 60_000;
const workflow = '.github/workflows/deploy.yml';

type Fate = 'as it is' | 'none' | 'refused' | 'let in, then failed';

let scene: Scene;
/** What becomes of the runs that promotion tags start, from now on. */
let fate: Fate;
let hidden: WorkflowRun[];

beforeEach(async () => {
  scene = await startScene('production');
  fate = 'as it is';
  hidden = [];
  const handled = new Set<number>();
  scene.simulator.beforeRequest(async ({ path }) => {
    if (!path.endsWith('/actions/runs')) return;
    await scene.simulator.idle();
    for (const run of scene.repository.runs.filter(({ id, headBranch }) => headBranch?.startsWith('promote/') === true && !handled.has(id))) {
      handled.add(run.id);
      meet(run);
    }
  });
});
afterEach(async () => {
  expect(scene.simulator.contractMismatches()).toEqual([]);
  await scene.stop();
});

const stepsOf = (...conclusions: readonly string[]): Job['steps'][number][] =>
  ['Set up job', 'Run sallyport/sallyport/packages/actions/deploy@0123456', 'Run node deploy.mjs', 'Complete job'].map((step, index) => ({ name: step, number: index + 1, status: 'completed', conclusion: conclusions[index] ?? 'success', startedAt: scene.simulator.clock.now(), completedAt: scene.simulator.clock.now() }));

function meet(run: WorkflowRun): void {
  if (fate === 'as it is') return;
  if (fate === 'none') {
    hidden.push(...scene.repository.runs.splice(scene.repository.runs.indexOf(run), 1));
    return;
  }
  const steps = fate === 'refused' ? stepsOf('success', 'failure', 'skipped') : stepsOf('success', 'success', 'failure');
  for (const job of run.jobs.filter(({ conclusion }) => conclusion !== 'skipped')) Object.assign(job, { conclusion: 'failure', steps });
  Object.assign(run, { conclusion: 'failure' });
}

const ends = async (environment = 'staging'): Promise<readonly string[]> => ((await scene.readRecord()).state.promotions.get(environment) ?? []).map(({ number, version, end }) => `${number} ${version} ${end?.outcome ?? 'under way'}`);
const notes = async (): Promise<readonly string[]> => (await scene.sweep()).notes.map(({ code, message }) => `${code}: ${message}`);

function start(tag: string, of = workflow): Promise<StartAnswer> {
  const outside = scene.connect();
  const environment = tag.split('/')[1] ?? '';
  return askToStart(outside, ({ sealed }) => openLedgerReader(outside.ledger, { policy: sealed.value, repository: name }), { tag: `refs/tags/${tag}`, commit: scene.landed, environment, workflow: of });
}

const said = (answer: StartAnswer): string => (answer.state === 'decided' ? `${answer.decision.outcome}: ${answer.decision.rules.filter(({ outcome }) => outcome !== 'allow').map(({ reason }) => reason).join(', ')}` : `${answer.state}: ${answer.reason}`);

/** What an auditor is told of an environment. */
async function evidence(environment: string) {
  const { ledger } = await scene.readRecord();
  const now = scene.simulator.clock.now();
  const { exceptions, delivery } = buildEvidenceReport(readEvidenceRecord(ledger), { environment, period: { from: now - 7 * 86_400_000, to: now + 86_400_000 }, zone: 'UTC', outages: null, shown: null });
  return { codes: exceptions.map(({ code, promotion }) => `${code} ${promotion}`), fails: delivery.changeFail };
}

describe('a deploy that never starts', () => {
  beforeEach(async () => {
    fate = 'none';
    await scene.register('1.0.0-rc.1');
  });

  it('keeps the environment for an hour and ten minutes, and no longer', async () => {
    expect(await notes()).toEqual([expect.stringContaining('deploy-pending: promote/staging/1 waits for its run')]);
    scene.simulator.clock.advance(69 * minute);
    await scene.sweep();
    expect(await ends()).toEqual(['1 1.0.0-rc.1 under way']);

    scene.simulator.clock.advance(2 * minute);
    expect(await notes()).toEqual([expect.stringMatching(/^deploy-not-begun: staging: Promotion 1 \(1\.0\.0-rc\.1\) was not seen to start: its tag started no run of \.github\/workflows\/deploy\.yml within 1 h\. The gate decides on it again a quarter of an hour after that\. See that Actions and the workflow are enabled/)]);
    expect(await ends()).toEqual(['1 1.0.0-rc.1 not-started']);
    expect(await evidence('staging')).toEqual({ codes: expect.arrayContaining(['not-started 1']) as string[], fails: { count: 0, of: 0 } });

    fate = 'as it is';
    await scene.register('1.0.0-rc.2');
    await scene.settle();
    expect(await ends()).toEqual(['1 1.0.0-rc.1 not-started', '2 1.0.0-rc.2 succeeded']);
  });

  it('is refused when it starts after all, before and after the gatekeeper has given it up (L7)', async () => {
    await scene.sweep();
    expect(said(await start('promote/staging/1'))).toBe('allow: ');
    scene.simulator.clock.advance(60 * minute + 1000);
    // Nobody has swept. A run that begins only now is late, and so is one that cannot be seen.
    expect(said(await start('promote/staging/1'))).toContain('refused: The run of promote/staging/1 had to be there by 2026-11-18T');
    const late = scene.simulator.admin.addRun(scene.repository, { event: 'push', workflow, headSha: scene.landed, headBranch: 'promote/staging/1', user: [...scene.simulator.world.users.values()][0] as User, jobs: [{ name: 'staging', conclusion: null }] });
    expect(said(await start('promote/staging/1'))).toContain('refused: The run of promote/staging/1 had to be there by');

    scene.repository.runs.splice(scene.repository.runs.indexOf(late), 1);
    scene.simulator.clock.advance(10 * minute);
    await scene.sweep();
    scene.repository.runs.push(...hidden);
    expect(said(await start('promote/staging/1'))).toBe('deny: number-used');
  });

  it('may start late when its run was there in time and only had to wait', async () => {
    await scene.sweep();
    scene.repository.runs.push(...hidden.map((run) => Object.assign(run, { status: 'waiting', conclusion: null })));
    scene.simulator.clock.advance(5 * 60 * minute);
    expect(await notes()).toEqual([expect.stringContaining('deploy-silent: The deploy of promote/staging/1 has not ended in an hour; it is waiting')]);
    expect(said(await start('promote/staging/1'))).toBe('allow: ');
    expect(await ends()).toEqual(['1 1.0.0-rc.1 under way']);
  });

  it('is tried three times, a quarter of an hour apart, and then waits for people', async () => {
    await scene.sweep();
    for (let round = 0; round < 4; round += 1) {
      scene.simulator.clock.advance(70 * minute + 1000);
      await scene.sweep();
      await scene.sweep();
      expect((await ends()).filter((end) => end.endsWith('under way')), 'not at once').toEqual([]);
      scene.simulator.clock.advance(15 * minute);
      await scene.sweep();
    }
    expect(await ends()).toEqual(['1 1.0.0-rc.1 not-started', '2 1.0.0-rc.1 not-started', '3 1.0.0-rc.1 not-started']);
    expect(await notes()).toEqual([expect.stringContaining('It has been tried 3 times and is not tried again by itself: find out why; a newer build goes as ever.')]);
  });

  it('ends sooner where the policy says so', async () => {
    tamper(scene, 'main', '.github/sallyport.yml', (text) => text.replace('  staging:\n', '  staging:\n    start-within: 5m\n'));
    await scene.sweep();
    scene.simulator.clock.advance(15 * minute + 1000);
    await scene.sweep();
    expect(await ends()).toEqual(['1 1.0.0-rc.1 not-started']);
  });
});

it('what runs in staging is not known to be healthy any more when a deploy there was not seen (L2)', async () => {
  await scene.register('1.0.0-rc.1');
  await scene.settle();
  fate = 'none';
  await scene.register('1.0.0-rc.2');
  await scene.sweep();
  scene.simulator.clock.advance(soakMilliseconds + 11 * minute);
  await scene.sweep();
  expect([await ends(), await ends('production')]).toEqual([['1 1.0.0-rc.1 succeeded', '2 1.0.0-rc.2 not-started'], []]);
});

it('a deploy of another workflow than the policy names is refused, because the gatekeeper would not see it', async () => {
  fate = 'none';
  await scene.register('1.0.0-rc.1');
  await scene.sweep();
  expect(said(await start('promote/staging/1', '.github/workflows/other.yml'))).toBe('refused: The policy has .github/workflows/deploy.yml deploy to staging, but this job is of .github/workflows/other.yml.');
});

describe('a command on the release issue that nobody has handled yet', () => {
  const releaseIssue = (): number => [...scene.repository.issues.values()].find(({ labels }) => labels.has('sallyport-release'))?.number ?? 0;
  const comment = (person: Person, body: string) => person.send('POST', `/issues/${releaseIssue()}/comments`, { body });

  /** A promotion to production is made, its release issue is there, and its deploy has not asked yet. */
  beforeEach(async () => {
    await scene.register('1.0.0-rc.1');
    await scene.settle();
    scene.simulator.clock.advance(soakMilliseconds);
    fate = 'none';
    await scene.sweep();
    expect([await ends('production'), said(await start('promote/production/1'))]).toEqual([['1 1.0.0-rc.1 under way'], 'allow: ']);
  });

  it('stops a deploy when it holds its environment, until it is ended and that is recorded', async () => {
    await comment(scene.ben, '/hold staging elsewhere');
    expect(said(await start('promote/production/1'))).toBe('allow: ');
    await comment(scene.ben, '/hold production the queue is full');
    const held = await start('promote/production/1');
    expect(said(held)).toBe('wait: hold');
    expect(held).toMatchObject({ decision: { rules: expect.arrayContaining([expect.objectContaining({ summary: expect.stringMatching(/^ben holds promotions \(#\d+\): the queue is full\.$/) as string })]) as unknown[] } });
    await scene.sweep();
    expect(said(await start('promote/production/1')), 'also when it is handled').toBe('wait: hold');
    await comment(scene.ben, '/resume production');
    expect(said(await start('promote/production/1'))).toBe('allow: ');
  });

  it('stops it when it is not understood, and may be meant to hold', async () => {
    await comment(scene.ben, '/hold  production the queue is full');
    expect(said(await start('promote/production/1'))).toBe('unknown: list-incomplete');
    await scene.sweep();
    expect(said(await start('promote/production/1')), 'the gatekeeper has answered it').toBe('allow: ');
  });

  it('does nothing when somebody gives it who may not', async () => {
    const reader = scene.simulator.admin.createUser('rea');
    const issue = [...scene.repository.issues.values()].find(({ number }) => number === releaseIssue());
    if (issue === undefined) throw new Error('There is no release issue.');
    scene.simulator.admin.setRole(scene.repository, reader, 'read');
    const made = await comment(scene.ben, '/hold production the queue is full');
    for (const one of issue.comments) if (one.id === made['id']) Object.assign(one, { user: reader });
    expect(said(await start('promote/production/1'))).toBe('allow: ');
  });

  it('cannot be seen without the permission, so nothing starts, and the message says which', async () => {
    const app = scene.simulator.world.apps.get(Number(scene.inputs.appId));
    // GitHub takes either for issues.
    const { issues: _issues, pull_requests: _pulls, ...fewer } = app?.permissions ?? {};
    Object.assign(app ?? {}, { permissions: fewer });
    expect(said(await start('promote/production/1'))).toMatch(/^unknown: Nobody knows whether production is on hold: .*403.* The deploy job needs the permission `issues: read`\.$/);
  });

  it('is not known of when the release issue is gone', async () => {
    scene.repository.issues.delete(releaseIssue());
    expect(said(await start('promote/production/1'))).toBe('unknown: list-incomplete');
  });
});

describe('a deploy that is refused when it asks to start', () => {
  it('is no failure, and its build goes later by itself', async () => {
    await scene.register('1.0.0-rc.1');
    await scene.settle();
    scene.simulator.clock.advance(soakMilliseconds);
    fate = 'refused';
    // Somebody holds everything in the minute in which the deploy starts.
    const held = scene.simulator.beforeRequest(async ({ method, path }) => {
      if (method !== 'POST' || !path.endsWith('/git/refs')) return;
      held();
      await scene.ada.send('POST', '/issues', { title: 'The queue is full', labels: ['sallyport-hold'] });
    });
    await scene.sweep();
    await scene.sweep();
    expect(await ends('production')).toEqual(['1 1.0.0-rc.1 refused']);
    const { state } = await scene.readRecord();
    expect(state.promotions.get('production')?.[0]?.end?.reason).toMatch(/^run \d+, attempt 1\. ada holds promotions \(#\d+\): The queue is full$/);
    expect(state.decisions.at(-1), 'the reason is a decision that can be made again').toMatchObject({ gate: 'release', outcome: 'wait' });
    expect(await evidence('production')).toEqual({ codes: ['uncovered-commits 1', 'refused 1'], fails: { count: 0, of: 0 } });

    const [hold] = [...scene.repository.issues.values()].filter(({ labels }) => labels.has('sallyport-hold'));
    await scene.ada.send('PATCH', `/issues/${hold?.number ?? 0}`, { state: 'closed' });
    fate = 'as it is';
    await scene.sweep();
    expect(await ends('production'), 'not at once').toEqual(['1 1.0.0-rc.1 refused']);
    scene.simulator.clock.advance(15 * minute);
    await scene.settle();
    expect(await ends('production')).toEqual(['1 1.0.0-rc.1 refused', '2 1.0.0-rc.1 succeeded']);
  });

  it('has failed when anything was done after the question, and is not tried again', async () => {
    fate = 'let in, then failed';
    await scene.register('1.0.0-rc.1');
    await scene.settle();
    scene.simulator.clock.advance(60 * minute);
    await scene.settle();
    expect(await ends()).toEqual(['1 1.0.0-rc.1 failed']);
    expect((await evidence('staging')).fails).toEqual({ count: 1, of: 1 });
  });

  it('leaves the soak of what runs in staging alone', async () => {
    await scene.register('1.0.0-rc.1');
    await scene.settle();
    fate = 'refused';
    await scene.register('1.0.0-rc.2');
    await scene.sweep();
    scene.simulator.clock.advance(5 * minute);
    await scene.sweep();
    expect(await ends()).toEqual(['1 1.0.0-rc.1 succeeded', '2 1.0.0-rc.2 refused']);
    fate = 'as it is';
    tamper(scene, 'main', '.github/sallyport.yml', (text) => text.replace('soak: 1h', 'soak: 6m'));
    scene.simulator.clock.advance(minute);
    await scene.settle();
    expect(await ends('production')).toEqual(['1 1.0.0-rc.1 succeeded']);
  });

  it('waits when GitHub does not tell what its jobs did (L5)', async () => {
    fate = 'refused';
    const blind = scene.simulator.faults.add({ when: ({ path }) => /\/actions\/runs\/\d+\/jobs$/.test(path), kind: 'html' });
    await scene.register('1.0.0-rc.1');
    await expect(scene.sweep()).rejects.toMatchObject({ code: 'malformed-answer' });
    expect(await ends()).toEqual(['1 1.0.0-rc.1 under way']);
    blind();
    await scene.sweep();
    expect(await ends()).toEqual(['1 1.0.0-rc.1 refused']);
  });
});

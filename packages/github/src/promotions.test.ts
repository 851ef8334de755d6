import { execFileSync } from 'node:child_process';
import { unknown } from '@sallyport/gates';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkflowRunAnswer } from './answers/check.ts';
import { createFetchTags } from './fetch-tags.ts';
import type { FetchTags } from './fetch-tags.ts';
import { createPromotions, createRef, readRun } from './promotions.ts';
import { of } from './repository.ts';
import { startScene } from './scene.fixture.ts';
import type { Scene } from './scene.fixture.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.stop());

const fetchTags = createFetchTags({ access: () => scene.app.client.gitAccess(of(scene.app)), environment: process.env });
const withoutGit = () => Promise.resolve(unknown('git could not be run (ENOENT)'));

const taggedAt = Date.parse('2026-11-18T09:00:00Z');

describe('promotion tags', () => {
  it('are made once and found again, with their message, and only those of the environment', async () => {
    const { app, commit } = scene;
    const promotions = createPromotions(app, fetchTags);
    const tag = { name: 'promote/production/1', commit, message: 'Promote 1.8.0 to production (#1)\n\n{}\n', taggedAt };
    expect(await promotions.createTag(tag)).toBe('created');
    expect(await promotions.createTag({ ...tag, message: 'another' })).toBe('exists');
    expect(await promotions.createTag({ ...tag, name: 'promote/production-eu/1' })).toBe('created');
    await createRef(app, { ref: 'refs/tags/promote/production/2', sha: commit }, 'to test');
    await createRef(app, { ref: 'refs/tags/promote/production/latest', sha: commit }, 'to test');

    const tags = await createPromotions(app, fetchTags).listTags('production');

    expect(tags.map(({ message, ...rest }) => ({ ...rest, message: message.trimEnd() }))).toEqual([
      { name: 'promote/production/1', number: 1, commit, message: tag.message.trimEnd() },
      { name: 'promote/production/2', number: 2, commit, message: '' },
    ]);
  });

  it('of many years are fetched by git at once, and are what single questions give', async () => {
    const { app, commit, repository, simulator } = scene;
    const git = (args: readonly string[], input = ''): string => execFileSync('git', ['--git-dir', repository.gitDir, ...args], { input, env: { PATH: process.env['PATH'], HOME: repository.gitDir, GIT_CONFIG_NOSYSTEM: '1' }, encoding: 'utf8' }).trim();
    const tag = (number: number, target: string, message: string): string => `tag promote/years/${number}\nfrom ${target}\ntagger Keeper <keeper@example.invalid> 1770000000 +0000\ndata ${Buffer.byteLength(message)}\n${message}\n`;
    git(['fast-import', '--quiet', '--force'], Array.from({ length: 30 }, (_, index) => tag(index + 1, commit, index === 6 ? 'ohne é\n\n{"n":1}\n\nmore' : `Promote ${index}\n\n{}\n`)).join(''));
    git(['update-ref', 'refs/tags/promote/years/31', commit]);
    git(['update-ref', 'refs/tags/promote/years/32', git(['mktag'], `object ${git(['rev-parse', `${commit}^{tree}`])}\ntype tree\ntag promote/years/32\ntagger Keeper <keeper@example.invalid> 1770000000 +0000\n\nA tree\n`)]);
    const list = async (read: FetchTags) => {
      const paths: string[] = [];
      const stop = simulator.beforeRequest(({ path }) => void paths.push(path));
      const tags = await createPromotions(app, read).listTags('years');
      stop();
      return { tags, asked: paths.filter((path) => path.includes('/git/tags/')).length };
    };
    const [fetched, single] = [await list(fetchTags), await list(withoutGit)];
    expect([fetched.asked, single.asked]).toEqual([0, 31]);
    expect(fetched.tags).toHaveLength(32);
    expect(fetched.tags.map(({ message, ...rest }) => ({ ...rest, message: message.trimEnd() }))).toEqual(single.tags.map(({ message, ...rest }) => ({ ...rest, message: message.trimEnd() })));
  });

  it('that a ruleset forbids are an error, never “exists”', async () => {
    const { app, simulator, repository, commit } = scene;
    const at = simulator.clock.now();
    const ruleset = { id: 7, name: 'tags', target: 'tag', enforcement: 'active', bypassActors: [], conditions: { include: ['refs/tags/promote/closed/**'], exclude: [] }, rules: [{ type: 'creation' }], createdAt: at, updatedAt: at } as const;
    repository.rulesets.push(ruleset);
    await expect(createPromotions(app, fetchTags).createTag({ name: 'promote/closed/1', commit, message: 'no', taggedAt })).rejects.toMatchObject({ code: 'refused' });
  });

  it('start nothing where no workflow runs', async () => {
    expect(await createPromotions(scene.app, fetchTags).findDeploy('promote/production/1', scene.commit, '.github/workflows/deploy.yml')).toEqual({ known: null });
  });
});

const commitOfRun = 'a'.repeat(40);
const run: WorkflowRunAnswer = {
  id: 9,
  path: '.github/workflows/deploy.yml',
  event: 'push',
  head_sha: commitOfRun,
  head_branch: 'promote/production/1',
  run_attempt: 2,
  check_suite_id: 3,
  status: 'completed',
  conclusion: 'success',
  created_at: 900,
  run_started_at: 1000,
  updated_at: 2000,
  html_url: 'https://github.example/acme/shop/actions/runs/9',
};

describe('what a run says', () => {
  it.each([
    ['completed', 'success', 'succeeded', 2000],
    ['completed', 'failure', 'failed', 2000],
    ['completed', 'cancelled', 'failed', 2000],
    ['completed', 'skipped', 'failed', 2000],
    ['waiting', null, 'waiting', null],
    ['pending', null, 'waiting', null],
    ['requested', null, 'waiting', null],
    ['queued', null, 'running', null],
    ['in_progress', null, 'running', null],
  ])('%s with %s is %s', (status, conclusion, state, endedAt) => {
    expect(readRun({ ...run, status, conclusion })).toEqual({ known: { id: 9, attempt: 2, state, createdAt: 900, startedAt: 1000, endedAt, url: run.html_url } });
  });

  it.each([
    ['a status nobody knows', 'paused', null],
    ['no status', null, null],
    ['an end without a conclusion', 'completed', null],
  ])('%s is unknown', (_name, status, conclusion) => {
    expect(readRun({ ...run, status, conclusion })).toHaveProperty('unknown');
  });
});

describe('the run of a tag', () => {
  it.each([
    ['another branch', { headBranch: 'main' }, null],
    ['another workflow', { workflow: '.github/workflows/build.yml' }, null],
    ['another event', { event: 'workflow_dispatch' }, null],
    ['the tag', {}, 'succeeded'],
  ])('started by %s', async (_name, change, state) => {
    const { repository, people, app, commit } = scene;
    const id = 500;
    const made = { id, number: 1, workflow: run.path, name: 'Deploy', event: 'push', headSha: commit, headBranch: 'promote/production/1', ref: 'refs/tags/promote/production/1', suite: 3, attempt: 1, status: 'completed', conclusion: 'success', actor: people.ada, triggeringActor: people.ada, createdAt: taggedAt, updatedAt: taggedAt, startedAt: taggedAt, payload: {}, jobs: [], carriedJobs: [], pastAttempts: [], pulls: [], headRepository: 'acme/shop', referencedWorkflows: [], ...change } as const;
    repository.runs.push({ ...made, jobs: [], pastAttempts: [] });
    const found = await createPromotions(app, fetchTags).findDeploy('promote/production/1', commit, run.path);
    repository.runs.length = 0;
    expect('known' in found ? (found.known?.state ?? null) : found).toBe(state);
  });
});

describe('whether a run was refused', () => {
  const asks = 'Run sallyport/sallyport/packages/actions/deploy@0123456';

  it.each([
    ['no, when its question was answered with yes', 'success', { known: false }],
    ['yes, when it was answered with no', 'failure', { known: true }],
  ])('is read from the steps of its jobs: %s', async (_name, conclusion, expected) => {
    const { simulator, repository, people, app, commit } = scene;
    const made = simulator.admin.addRun(repository, { event: 'push', workflow: run.path, headSha: commit, headBranch: 'promote/production/1', user: people.ada, jobs: [{ name: 'deploy', conclusion: 'failure' }] });
    made.jobs[0]?.steps.push({ name: asks, number: 1, status: 'completed', conclusion, startedAt: taggedAt, completedAt: taggedAt });
    expect(await createPromotions(app, fetchTags).wasRefused(made)).toEqual(expected);
  });

  it('is unknown when the run is gone', async () => {
    expect(await createPromotions(scene.app, fetchTags).wasRefused({ id: 999_999, attempt: 1 })).toEqual({ unknown: expect.stringContaining('the jobs of run 999999 cannot be read') as string });
  });
});

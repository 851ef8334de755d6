import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSettableClock, renderMismatch, startSimulator, type Simulator } from '@sallyport/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const shopFolder = fileURLToPath(new URL('../../packages/cli/assets/shop', import.meta.url));
const workflowsFolder = fileURLToPath(new URL('../../workflows', import.meta.url));

async function readFolder(folder: string, prefix: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(await Promise.all(files.map(async (file) => [`${prefix}${relative(folder, file)}`, await readFile(file, 'utf8')] as const)));
}

describe('the sample application and its workflow files, on the simulator', () => {
  let simulator: Simulator;
  let dataDir: string;
  let token: string;
  const call = async (request: string, body?: unknown): Promise<Record<string, unknown>> => {
    const [method = '', path = ''] = request.split(' ');
    const response = await fetch(`${simulator.url}/repos/acme/shop${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${request} answered ${response.status}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const jobs = (): readonly string[] => [...simulator.world.repositories.values()].flatMap(({ runs }) => runs.flatMap((run) => run.jobs.map((job) => `${run.name} ${job.key} ${job.conclusion ?? job.status}`)));
  const logs = (): string => [...simulator.world.repositories.values()].flatMap(({ runs }) => runs.flatMap((run) => run.jobs.map((job) => `== ${run.name} ${job.key}\n${job.log}`))).join('\n');

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'sallyport-shop-'));
    simulator = await startSimulator({ clock: createSettableClock({ at: Date.parse('2026-11-16T17:00:00Z') }), dataDir, actions: new Map(), contract: true });
    const author = simulator.admin.createUser('alice');
    simulator.admin.createOrganization('acme');
    const files = { ...(await readFolder(shopFolder, '')), ...(await readFolder(workflowsFolder, '.github/workflows/')) };
    const repository = await simulator.admin.createRepository({ owner: 'acme', name: 'shop', author, files });
    simulator.admin.setRole(repository, author, 'admin');
    token = simulator.admin.createToken(author);
    const { object } = (await call('GET /git/ref/heads/main')) as { object: { sha: string } };
    const tree = await call('POST /git/trees', { base_tree: object.sha, tree: [{ path: 'NEWS.md', mode: '100644', type: 'blob', content: 'News\n' }] });
    const commit = await call('POST /git/commits', { message: 'Add news', tree: tree['sha'], parents: [object.sha] });
    await call('POST /git/refs', { ref: 'refs/heads/news', sha: commit['sha'] });
    await call('POST /pulls', { title: 'Add news', head: 'news', base: 'main' });
    await simulator.idle();
  });
  afterAll(async () => {
    await simulator.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('pass their tests on a pull request', () => {
    expect(jobs(), logs()).toEqual(expect.arrayContaining(['ci unit success', 'ci integration success']));
  });

  it('let the merge gate look again after the tests and after a review', async () => {
    const judged = (): number => jobs().filter((job) => job.startsWith('merge-gate judge')).length;
    const before = judged();
    await call('POST /pulls/1/reviews', { event: 'COMMENT', body: 'Looks fine.' });
    await simulator.idle();
    expect(before, logs()).toBe(2);
    expect(jobs(), logs()).toContain('review-seen seen success');
    expect(judged()).toBe(3);
  });

  it('build an archive when main moves, and register nothing without the action', async () => {
    await call('PUT /pulls/1/merge', { merge_method: 'merge' });
    await simulator.idle();
    expect(jobs(), logs()).toContain('build build success');
    expect(jobs()).toContain('build register failure');
    expect(logs()).toMatch(/dist\/shop-1\.8\.0-rc\.1\.tar\.gz: \d+ bytes, sha256:[0-9a-f]{64}/);
  });

  it('read the environment out of a promotion tag, and get no further without the action', async () => {
    const { object } = (await call('GET /git/ref/heads/main')) as { object: { sha: string } };
    await call('POST /git/refs', { ref: 'refs/tags/promote/staging/1', sha: object.sha });
    await call('POST /git/refs', { ref: 'refs/tags/promote/stag;ing/2', sha: object.sha });
    await simulator.idle();
    const deploys = jobs().filter((job) => job.startsWith('deploy '));
    expect([...deploys].sort(), logs()).toEqual(['deploy ask failure', 'deploy ask success', 'deploy deploy failure', 'deploy deploy skipped'].sort());
    expect([...(simulator.world.repositories.get('acme/shop')?.environments.keys() ?? [])]).toContain('staging');
  });

  it('start the gatekeeper and the merge gate on their schedules', async () => {
    await simulator.tickSchedules();
    await simulator.idle();
    expect(jobs()).toEqual(expect.arrayContaining(['gatekeeper sweep failure', 'merge-gate judge failure']));
    expect(logs()).toContain('sallyport/sallyport/packages/actions/gatekeeper');
  });

  it('lead to no answer that GitHub would not give', () => {
    expect(simulator.contractMismatches().map(renderMismatch)).toEqual([]);
  });
});

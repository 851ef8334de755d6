import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createSettableClock, startSimulator } from '@sallyport/simulator';
import type { Repository, Simulator } from '@sallyport/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from './run-program.ts';
import { playBrowser } from './testing/play-browser.ts';
import { testIo } from './testing/test-io.ts';
import type { Io } from './io.ts';

const ci = 'name: ci\non: pull_request\npermissions: { contents: read }\njobs:\n  unit: { runs-on: ubuntu-24.04, steps: [{ run: npm test }] }\n';
const workflows = join(import.meta.dirname, '../../../workflows');

let folder: string;
let simulator: Simulator;
let shop: Repository;
let token: string;
let writerToken: string;

const clone = (): string => join(folder, 'clone');
/** Not the call that waits: the simulator answers from this process. */
const execute = promisify(execFile);
const git = (cwd: string, ...args: readonly string[]) => execute('git', ['-c', 'user.name=Olga', '-c', 'user.email=olga@example.com', ...args], { cwd, env: { PATH: process.env['PATH'], HOME: folder, GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0' } });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-adoption-'));
  await cp(workflows, join(folder, 'material', 'workflows'), { recursive: true, filter: (path) => !path.includes('issue-forms') });
  await cp(join(workflows, 'issue-forms'), join(folder, 'material', 'issue-forms'), { recursive: true });
  simulator = await startSimulator({ clock: createSettableClock({ at: Date.now() }), dataDir: join(folder, 'github'), actions: new Map(), workflows: 'ignore', contract: true });
  const { admin } = simulator;
  const [olga, wim] = [admin.createUser('olga'), admin.createUser('wim')];
  admin.createOrganization('acme', { owners: [olga] });
  admin.createTeam('acme', 'security-leads', [wim]);
  shop = await admin.createRepository({ owner: 'acme', name: 'shop', author: olga, files: { '.github/workflows/ci.yml': ci, 'package.json': '{ "name": "shop", "version": "1.0.0", "scripts": { "test": "node --test", "build": "mkdir -p dist && cp *.js dist" } }', 'package-lock.json': '{}' } });
  admin.setRole(shop, olga, 'admin');
  admin.setRole(shop, wim, 'write');
  [token, writerToken] = [admin.createToken(olga), admin.createToken(wim)];
  await git(folder, 'clone', '--quiet', simulator.gitUrl(shop, token), clone());
});
afterAll(async () => {
  expect(simulator.contractMismatches()).toEqual([]);
  await simulator.stop();
  await rm(folder, { recursive: true, force: true });
});

async function sallyport(argv: readonly string[], changes: Partial<Io> = {}) {
  const io = testIo({ env: { GITHUB_TOKEN: token, GITHUB_REPOSITORY: 'acme/shop', GITHUB_API_URL: simulator.url }, cwd: clone(), now: () => Date.now(), demoFolder: join(folder, 'material'), ...changes });
  return { code: await runProgram(argv, io), out: io.out(), err: io.err() };
}

async function github(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${simulator.url}${path}`, { method, headers: { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.status === 204 ? null : response.json();
}

describe('a team adopts Sallyport', () => {
  it('doctor says before it that nothing is there', async () => {
    const { code, out } = await sallyport(['doctor', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ level: 'advisory', app: null, weaknesses: [{ code: 'policy-missing' }] });
  });

  it('init writes the files', async () => {
    expect((await sallyport(['init', '--yes', '--security-leads', 'acme/security-leads', '--deploy', './deploy.sh'])).code).toBe(0);
  });

  it('setup app makes the App with a browser, and keeps no key', async () => {
    const pages: ReturnType<typeof playBrowser>[] = [];
    const follow = (text: string): void => {
      const address = /http:\/\/127\.0\.0\.1:\d+\/(?=\s)/.exec(text)?.[0];
      if (address !== undefined && pages.length === 0) pages.push(playBrowser(address, { token, repository: 'acme/shop' }));
    };
    const io = testIo({ env: { GITHUB_TOKEN: token, GITHUB_REPOSITORY: 'acme/shop', GITHUB_API_URL: simulator.url }, cwd: clone(), now: () => Date.now() });
    const code = await runProgram(['setup', 'app'], { ...io, stderr: (text) => {
      io.stderr(text);
      follow(text);
    } });
    expect([code, io.err()]).toEqual([0, expect.stringContaining('installed') as string]);
    expect(io.out()).toContain('Next: sallyport setup plan --app sallyport-shop');
    expect(io.out() + io.err()).not.toContain('PRIVATE KEY');
    const [shown] = await Promise.all(pages);
    expect(shown?.begin).toContain('<td>contents</td><td>write</td>');
    expect(shown?.created).toContain('sallyport-shop was created');
    expect([...(shop.environments.get('sallyport')?.secrets.values.keys() ?? [])].sort()).toEqual(['SALLYPORT_APP_ID', 'SALLYPORT_APP_KEY', 'SALLYPORT_LEDGER_KEY']);
    expect(await readFile(join(clone(), '.github/sallyport.yml'), 'utf8')).toMatch(/keys: \["github\.com\/acme\/shop\/sallyport\+/);
  });

  it('the files are pushed', async () => {
    await writeFile(join(clone(), 'deploy.sh'), '#!/bin/sh\n');
    await git(clone(), 'add', '-A');
    await git(clone(), 'commit', '-q', '-m', 'Adopt Sallyport');
    await git(clone(), 'push', '-q', 'origin', 'HEAD:main');
  });

  it('setup plan shows what is missing, and changes nothing', async () => {
    const first = await sallyport(['setup', 'plan', '--app', 'sallyport-shop']);
    expect([first.code, first.err]).toEqual([4, '']);
    expect(first.out).toContain('+ environment production: will be made\n    + admits tags promote/production/*');
    expect(first.out).toContain('✓ environment sallyport: as it should be');
    expect((await sallyport(['setup', 'plan', '--app', 'sallyport-shop'])).out).toBe(first.out);
    expect(shop.rulesets).toEqual([]);
  });

  it('setup apply asks first, and refuses to answer for itself', async () => {
    const { code, err } = await sallyport(['setup', 'apply', '--app', 'sallyport-shop']);
    expect([code, err]).toEqual([2, expect.stringContaining('Nothing was changed.') as string]);
    expect(shop.rulesets).toEqual([]);
  });

  it('setup apply makes the lock, and finds nothing to do the second time', async () => {
    const first = await sallyport(['setup', 'apply', '--app', 'sallyport-shop', '--yes']);
    expect([first.code, first.out]).toEqual([0, expect.stringContaining('Next: sallyport doctor') as string]);
    const again = await sallyport(['setup', 'apply', '--yes', '--json']);
    expect([again.code, JSON.parse(again.out)]).toEqual([0, { schema: 1, repository: 'acme/shop', changed: [], open: [] }]);
  });

  it('doctor says locked, and nothing else', async () => {
    for (const [name, secret] of [['staging', 'one'], ['production', 'two']] as const) simulator.admin.setSecret(shop, 'DEPLOY_TOKEN', secret, name);
    const { code, out } = await sallyport(['doctor', '--app', 'sallyport-shop']);
    expect(out).toContain('acme/shop: locked, gatekeeper sallyport-shop');
    expect([code, out]).toEqual([0, expect.stringContaining('✓ Nothing found.') as string]);
  });

  it('a writer is told what that token does not show, and not that it is fine', async () => {
    const { code, out } = await sallyport(['doctor', '--json'], { env: { GITHUB_TOKEN: writerToken, GITHUB_REPOSITORY: 'acme/shop', GITHUB_API_URL: simulator.url } });
    expect(code).not.toBe(0);
    expect((JSON.parse(out) as { level: string }).level).not.toMatch(/^(?:double-)?locked$/);
  });
});

type Body = Record<string, unknown>;
type Undo = () => Promise<unknown>;

const repo = '/repos/acme/shop';

/** Changes a ruleset as an administrator does; undone, it says again what it said. */
const ruleset = (name: string, change: (body: Body) => Body) => async (): Promise<Undo> => {
  const found = shop.rulesets.find((one) => one.name.includes(name));
  if (found === undefined) throw new Error(`There is no ruleset ${name}.`);
  const { name: title, target, enforcement, bypass_actors, conditions, rules } = (await github('GET', `${repo}/rulesets/${found.id}`)) as Body;
  const before = { name: title, target, enforcement, bypass_actors, conditions, rules };
  await github('PUT', `${repo}/rulesets/${found.id}`, change(structuredClone(before)));
  return () => github('PUT', `${repo}/rulesets/${found.id}`, before);
};
const withoutRule = (name: string, type: string) => ruleset(name, (body) => ({ ...body, rules: (body['rules'] as readonly Body[]).filter((rule) => rule['type'] !== type) }));
const outside = (name: string, ...actors: readonly Body[]) => ruleset(name, (body) => ({ ...body, bypass_actors: [...(body['bypass_actors'] as readonly Body[]), ...actors] }));
const disabled = (name: string) => ruleset(name, (body) => ({ ...body, enforcement: 'disabled' }));
const checked = (parameters: Body) => ruleset('merge gate', (body) => ({ ...body, rules: (body['rules'] as readonly Body[]).map((rule) => (rule['type'] === 'required_status_checks' ? { ...rule, parameters: { ...(rule['parameters'] as Body), ...parameters } } : rule)) }));

const admitted = (environment: string, pattern: Body) => async (): Promise<Undo> => {
  const { id } = (await github('POST', `${repo}/environments/${environment}/deployment-branch-policies`, pattern)) as { readonly id: number };
  return () => github('DELETE', `${repo}/environments/${environment}/deployment-branch-policies/${id}`);
};
const setting = (path: string, changed: Body) => async (): Promise<Undo> => {
  const before = await github('GET', `${repo}${path}`);
  await github('PUT', `${repo}${path}`, changed);
  return () => github('PUT', `${repo}${path}`, before);
};
const secret = (name: string, environment?: string) => async (): Promise<Undo> => {
  simulator.admin.setSecret(shop, name, 'value', environment);
  return () => github('DELETE', environment === undefined ? `${repo}/actions/secrets/${name}` : `${repo}/environments/${environment}/secrets/${name}`);
};
/** A file of the default branch, and afterwards what was there. */
const file = (path: string, change: (text: string) => string | null) => async (): Promise<Undo> => {
  const before = await readFile(join(clone(), path), 'utf8').catch(() => null);
  await land(path, change(before ?? ''));
  return () => land(path, before);
};

/** As if it had passed the gate, which is lifted for the push and nothing else. */
async function land(path: string, text: string | null): Promise<void> {
  const gate = shop.rulesets.find(({ name }) => name.includes('merge gate'));
  if (gate === undefined) throw new Error('There is no gate to lift.');
  await (text === null ? rm(join(clone(), path)) : writeFile(join(clone(), path), text));
  await git(clone(), 'add', '-A');
  await git(clone(), 'commit', '-q', '-m', `Change ${path}`);
  gate.enforcement = 'disabled';
  await git(clone(), 'push', '-q', 'origin', 'HEAD:main').finally(() => {
    gate.enforcement = 'active';
  });
}
const added = (steps: string, on: string) => file('.github/workflows/added.yml', () => `on: ${on}\njobs:\n  look:\n    runs-on: ubuntu-24.04\n    steps:\n${steps}`);
const checkout = `actions/checkout@${'a'.repeat(40)}`;

/** One at a time, into the repository that was found to be locked. */
const weak: readonly (readonly [string, string, () => Promise<Undo>])[] = [
  ['promotion-tags-open', 'the ruleset for making tags is off', disabled('makes tags')],
  ['promotion-tags-open', 'deploy keys may make tags', outside('makes tags', { actor_id: null, actor_type: 'DeployKey', bypass_mode: 'always' })],
  ['promotion-tags-open', 'the ruleset ends before the second segment', ruleset('makes tags', (body) => ({ ...body, conditions: { ref_name: { include: ['refs/tags/promote/*', 'refs/tags/build/**', 'refs/tags/v*'], exclude: [] } } }))],
  ['promotion-tags-closed', 'the App was taken out', ruleset('makes tags', (body) => ({ ...body, bypass_actors: [] }))],
  ['promotion-tags-movable', 'tags can be moved', withoutRule('moves or deletes', 'update')],
  ['build-tags-open', 'tags of builds are not covered', ruleset('makes tags', (body) => ({ ...body, conditions: { ref_name: { include: ['refs/tags/promote/**', 'refs/tags/v*'], exclude: [] } } }))],
  ['bypassed-by-admins', 'administrators may merge', outside('merge gate', { actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'always' })],
  ['gate-bypassed', 'maintainers may merge', outside('merge gate', { actor_id: 2, actor_type: 'RepositoryRole', bypass_mode: 'pull_request' })],
  ['gate-not-required', 'the ruleset of main is off', disabled('merge gate')],
  ['gate-check-unpinned', 'the check has no integration_id', checked({ required_status_checks: [{ context: 'sallyport/merge' }] })],
  ['branch-not-up-to-date', 'branches may be behind', checked({ strict_required_status_checks_policy: false })],
  ['branch-rewritable', 'main takes force-pushes', withoutRule('merge gate', 'non_fast_forward')],
  ['pushes-without-pull-request', 'main takes pushes', withoutRule('merge gate', 'pull_request')],
  ['ledger-open', 'everybody may write the ledger', disabled('only the gatekeeper writes')],
  ['ledger-rewritable', 'the ledger can be deleted', withoutRule('rewrites the ledger', 'deletion')],
  ['environment-admits-others', 'production admits main', admitted('production', { name: 'main', type: 'branch' })],
  ['environment-admits-others', 'the keys are for every branch', admitted('sallyport', { name: '*', type: 'branch' })],
  ['environment-admits-anything', 'staging admits everything', async () => {
    await github('PUT', `${repo}/environments/staging`, { deployment_branch_policy: null });
    return async () => {
      await github('PUT', `${repo}/environments/staging`, { deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } });
      if ((shop.environments.get('staging')?.policies ?? []).length === 0) await github('POST', `${repo}/environments/staging/deployment-branch-policies`, { name: 'promote/staging/*', type: 'tag' });
    };
  }],
  ['environment-bypassed-by-admins', 'administrators may pass', async () => {
    const policy = { deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } };
    await github('PUT', `${repo}/environments/production`, { ...policy, can_admins_bypass: true });
    return () => github('PUT', `${repo}/environments/production`, { ...policy, can_admins_bypass: false });
  }],
  ['secret-outside', 'a deploy secret of the repository', secret('DEPLOY_TOKEN')],
  ['keys-outside', 'a key of the repository', secret('SALLYPORT_LEDGER_KEY')],
  ['keys-outside', 'a key in production', secret('SALLYPORT_APP_KEY', 'production')],
  ['token-writes', 'the token may write', setting('/actions/permissions/workflow', { default_workflow_permissions: 'write', can_approve_pull_request_reviews: false })],
  ['actions-approve', 'Actions may approve', setting('/actions/permissions/workflow', { default_workflow_permissions: 'read', can_approve_pull_request_reviews: true })],
  ['actions-unpinned-allowed', 'pinning is not required', setting('/actions/permissions', { enabled: true, allowed_actions: 'all', sha_pinning_required: false })],
  ['action-unpinned', 'an action by its tag', added('      - uses: actions/checkout@v6\n', 'push')],
  ['dangerous-trigger', 'the head of a pull request with rights', added(`      - uses: ${checkout}\n        with: { ref: "\${{ github.event.pull_request.head.sha }}" }\n`, 'pull_request_target')],
  ['script-injection', 'a title in a script', added('      - run: echo "${{ github.event.pull_request.title }}"\n', 'pull_request')],
  ['unknown-environment', 'a job in an environment that is not there', file('.github/workflows/added.yml', () => 'on: push\njobs:\n  look: { runs-on: ubuntu-24.04, environment: preview, steps: [] }\n')],
  ['deploy-does-not-ask', 'the deploy does not ask', file('.github/workflows/deploy.yml', (text) => text.replace('packages/actions/deploy@', 'packages/actions/other@'))],
  ['workflow-missing', 'the tests are gone', file('.github/workflows/ci.yml', () => null)],
  ['ledger-key-missing', 'the policy trusts no key', file('.github/sallyport.yml', (text) => text.replace(/keys: \[[^\]]*\]/, 'keys: []'))],
  ['policy-missing', 'the policy is not valid', file('.github/sallyport.yml', (text) => `${text}\nnonsense: true\n`)],
  ['releases-mutable', 'releases can be changed', async () => {
    await github('DELETE', `${repo}/immutable-releases`);
    return () => github('PUT', `${repo}/immutable-releases`);
  }],
];

describe('doctor finds each weakness that is planted', () => {
  const codes = async (): Promise<{ readonly code: number; readonly found: readonly string[] }> => {
    const { code, out } = await sallyport(['doctor', '--json', '--app', 'sallyport-shop']);
    return { code, found: [...new Set((JSON.parse(out) as { readonly weaknesses: readonly { readonly code: string }[] }).weaknesses.map((one) => one.code))] };
  };

  it.each(weak)('%s: %s', async (code, _what, plant) => {
    const undo = await plant();
    try {
      expect(await codes()).toMatchObject({ code: 1, found: expect.arrayContaining([code]) as string[] });
    } finally {
      await undo();
    }
    expect(await codes()).toEqual({ code: 0, found: [] });
  });

  it('and setup apply mends what is a setting', async () => {
    await ruleset('merge gate', (body) => ({ ...body, rules: [] }))();
    await admitted('production', { name: 'main', type: 'branch' })();
    await github('DELETE', `${repo}/immutable-releases`);
    expect((await codes()).found).toEqual(expect.arrayContaining(['gate-not-required', 'environment-admits-others', 'releases-mutable']));
    expect((await sallyport(['setup', 'apply', '--yes'])).code).toBe(0);
    expect(await codes()).toEqual({ code: 0, found: [] });
  });

  it('as SARIF for code scanning, at the line of the file', async () => {
    const undo = await added('      - run: echo "${{ github.event.pull_request.title }}"\n', 'pull_request')();
    const { code, out } = await sallyport(['doctor', '--sarif', '--app', 'sallyport-shop']);
    await undo();
    expect([code, JSON.parse(out)]).toMatchObject([1, { version: '2.1.0', runs: [{ tool: { driver: { rules: [{ id: 'script-injection' }] } }, results: [{ ruleId: 'script-injection', level: 'error', locations: [{ physicalLocation: { artifactLocation: { uri: '.github/workflows/added.yml' }, region: { startLine: 6 } } }] }] }] }]);
  });
});

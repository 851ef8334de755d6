import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { contractExceptions, githubOperations, renderMismatch } from '@sallyport/simulator';
import sodium from 'libsodium-wrappers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulateRepository, type SimulatedRepository } from './simulated-repository.ts';

/**
 * Everything the simulator serves, asked for at least once, with GitHub's own description looking on.
 * The steps build on one another, as the life of a repository does.
 */
describe('the simulator against GitHub\'s own description', () => {
  let shop: SimulatedRepository;
  let repo: string;
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const shaOf = async (ref: string): Promise<string> => (await shop.call(`GET ${repo}/git/ref/${ref}`)).at('object.sha');
  const commit = async (parent: string, path: string, content: string): Promise<string> => {
    const blob = await shop.call(`POST ${repo}/git/blobs`, { body: { content: base64(content), encoding: 'base64' } });
    const tree = await shop.call(`POST ${repo}/git/trees`, { body: { base_tree: parent, tree: [{ path, mode: '100644', type: 'blob', sha: blob.at('sha') }] } });
    const made = await shop.call(`POST ${repo}/git/commits`, { body: { message: `Change ${path}`, tree: tree.at('sha'), parents: [parent] } });
    await shop.call(`GET ${repo}/git/blobs/${blob.at('sha')}`);
    await shop.call(`GET ${repo}/git/trees/${tree.at('sha')}?recursive=1`);
    await shop.call(`GET ${repo}/git/commits/${made.at('sha')}`);
    return made.at('sha');
  };

  beforeAll(async () => {
    shop = await simulateRepository();
    repo = shop.path;
  });
  afterAll(async () => {
    await shop.stop();
  });

  it('knows people, teams and Apps', async () => {
    await shop.call('GET /user');
    await shop.call('GET /users/bob');
    await shop.call('GET /users/nobody', { expect: 404 });
    await shop.call('GET /orgs/acme');
    await shop.call('GET /apps/gatekeeper');
    await shop.call('GET /apps/nothing', { expect: 404 });
    await shop.call('GET /user', { as: 'nobody', expect: 401 });
    await shop.call('GET /app', { as: 'jwt' });
    await shop.call('GET /app/installations', { as: 'jwt' });
    await shop.call(`GET ${repo}/installation`, { as: 'jwt' });
    await shop.call('GET /orgs/acme/teams/security-leads/members', { as: 'gatekeeper' });
    await shop.call('GET /orgs/acme/teams/security-leads/memberships/bob', { as: 'gatekeeper' });
    await shop.call('GET /orgs/acme/teams/security-leads/memberships/alice', { as: 'gatekeeper', expect: 404 });
  });

  it('makes an App of a manifest, and installs it', async () => {
    const alice = shop.simulator.world.users.get('alice');
    if (alice !== undefined) shop.simulator.world.organizations.get('acme')?.owners.add(alice.id);
    await shop.call('GET /orgs/acme/installations');
    await shop.call('GET /orgs/acme/installations', { as: 'bob', expect: 403 });
    const form = (fields: Readonly<Record<string, string>>): { readonly bytes: Uint8Array } => ({ bytes: Buffer.from(new URLSearchParams(fields).toString()) });
    const manifest = { name: 'Second keeper', url: 'https://shop.example', redirect_url: `${shop.simulator.url}/apps/gatekeeper/installations/new`, default_permissions: { contents: 'read' } };
    // Sent back to a page that answers, for want of a browser that listens.
    await shop.call('POST /organizations/acme/settings/apps/new?state=x', form({ manifest: JSON.stringify(manifest) }));
    const [code] = shop.simulator.world.conversions.keys();
    await shop.call(`POST /app-manifests/${code ?? ''}/conversions`, { expect: 201 });
    await shop.call(`POST /app-manifests/${code ?? ''}/conversions`, { expect: 404 });
    await shop.call('POST /apps/second-keeper/installations/new', form({ repository: 'acme/shop' }));
    await shop.call('GET /orgs/acme/installations');
  });

  it('shows the repository and its people', async () => {
    const { headers } = await shop.call(`GET ${repo}`);
    await shop.call(`GET ${repo}`, { headers: { 'if-none-match': headers.get('etag') ?? '' }, expect: 304 });
    await shop.call(`GET ${repo}/branches?per_page=1`);
    await shop.call(`GET ${repo}/branches/main`);
    await shop.call(`GET ${repo}/collaborators`);
    for (const person of ['alice', 'bob', 'stranger']) await shop.call(`GET ${repo}/collaborators/${person}/permission`);
    await shop.call(`GET ${repo}/contents/README.md?ref=main`);
    await shop.call(`GET ${repo}/contents/src`);
    await shop.call(`GET ${repo}/contents?ref=main`);
    await shop.call(`GET ${repo}/contents/missing.md`, { expect: 404 });
    await shop.call('GET /repos/acme/other', { expect: 404 });
  });

  it('reads and writes git data', async () => {
    const main = await shaOf('heads/main');
    const head = await commit(main, 'src/cart.mjs', 'export const cart = [];\n');
    await shop.call(`POST ${repo}/git/refs`, { body: { ref: 'refs/heads/feature/cart', sha: head }, expect: 201 });
    await shop.call(`POST ${repo}/git/refs`, { body: { ref: 'refs/heads/feature/cart', sha: head }, expect: 422 });
    const second = await commit(head, 'src/cart.mjs', 'export const cart = [1];\n');
    await shop.call(`PATCH ${repo}/git/refs/heads/feature/cart`, { body: { sha: second, force: false } });
    await shop.call(`PATCH ${repo}/git/refs/heads/feature/cart`, { body: { sha: main, force: false }, expect: 422 });
    await shop.call(`GET ${repo}/git/matching-refs/heads/`);
    await shop.call(`GET ${repo}/git/ref/heads/missing`, { expect: 404 });
    const tag = await shop.call(`POST ${repo}/git/tags`, { body: { tag: 'v1', message: 'One', object: main, type: 'commit' } });
    await shop.call(`POST ${repo}/git/refs`, { body: { ref: 'refs/tags/v1', sha: tag.at('sha') } });
    await shop.call(`GET ${repo}/git/tags/${tag.at('sha')}`);
    await shop.call(`DELETE ${repo}/git/refs/tags/v1`, { expect: 204 });
    await shop.call(`GET ${repo}/commits?sha=feature/cart&per_page=2`);
    await shop.call(`GET ${repo}/commits/feature/cart`);
    await shop.call(`GET ${repo}/compare/main...feature%2Fcart`);
    await shop.call(`GET ${repo}/activity?ref=refs/heads/feature/cart`);
  });

  it('takes a pull request from opening to merge', async () => {
    const pull = await shop.call(`POST ${repo}/pulls`, { body: { title: 'Add a cart', head: 'feature/cart', base: 'main', body: 'As agreed.' }, expect: 201 });
    const one = `${repo}/pulls/${pull.at('number')}`;
    await shop.call(`GET ${repo}/pulls?state=open&head=acme:feature/cart`);
    await shop.call(`GET ${one}`);
    await shop.call(`GET ${repo}/pulls/999`, { expect: 404 });
    await shop.call(`PATCH ${one}`, { body: { title: 'Add the cart' } });
    await shop.call(`GET ${one}/commits`);
    await shop.call(`GET ${one}/files`);
    await shop.call(`POST ${one}/requested_reviewers`, { body: { reviewers: ['bob'] }, expect: 201 });
    await shop.call(`GET ${one}/requested_reviewers`);
    await shop.call(`DELETE ${one}/requested_reviewers`, { body: { reviewers: ['bob'] } });
    await shop.call(`POST ${one.replace('/pulls/', '/issues/')}/assignees`, { body: { assignees: ['bob'] }, expect: 201 });
    await shop.call(`DELETE ${one.replace('/pulls/', '/issues/')}/assignees`, { body: { assignees: ['bob'] } });
    await shop.call(`GET ${one}/comments`);
    const objection = await shop.call(`POST ${one}/reviews`, { as: 'bob', body: { event: 'REQUEST_CHANGES', body: 'Not yet.', commit_id: pull.at('head.sha') } });
    await shop.call(`PUT ${one}/reviews/${objection.at('id')}/dismissals`, { body: { message: 'Answered.', event: 'DISMISS' } });
    await shop.call(`POST ${one}/reviews`, { as: 'bob', body: { event: 'APPROVE', body: 'Good.' } });
    await shop.call(`GET ${one}/reviews`);
    await shop.call(`GET ${repo}/issues/${pull.at('number')}/timeline`);
    const ahead = await commit(await shaOf('heads/main'), 'NEWS.md', 'News\n');
    await shop.call(`PATCH ${repo}/git/refs/heads/main`, { body: { sha: ahead } });
    await shop.call(`PUT ${one}/update-branch`, { body: {}, expect: 202 });
    await shop.call(`PUT ${one}/merge`, { body: { merge_method: 'merge', sha: 'feedfacefeedfacefeedfacefeedfacefeedface' }, expect: 409 });
    const merged = await shop.call(`PUT ${one}/merge`, { body: { merge_method: 'merge' } });
    await shop.call(`GET ${one}`);
    await shop.call(`GET ${repo}/commits/${merged.at('sha')}/pulls`);
    await shop.call(`GET ${repo}/issues/${pull.at('number')}/timeline`);
    await shop.call(`GET ${repo}/activity?ref=refs/heads/main`);
  });

  it('keeps issues, comments and labels', async () => {
    const issue = await shop.call(`POST ${repo}/issues`, { body: { title: 'Hold', body: 'Wait for it.', labels: ['sallyport-hold'] }, expect: 201 });
    const one = `${repo}/issues/${issue.at('number')}`;
    const comment = await shop.call(`POST ${one}/comments`, { as: 'bob', body: { body: 'Why?' }, expect: 201 });
    await shop.call(`PATCH ${one}`, { body: { body: 'Wait for it, please.' } });
    const edited = await shop.call('POST /graphql', { body: { query: 'query editedAt($owner: String!, $name: String!, $number: Int!) { repository(owner: $owner, name: $name) { issue(number: $number) { lastEditedAt } } }', variables: { owner: 'acme', name: 'shop', number: Number(issue.at('number')) } } });
    expect(edited.at('data.repository.issue.lastEditedAt')).toMatch(/Z$/);
    await shop.call(`PATCH ${repo}/issues/comments/${comment.at('id')}`, { as: 'bob', body: { body: 'Why, then?' } });
    await shop.call(`POST ${repo}/issues/comments/${comment.at('id')}/reactions`, { body: { content: '+1' }, expect: 201 });
    await shop.call(`POST ${repo}/issues/comments/${comment.at('id')}/reactions`, { body: { content: '+1' } });
    await shop.call(`PUT ${one}/lock`, { expect: 204 });
    await shop.call(`DELETE ${one}/lock`, { expect: 204 });
    await shop.call(`GET ${one}/comments?per_page=100`);
    await shop.call(`DELETE ${repo}/issues/comments/${comment.at('id')}`, { expect: 204 });
    await shop.call(`GET ${one}/labels`);
    await shop.call(`POST ${one}/labels`, { body: { labels: ['release'] } });
    await shop.call(`DELETE ${one}/labels/release`);
    await shop.call(`GET ${repo}/issues?state=open&labels=sallyport-hold`);
    await shop.call(`PATCH ${one}`, { body: { state: 'closed' } });
    await shop.call(`GET ${one}`);
    await shop.call(`GET ${one}/timeline`);
    await shop.call(`GET ${repo}/issues?state=all`);
  });

  it('records statuses and checks', async () => {
    const sha = await shaOf('heads/main');
    await shop.call(`POST ${repo}/statuses/${sha}`, { body: { state: 'success', context: 'lint', description: 'Fine', target_url: 'https://ci.example/1' }, expect: 201 });
    await shop.call(`GET ${repo}/commits/${sha}/statuses`);
    await shop.call(`GET ${repo}/commits/main/status`);
    await shop.call(`POST ${repo}/check-runs`, { body: { name: 'sallyport/merge', head_sha: sha }, expect: 403 });
    const run = await shop.call(`POST ${repo}/check-runs`, { as: 'gatekeeper', body: { name: 'sallyport/merge', head_sha: sha, status: 'in_progress', external_id: 'x', output: { title: 'Waiting', summary: 'For a review' } }, expect: 201 });
    await shop.call(`PATCH ${repo}/check-runs/${run.at('id')}`, { as: 'gatekeeper', body: { status: 'completed', conclusion: 'success', output: { title: 'Allowed', summary: 'Go' } } });
    await shop.call(`GET ${repo}/check-runs/${run.at('id')}`, { as: 'gatekeeper' });
    await shop.call(`GET ${repo}/commits/${sha}/check-runs?filter=all`, { as: 'gatekeeper' });
    await shop.call(`GET ${repo}/commits/${sha}/check-suites`, { as: 'gatekeeper' });
  });

  it('runs workflows', async () => {
    await shop.call(`POST ${repo}/actions/workflows/ci.yml/dispatches`, { body: { ref: 'main' } });
    await shop.simulator.idle();
    await shop.call(`GET ${repo}/actions/workflows`);
    await shop.call(`GET ${repo}/actions/workflows/ci.yml`);
    await shop.call(`PUT ${repo}/actions/workflows/ci.yml/disable`, { expect: 204 });
    await shop.call(`PUT ${repo}/actions/workflows/ci.yml/enable`, { expect: 204 });
    await shop.call(`GET ${repo}/actions/workflows/ci.yml/runs`);
    await shop.call(`GET ${repo}/actions/workflows/ci.yml/runs?created=${encodeURIComponent('>=2026-11-16T17:00:00Z')}`);
    const runs = await shop.call(`GET ${repo}/actions/runs?event=workflow_dispatch&status=completed`);
    expect(runs.at('total_count')).toBe('1');
    const one = `${repo}/actions/runs/${runs.at('workflow_runs.0.id')}`;
    await shop.call(`GET ${one}`);
    const jobs = await shop.call(`GET ${one}/jobs?filter=latest`);
    await shop.call(`GET ${repo}/actions/jobs/${jobs.at('jobs.0.id')}`);
    await shop.call(`GET ${repo}/actions/jobs/${jobs.at('jobs.0.id')}/logs`);
    await shop.call(`POST ${one}/rerun`, { expect: 201 });
    await shop.simulator.idle();
    expect((await shop.call(`GET ${one}`)).at('run_attempt')).toBe('2');
    expect((await shop.call(`GET ${one}/attempts/1`)).at('run_attempt')).toBe('1');
    await shop.call(`GET ${one}/attempts/1/jobs`);
    await shop.call(`POST ${one}/rerun-failed-jobs`, { expect: 201 });
    await shop.simulator.idle();
    expect((await shop.call(`GET ${one}/jobs`)).at('jobs.0.run_attempt')).toBe('2');
  });

  it('keeps rulesets', async () => {
    const body = { name: 'main', target: 'branch', enforcement: 'active', bypass_actors: [], conditions: { ref_name: { include: ['refs/heads/release'], exclude: [] } }, rules: [{ type: 'deletion' }, { type: 'required_status_checks', parameters: { strict_required_status_checks_policy: false, required_status_checks: [{ context: 'sallyport/merge' }] } }] };
    const ruleset = await shop.call(`POST ${repo}/rulesets`, { body, expect: 201 });
    await shop.call(`GET ${repo}/rulesets`);
    await shop.call(`GET ${repo}/rulesets/${ruleset.at('id')}`);
    await shop.call(`PUT ${repo}/rulesets/${ruleset.at('id')}`, { body: { ...body, conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } } } });
    await shop.call(`GET ${repo}/rules/branches/main`);
    await shop.call(`POST ${repo}/rulesets`, { as: 'bob', body, expect: 403 });
    await shop.call(`PUT ${repo}/rulesets/${ruleset.at('id')}`, { body: { bypass_actors: [{ actor_id: null, actor_type: 'EnterpriseOwner', bypass_mode: 'always' }] } });
    await shop.call(`GET ${repo}/rulesets/rule-suites?time_period=week&rule_suite_result=all`);
    await shop.call(`GET ${repo}/rulesets/rule-suites`, { as: 'bob', expect: 403 });
    await shop.call(`DELETE ${repo}/rulesets/${ruleset.at('id')}`, { expect: 204 });
  });

  it('keeps the settings of GitHub Actions', async () => {
    const settings = `${repo}/actions/permissions`;
    await shop.call(`PUT ${settings}`, { body: { enabled: true, allowed_actions: 'all', sha_pinning_required: true }, expect: 204 });
    await shop.call(`GET ${settings}/selected-actions`, { expect: 409 });
    await shop.call(`PUT ${settings}`, { body: { enabled: true, allowed_actions: 'selected' }, expect: 204 });
    await shop.call(`PUT ${settings}/selected-actions`, { body: { github_owned_allowed: true, verified_allowed: false, patterns_allowed: ['docker/*'] }, expect: 204 });
    await shop.call(`GET ${settings}/selected-actions`, { as: 'gatekeeper' });
    await shop.call(`GET ${settings}`);
    await shop.call(`PUT ${settings}/workflow`, { body: { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false }, expect: 204 });
    await shop.call(`GET ${settings}/workflow`);
  });

  it('keeps environments and deployments', async () => {
    const production = `${repo}/environments/production`;
    await shop.call(`PUT ${production}`, { body: { deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } } });
    await shop.call(`GET ${production}`);
    await shop.call(`GET ${repo}/environments`);
    await shop.call(`POST ${production}/deployment-branch-policies`, { body: { name: 'promote/production/*', type: 'tag' } });
    const policies = await shop.call(`GET ${production}/deployment-branch-policies`);
    await shop.call(`DELETE ${production}/deployment-branch-policies/${policies.at('branch_policies.0.id')}`, { expect: 204 });
    const app = await shop.call('GET /app', { as: 'jwt' });
    const rule = await shop.call(`POST ${production}/deployment_protection_rules`, { body: { integration_id: Number(app.at('id')) }, expect: 201 });
    await shop.call(`GET ${production}/deployment_protection_rules`);
    await shop.call(`DELETE ${production}/deployment_protection_rules/${rule.at('id')}`, { expect: 204 });
    await shop.call(`PUT ${production}`, { body: { can_admins_bypass: false } });
    const deployment = await shop.call(`POST ${repo}/deployments`, { body: { ref: 'main', environment: 'production', auto_merge: false, required_contexts: [] }, expect: 201 });
    const one = `${repo}/deployments/${deployment.at('id')}`;
    await shop.call(`POST ${one}/statuses`, { body: { state: 'success', description: 'Healthy', environment_url: 'https://shop.example', log_url: 'https://shop.example/log' }, expect: 201 });
    await shop.call(`GET ${one}`);
    await shop.call(`GET ${one}/statuses`);
    await shop.call(`GET ${repo}/deployments?environment=production`);
  });

  it('keeps labels, and whether releases are immutable', async () => {
    await shop.call(`POST ${repo}/labels`, { body: { name: 'sallyport-review', color: 'b60205', description: 'An override to look at' }, expect: 201 });
    await shop.call(`POST ${repo}/labels`, { body: { name: 'sallyport-review' }, expect: 422 });
    await shop.call(`GET ${repo}/labels/sallyport-review`);
    await shop.call(`PATCH ${repo}/labels/sallyport-review`, { body: { color: 'd93f0b' } });
    await shop.call(`GET ${repo}/labels`);
    await shop.call(`PUT ${repo}/immutable-releases`, { expect: 204 });
    await shop.call(`GET ${repo}/immutable-releases`);
    await shop.call(`DELETE ${repo}/immutable-releases`, { expect: 204 });
    await shop.call(`GET ${repo}/immutable-releases`, { expect: 404 });
  });

  it('keeps secrets', async () => {
    await sodium.ready;
    for (const place of [`${repo}/actions/secrets`, `${repo}/environments/production/secrets`]) {
      const key = await shop.call(`GET ${place}/public-key`);
      const sealed = Buffer.from(sodium.crypto_box_seal('hidden', Buffer.from(key.at('key'), 'base64'))).toString('base64');
      await shop.call(`PUT ${place}/APP_KEY`, { body: { encrypted_value: sealed, key_id: key.at('key_id') }, expect: 201 });
      await shop.call(`PUT ${place}/APP_KEY`, { body: { encrypted_value: sealed, key_id: '1' }, expect: 422 });
      await shop.call(`GET ${place}/APP_KEY`);
      await shop.call(`GET ${place}?per_page=1`);
      await shop.call(`DELETE ${place}/APP_KEY`, { expect: 204 });
    }
    await shop.call(`GET ${repo}/actions/organization-secrets`);
  });

  it('keeps releases and their files', async () => {
    const release = await shop.call(`POST ${repo}/releases`, { body: { tag_name: 'build/1.8.0-rc.1', target_commitish: 'main', name: '1.8.0-rc.1', body: '', prerelease: true }, expect: 201 });
    const one = `${repo}/releases/${release.at('id')}`;
    const asset = await shop.call(`POST /uploads${one}/assets?name=shop.tar.gz`, { bytes: Uint8Array.of(0x1f, 0x8b, 0, 1), expect: 201 });
    expect(asset.at('digest')).toMatch(/^sha256:[0-9a-f]{64}$/);
    await shop.call(`GET ${repo}/releases?per_page=100`);
    await shop.call(`GET ${one}`);
    await shop.call(`GET ${one}/assets`);
    await shop.call(`GET ${repo}/releases/tags/build%2F1.8.0-rc.1`);
    await shop.call(`GET ${repo}/releases/tags/build%2F9.9.9`, { expect: 404 });
    await shop.call(`GET ${repo}/releases/assets/${asset.at('id')}`);
    await shop.call(`GET ${repo}/releases/assets/${asset.at('id')}`, { headers: { accept: 'application/octet-stream' } });
    await shop.call(`PATCH ${one}`, { body: { name: 'Build 1.8.0-rc.1', prerelease: true } });
  });

  it('speaks git', async () => {
    const { stdout } = await promisify(execFile)('git', ['ls-remote', shop.gitUrl, 'refs/heads/main']);
    expect(stdout).toContain(await shaOf('heads/main'));
  });

  it('was asked for every operation, and answered each as GitHub describes it', () => {
    const { contract } = shop;
    const excepted = [...contract.excepted()].map(([name, times]) => `${name} ${times}`);
    console.log(`${contract.covered().size} of ${githubOperations.length} operations answered; ${contract.mismatches().length} mismatches; exceptions used: ${excepted.join(', ') || 'none'}`);
    expect(contract.mismatches().map(renderMismatch)).toEqual([]);
    expect(githubOperations.filter((operation) => !contract.covered().has(operation))).toEqual([]);
    expect(contractExceptions.filter(({ name }) => !contract.excepted().has(name)).map(({ name }) => name), 'exceptions no longer needed').toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Policy } from '@sallyport/policy';
import { describe, expect, it } from 'vitest';
import { diagnose } from './diagnose.ts';
import type { BypassActor, Enforcement, Environment, Rule, Ruleset, WorkflowFile } from './enforcement.ts';
import { hidden, seen } from './enforcement.ts';
import { app, healthy, policy, valueOf } from './enforcement.fixture.ts';
import { weaknessCodes, weaknesses } from './weakness.ts';
import type { WeaknessCode } from './weakness.ts';

type Change = (enforcement: Enforcement) => Enforcement;

const rulesets = (change: (ruleset: Ruleset) => Ruleset | null): Change => (enforcement) => ({ ...enforcement, rulesets: seen(valueOf(enforcement.rulesets).map(change).filter((one) => one !== null)) });
const ruleset = (name: string, change: (ruleset: Ruleset) => Ruleset | null): Change => rulesets((one) => (one.name.includes(name) ? change(one) : one));
const outside = (name: string, ...actors: readonly BypassActor[]): Change => ruleset(name, (one) => ({ ...one, bypass: seen([...valueOf(one.bypass), ...actors]) }));
const without = (name: string, type: string): Change => ruleset(name, (one) => ({ ...one, rules: one.rules.filter((rule) => rule.type !== type) }));
const check = (change: (rule: Rule) => Rule): Change => ruleset('merge gate', (one) => ({ ...one, rules: one.rules.map((rule) => (rule.type === 'required_status_checks' ? change(rule) : rule)) }));
const environment = (name: string, change: (one: Environment) => Environment | null): Change => (enforcement) => ({ ...enforcement, environments: seen(valueOf(enforcement.environments).map((one) => (one.name === name ? change(one) : one)).filter((one) => one !== null)) });
const workflow = (name: string, change: (file: WorkflowFile) => WorkflowFile | null): Change => (enforcement) => ({ ...enforcement, workflows: seen(valueOf(enforcement.workflows).map((file) => (file.path.endsWith(`/${name}`) ? change(file) : file)).filter((one) => one !== null)) });
const text = (name: string, change: (text: string) => string): Change => workflow(name, (file) => ({ ...file, text: change(file.text ?? '') }));
const added = (yaml: string): Change => (enforcement) => ({ ...enforcement, workflows: seen([...valueOf(enforcement.workflows), { path: '.github/workflows/added.yml', text: yaml, state: 'active' }]) });

const role = (id: number): BypassActor => ({ kind: 'RepositoryRole', id, mode: 'always' });
const deployKeys: BypassActor = { kind: 'DeployKey', id: null, mode: 'always' };
const pinned = `${'a'.repeat(40)} # v6`;
const stranger = (on: string, steps: string): string => `on: ${on}\njobs:\n  look:\n    runs-on: ubuntu-24.04\n    steps:\n${steps}`;

/** One weakness each, planted into a repository that is as it should be. */
const planted: readonly (readonly [WeaknessCode, string, Change])[] = [
  ['app-missing', 'no App is known', (one) => ({ ...one, app: null })],
  ['app-over-privileged', 'the App may write workflows', (one) => ({ ...one, app: { id: app, slug: 'sallyport-gatekeeper', permissions: seen({ ...(one.app === null ? {} : valueOf(one.app.permissions)), workflows: 'write' }) } })],
  ['app-over-privileged', 'the App may write what it only reads', (one) => ({ ...one, app: { id: app, slug: 'sallyport-gatekeeper', permissions: seen({ ...(one.app === null ? {} : valueOf(one.app.permissions)), actions: 'write' }) } })],
  ['app-permission-missing', 'the App may not write checks', (one) => ({ ...one, app: { id: app, slug: 'sallyport-gatekeeper', permissions: seen({ ...(one.app === null ? {} : valueOf(one.app.permissions)), checks: 'read' }) } })],
  ['gate-not-required', 'no ruleset for main', ruleset('merge gate', () => null)],
  ['gate-not-required', 'the ruleset for main is only evaluated', ruleset('merge gate', (one) => ({ ...one, enforcement: 'evaluate' }))],
  ['gate-not-required', 'main is excepted', ruleset('merge gate', (one) => ({ ...one, exclude: ['~DEFAULT_BRANCH'] }))],
  ['gate-check-unpinned', 'the check is required by its name alone', check((rule) => ({ ...rule, parameters: { ...rule.parameters, required_status_checks: [{ context: 'sallyport/merge' }] } }))],
  ['gate-check-unpinned', 'the check is required from Actions', check((rule) => ({ ...rule, parameters: { ...rule.parameters, required_status_checks: [{ context: 'sallyport/merge', integration_id: 15368 }] } }))],
  ['gate-bypassed', 'maintainers stand outside', outside('merge gate', role(2))],
  ['gate-bypassed', 'the App itself stands outside', outside('merge gate', { kind: 'Integration', id: app, mode: 'pull_request' })],
  ['bypassed-by-admins', 'administrators stand outside', outside('merge gate', role(5))],
  ['bypassed-by-admins', 'administrators may make tags', outside('makes tags', role(5))],
  ['bypassed-by-admins', 'owners may rewrite the ledger', outside('rewrites', { kind: 'OrganizationAdmin', id: null, mode: 'always' })],
  ['branch-not-up-to-date', 'branches need not be up to date', check((rule) => ({ ...rule, parameters: { ...rule.parameters, strict_required_status_checks_policy: false } }))],
  ['branch-rewritable', 'main takes force-pushes', without('merge gate', 'non_fast_forward')],
  ['branch-rewritable', 'main can be deleted', without('merge gate', 'deletion')],
  ['pushes-without-pull-request', 'main takes pushes', without('merge gate', 'pull_request')],
  ['promotion-tags-open', 'no ruleset for making tags', ruleset('makes tags', () => null)],
  ['promotion-tags-open', 'the ruleset for making tags is off', ruleset('makes tags', (one) => ({ ...one, enforcement: 'disabled' }))],
  ['promotion-tags-open', 'only one environment is covered', ruleset('makes tags', (one) => ({ ...one, include: ['refs/tags/promote/staging/*', 'refs/tags/build/**', 'refs/tags/v*'] }))],
  ['promotion-tags-open', 'a star that does not cross segments', ruleset('makes tags', (one) => ({ ...one, include: ['refs/tags/promote/*', 'refs/tags/build/**', 'refs/tags/v*'] }))],
  ['promotion-tags-open', 'tags of one digit only', ruleset('makes tags', (one) => ({ ...one, include: ['refs/tags/promote/*/?', 'refs/tags/build/**', 'refs/tags/v*'] }))],
  ['promotion-tags-open', 'a ruleset of that name for branches', ruleset('makes tags', (one) => ({ ...one, target: 'branch', include: ['~ALL', ...one.include] }))],
  ['promotion-tags-open', 'one number is excepted', ruleset('makes tags', (one) => ({ ...one, exclude: ['refs/tags/promote/production/77'] }))],
  ['promotion-tags-open', 'an exception that begins with a wildcard', ruleset('makes tags', (one) => ({ ...one, exclude: ['refs/tags/**/77'] }))],
  ['promotion-tags-open', 'deploy keys stand outside', outside('makes tags', deployKeys)],
  ['promotion-tags-open', 'another App stands outside', outside('makes tags', { kind: 'Integration', id: 9, mode: 'always' })],
  ['promotion-tags-closed', 'the App does not stand outside', ruleset('makes tags', (one) => ({ ...one, bypass: seen([]) }))],
  ['promotion-tags-movable', 'no ruleset against moving', ruleset('moves or deletes', () => null)],
  ['promotion-tags-movable', 'the App may move them', outside('moves or deletes', { kind: 'Integration', id: app, mode: 'always' })],
  ['build-tags-open', 'tags of builds are not covered', ruleset('makes tags', (one) => ({ ...one, include: ['refs/tags/promote/**', 'refs/tags/v*'] }))],
  ['build-tags-movable', 'tags of releases can be deleted', ruleset('moves or deletes', (one) => ({ ...one, include: ['refs/tags/promote/**', 'refs/tags/build/**'] }))],
  ['ledger-open', 'no ruleset for writing the ledger', ruleset('gatekeeper writes', () => null)],
  ['ledger-open', 'a team may write it', outside('gatekeeper writes', { kind: 'Team', id: 4, mode: 'always' })],
  ['ledger-closed', 'the App may not write it', ruleset('gatekeeper writes', (one) => ({ ...one, bypass: seen([]) }))],
  ['ledger-rewritable', 'the ledger takes force-pushes', without('rewrites the ledger', 'non_fast_forward')],
  ['ledger-rewritable', 'the App may rewrite it', outside('rewrites the ledger', { kind: 'Integration', id: app, mode: 'always' })],
  ['environment-missing', 'there is no production', environment('production', () => null)],
  ['environment-admits-anything', 'production admits all', environment('production', (one) => ({ ...one, admits: { kind: 'anything' } }))],
  ['environment-admits-anything', 'the keys are for every branch', environment('sallyport', (one) => ({ ...one, admits: { kind: 'anything' } }))],
  ['environment-admits-others', 'production admits protected branches', environment('production', (one) => ({ ...one, admits: { kind: 'protected-branches' } }))],
  ['environment-admits-others', 'production admits main as well', environment('production', (one) => ({ ...one, admits: { kind: 'patterns', patterns: seen([{ id: 1, name: 'promote/production/*', type: 'tag' }, { id: 2, name: 'main', type: 'branch' }]) } }))],
  ['environment-admits-others', 'a branch of the name of the tags', environment('production', (one) => ({ ...one, admits: { kind: 'patterns', patterns: seen([{ id: 1, name: 'promote/production/*', type: 'tag' }, { id: 2, name: 'promote/production/*', type: 'branch' }]) } }))],
  ['environment-admits-nothing', 'production admits nothing', environment('production', (one) => ({ ...one, admits: { kind: 'patterns', patterns: seen([]) } }))],
  ['environment-bypassed-by-admins', 'administrators may pass', environment('production', (one) => ({ ...one, adminsBypass: seen(true) }))],
  ['keys-missing', 'a key is not there', environment('sallyport', (one) => ({ ...one, secrets: seen(['SALLYPORT_APP_ID', 'SALLYPORT_APP_KEY']) }))],
  ['keys-outside', 'a key of the repository', (one) => ({ ...one, repositorySecrets: seen(['SALLYPORT_APP_KEY']) })],
  ['keys-outside', 'a key in production', environment('production', (one) => ({ ...one, secrets: seen(['DEPLOY_TOKEN', 'SALLYPORT_LEDGER_KEY']) }))],
  ['secret-outside', 'a deploy secret of the repository', (one) => ({ ...one, repositorySecrets: seen(['DEPLOY_TOKEN']) })],
  ['secret-outside', 'a deploy secret of the organisation', (one) => ({ ...one, organizationSecrets: seen(['DEPLOY_URL']) })],
  ['token-writes', 'the token may write', (one) => ({ ...one, token: seen({ writes: true, mayApprove: false }) })],
  ['actions-approve', 'Actions may approve', (one) => ({ ...one, token: seen({ writes: false, mayApprove: true }) })],
  ['actions-off', 'Actions are off', (one) => ({ ...one, actions: seen({ enabled: false, allowed: 'all', pinned: true }) })],
  ['actions-unpinned-allowed', 'pinning is not required', (one) => ({ ...one, actions: seen({ enabled: true, allowed: 'all', pinned: false }) })],
  ['action-unpinned', 'an action by its tag', text('ci.yml', (yaml) => yaml.replace(/actions\/checkout@[0-9a-f]{40}/, 'actions/checkout@v6'))],
  ['action-unpinned', 'a workflow by its branch', added('on: push\njobs:\n  other:\n    uses: acme/shared/.github/workflows/lint.yml@main\n')],
  ['action-unpinned', 'an image by its tag', added(stranger('push', '      - uses: docker://alpine:3.22\n'))],
  ['dangerous-trigger', 'the head of a pull request with rights', added(stranger('pull_request_target', `      - uses: actions/checkout@${pinned}\n        with: { ref: "\${{ github.event.pull_request.head.sha }}" }\n`))],
  ['dangerous-trigger', 'the head of a run', added(stranger('{ workflow_run: { workflows: [ci] } }', `      - uses: actions/checkout@${pinned}\n        with: { ref: "\${{ github.event.workflow_run.head_branch }}" }\n`))],
  ['dangerous-trigger', 'a pull request by a comment', added(stranger('issue_comment', `      - uses: actions/checkout@${pinned}\n        with: { ref: "refs/pull/\${{ github.event.issue.number }}/merge" }\n`))],
  ['script-injection', 'a title in a script', added(stranger('pull_request', '      - run: echo "${{ github.event.pull_request.title }}"\n'))],
  ['script-injection', 'a branch in a script', added(stranger('pull_request', '      - run: git switch "${{ github.head_ref || github.ref_name }}"\n'))],
  ['script-injection', 'a comment in a script of github-script', added(stranger('issue_comment', `      - uses: actions/github-script@${pinned}\n        with: { script: "core.info(\`\${{ github.event.comment.body }}\`)" }\n`))],
  ['keys-without-environment', 'a key in a job without environment', added('on: push\njobs:\n  look:\n    runs-on: ubuntu-24.04\n    env: { KEY: "${{ secrets.SALLYPORT_APP_KEY }}" }\n    steps: []\n')],
  ['unknown-environment', 'a job in an environment that is not there', added('on: push\njobs:\n  look:\n    runs-on: ubuntu-24.04\n    environment: preview\n    steps: []\n')],
  ['workflow-missing', 'the tests are not there', workflow('ci.yml', () => null)],
  ['workflow-off', 'the build is turned off', workflow('build.yml', (file) => ({ ...file, state: 'disabled_manually' }))],
  ['workflow-off', 'the gatekeeper was forgotten', workflow('gatekeeper.yml', (file) => ({ ...file, state: 'disabled_inactivity' }))],
  ['gatekeeper-missing', 'nothing runs the gatekeeper', workflow('gatekeeper.yml', () => null)],
  ['gatekeeper-unscheduled', 'the gatekeeper has no schedule', text('gatekeeper.yml', (yaml) => yaml.replace('  schedule:', '  milestone:'))],
  ['merge-gate-missing', 'nothing runs the merge gate', workflow('merge-gate.yml', () => null)],
  ['deploy-does-not-ask', 'the deploy does not ask', text('deploy.yml', (yaml) => yaml.replace('sallyport/sallyport/packages/actions/deploy@', 'acme/other/deploy@'))],
  ['deploy-does-not-ask', 'another job asks', text('deploy.yml', (yaml) => yaml.replace(/environment: \$\{\{[^\n]*/, 'if: true').replace('jobs:', 'jobs:\n  other: { runs-on: ubuntu-24.04, environment: production, steps: [{ run: ./deploy.sh }] }'))],
  ['deploy-does-not-ask', 'something runs before it asks', text('deploy.yml', (yaml) => yaml.replace('      - id: sallyport\n', '      - run: ./deploy.sh\n      - id: sallyport\n'))],
  ['releases-mutable', 'releases can be changed', (one) => ({ ...one, immutableReleases: seen(false) })],
  ['label-missing', 'there is no label', (one) => ({ ...one, labels: seen([]) })],
  ['bypass-seen', 'somebody went past', (one) => ({ ...one, bypasses: seen([{ id: 5, ref: 'refs/heads/main', actor: 'olga', at: Date.parse('2026-11-20T23:10:00Z') }]) })],
];

/** One ruleset says more than one thing: what else there is to find when it is changed. */
const comesWith: Partial<Record<WeaknessCode, readonly WeaknessCode[]>> = {
  'app-missing': ['gate-check-unpinned', 'promotion-tags-open', 'build-tags-open', 'ledger-open', 'bypass-seen'],
  'gate-not-required': ['branch-rewritable', 'pushes-without-pull-request'],
  'gate-bypassed': ['branch-rewritable'],
  'promotion-tags-open': ['build-tags-open'],
  'promotion-tags-movable': ['build-tags-movable'],
};

const codesOf = (enforcement: Enforcement, by: Policy | null = policy): readonly WeaknessCode[] => [...new Set(diagnose(enforcement, by).weaknesses.map(({ code }) => code))];

describe('a repository that is as it should be', () => {
  it('has no weakness, nothing unseen, and is locked', () => {
    expect(diagnose(healthy(), policy)).toMatchObject({ level: 'locked', weaknesses: [], unseen: [], power: { outsider: [], writer: [] } });
  });

  it('is double-locked where the App stands at the door of every environment with a window', () => {
    const atDoor = (...ids: readonly number[]) => environment('production', (one) => ({ ...one, gates: seen(ids) }))(healthy());
    expect(diagnose(atDoor(app), policy).level).toBe('double-locked');
    expect(diagnose(atDoor(app + 1), policy).level).toBe('locked');
  });

  it('may call the workflows of Sallyport instead of having them', () => {
    const caller = (name: string) => readFileSync(join(import.meta.dirname, `../../../../workflows/callers/${name}`), 'utf8');
    const calling = ['gatekeeper.yml', 'merge-gate.yml'].reduce((one, name) => text(name, () => caller(name))(one), healthy());
    expect(diagnose(calling, policy)).toMatchObject({ level: 'locked', weaknesses: [] });
  });

  it('lets nobody by whom one ruleset lets and another does not', () => {
    const twice: Change = (one) => ({ ...one, rulesets: seen(valueOf(one.rulesets).flatMap((each) => (each.name.includes('makes tags') ? [{ ...each, bypass: seen([...valueOf(each.bypass), role(2)]) }, { ...each, id: 97, bypass: seen([...valueOf(each.bypass), deployKeys]) }] : [each]))) });
    expect(diagnose(twice(healthy()), policy)).toMatchObject({ level: 'locked', weaknesses: [] });
  });

  it('may except tags that are plainly others', () => {
    expect(diagnose(ruleset('makes tags', (one) => ({ ...one, exclude: ['refs/tags/nightly-*'] }))(healthy()), policy)).toMatchObject({ level: 'locked', weaknesses: [] });
  });

  it('may be held to more by others', () => {
    const more: Ruleset = { id: 99, name: 'more', source: 'organization', target: 'branch', enforcement: 'active', include: ['~ALL'], exclude: [], rules: [{ type: 'non_fast_forward', parameters: {} }], bypass: hidden('not yours') };
    expect(diagnose({ ...healthy(), rulesets: seen([...valueOf(healthy().rulesets), more]) }, policy)).toMatchObject({ level: 'locked', weaknesses: [], unseen: [] });
  });
});

describe('a weakness', () => {
  it.each(planted)('%s: %s', (code, _what, change) => {
    const diagnosis = diagnose(change(healthy()), policy);
    const codes = [...new Set(diagnosis.weaknesses.map((one) => one.code))];
    expect(codes).toContain(code);
    expect(codes.filter((one) => one !== code && !(comesWith[code] ?? []).includes(one))).toEqual([]);
    expect(diagnosis.level === 'advisory').toBe(codes.some((one) => weaknesses[one].lock));
    for (const { message, next } of diagnosis.weaknesses) expect([message, next].every((sentence) => sentence.endsWith('.') || sentence.includes(':'))).toBe(true);
  });

  it('is told of whom it helps', () => {
    const { power } = diagnose(outside('makes tags', deployKeys)(healthy()), policy);
    expect(power.writer).toEqual(['Others than the gatekeeper can make promotion tags.', 'Others than the gatekeeper can make the tags of builds and releases.']);
    expect(power.outsider).toEqual([]);
  });

  it('says in which file and line it stands', () => {
    const { weaknesses: found } = diagnose(added(stranger('pull_request', '      - run: echo hello\n      - run: echo "${{ github.event.pull_request.title }}"\n'))(healthy()), policy);
    expect(found.map(({ file }) => file)).toEqual([{ path: '.github/workflows/added.yml', line: 7 }]);
  });

  it('of the policy: none that is valid, and no key that the ledger is believed by', () => {
    expect(codesOf(healthy(), null)).toEqual(['policy-missing']);
    expect(codesOf(healthy(), { ...policy, ledger: { ...policy.ledger, keys: [] } })).toEqual(['ledger-key-missing']);
  });

  it('of a default branch that is not gated: whoever pushes there writes the policy', () => {
    expect(codesOf({ ...healthy(), repository: { ...healthy().repository, defaultBranch: 'trunk' } })).toContain('default-branch-not-gated');
  });

  it('of every kind is planted here', () => {
    expect(weaknessCodes.filter((code) => !planted.some(([one]) => one === code))).toEqual(['policy-missing', 'ledger-key-missing', 'default-branch-not-gated']);
  });
});

/** What the caller may not see, and whether the lock rests on it. */
const covered: readonly (readonly [string, boolean, Change])[] = [
  ['rulesets', true, (one) => ({ ...one, rulesets: hidden('no') })],
  ['who stands outside the rulesets', true, rulesets((one) => ({ ...one, bypass: hidden('no') }))],
  ['environments', true, (one) => ({ ...one, environments: hidden('no') })],
  ['what an environment admits', true, environment('production', (one) => ({ ...one, admits: { kind: 'patterns', patterns: hidden('no') } }))],
  ['secrets of the repository', true, (one) => ({ ...one, repositorySecrets: hidden('no') })],
  ['secrets of the organisation', true, (one) => ({ ...one, organizationSecrets: hidden('no') })],
  ['secrets of production', true, environment('production', (one) => ({ ...one, secrets: hidden('no') }))],
  ['secrets of the gatekeeper', false, environment('sallyport', (one) => ({ ...one, secrets: hidden('no') }))],
  ['workflows', true, (one) => ({ ...one, workflows: hidden('no') })],
  ['a workflow that cannot be read', true, added('on: push\njobs: [no, jobs]\n')],
  ['settings of Actions', false, (one) => ({ ...one, actions: hidden('no') })],
  ['the pinning of actions', false, (one) => ({ ...one, actions: seen({ enabled: true, allowed: 'all', pinned: null }) })],
  ['the token', false, (one) => ({ ...one, token: hidden('no') })],
  ['releases', false, (one) => ({ ...one, immutableReleases: hidden('no') })],
  ['labels', false, (one) => ({ ...one, labels: hidden('no') })],
  ['bypasses', false, (one) => ({ ...one, bypasses: hidden('no') })],
  ['administrators at the door', false, environment('production', (one) => ({ ...one, adminsBypass: hidden('no') }))],
  ['permissions of the App', false, (one) => ({ ...one, app: { id: app, slug: null, permissions: hidden('no') } })],
];

describe('what cannot be seen', () => {
  it.each(covered)('is neither on nor off: %s', (_what, lock, change) => {
    const diagnosis = diagnose(change(healthy()), policy);
    expect(diagnosis.unseen.length).toBeGreaterThan(0);
    expect(diagnosis.level).toBe(lock ? 'unknown' : 'locked');
    // An App whose name is not known cannot be told from somebody else who went past a ruleset.
    expect(diagnosis.weaknesses.filter(({ code }) => code !== 'bypass-seen')).toEqual([]);
  });

  it('does not hide what was seen to be open', () => {
    expect(diagnose({ ...ruleset('makes tags', () => null)(healthy()), environments: hidden('no') }, policy)).toMatchObject({ level: 'advisory' });
  });

  it('about one ruleset matters not when another lets nobody', () => {
    const twice: Change = (one) => ({ ...one, rulesets: seen(valueOf(one.rulesets).flatMap((each) => (each.name.includes('moves or deletes') ? [each, { ...each, id: 98, bypass: hidden('no') }] : [each]))) });
    expect(diagnose(twice(healthy()), policy)).toMatchObject({ level: 'locked', unseen: [] });
  });
});

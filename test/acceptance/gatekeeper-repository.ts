import { verifierKey } from '@sallyport/ledger';
import { ledgerOrigin } from '@sallyport/pipeline';
import type { Repository, Simulator, User } from '@sallyport/simulator';

export const name = { owner: 'acme', name: 'shop' } as const;
const base = `/repos/${name.owner}/${name.name}`;

const ci = `name: ci
on: pull_request
jobs:
  unit:
    runs-on: ubuntu-24.04
    steps:
      - run: exit 0
`;

/** A deploy that works at once; nothing in it calls back, so every write that is counted is the gatekeeper's. */
const deploy = `name: deploy
on: { push: { tags: ['promote/**'] } }
permissions: {}
jobs:
  staging:
    if: startsWith(github.ref_name, 'promote/staging/')
    runs-on: ubuntu-24.04
    environment: staging
    steps:
      - run: exit 0
  production:
    if: startsWith(github.ref_name, 'promote/production/')
    runs-on: ubuntu-24.04
    environment: production
    steps:
      - run: exit 0
`;

export const soakMilliseconds = 60 * 60 * 1000;

export type Environment = 'staging' | 'production';

const production = `  production:
    after: { environment: staging, soak: 1h }
    window: anytime
    promote: automatic
    must-fit: false
`;

export const trustRootPath = '.github/trusted_root.json';

const policyText = (key: string, last: Environment, signed: boolean): string => `version: 1
repository: acme/shop
merge:
  tests: [{ check: unit, workflow: .github/workflows/ci.yml }]
build:
  ${signed ? `trust-root: ${trustRootPath}` : 'provenance: none'}
environments:
  staging:
    promote: automatic
${last === 'production' ? production : ''}ledger:
  keys: ["${key}"]
`;

/** Sends one request as a person; any status that is not a success is an error. */
export type Person = { readonly login: string; readonly send: (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>> };

export type Shop = { readonly repository: Repository; readonly app: { readonly id: number; readonly keyPem: string }; readonly ada: Person; readonly ben: Person };

/** The repository acme/shop with policy (up to the environment `last`; with a trust root it requires provenance), rulesets and environments as an adopter has them, and no workflow that runs the gatekeeper. */
export async function makeShop({ admin, url }: Simulator, ledgerKeyPem: string, last: Environment, trustRoot: Uint8Array | null = null, deployWorkflow: string = deploy): Promise<Shop> {
  admin.createOrganization(name.owner);
  const [ada, ben] = [admin.createUser('ada'), admin.createUser('ben')];
  const { app, privateKeyPem } = admin.createApp({ slug: 'sallyport-gatekeeper', permissions: { actions: 'read', checks: 'write', contents: 'write', deployments: 'read', issues: 'write', members: 'read', metadata: 'read', pull_requests: 'read' } });
  const repository = await admin.createRepository({
    ...name,
    author: ada,
    files: { 'README.md': '# Shop\n', '.github/sallyport.yml': policyText(verifierKey(ledgerOrigin(name), ledgerKeyPem), last, trustRoot !== null), ...(trustRoot === null ? {} : { [trustRootPath]: Buffer.from(trustRoot).toString('utf8') }), '.github/workflows/ci.yml': ci, '.github/workflows/deploy.yml': deployWorkflow },
  });
  admin.setRole(repository, ada, 'admin');
  admin.setRole(repository, ben, 'write');
  const person = (user: User): Person => personOf(url, user.login, admin.createToken(user));
  const shop = { repository, app: { id: app.id, keyPem: privateKeyPem }, ada: person(ada), ben: person(ben) };
  await lock(shop.ada, app.id);
  return shop;
}

export function personOf(url: string, login: string, token: string): Person {
  return {
    login,
    async send(method, path, body) {
      const headers = { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json', 'content-type': 'application/json', 'user-agent': login };
      const answer = await fetch(`${url}${base}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${login}: ${method} ${path} was answered ${answer.status}: ${text}`);
      return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    },
  };
}

/** The rulesets and environments that an adopter makes, by an admin's hand: only the App moves the ledger and makes promotion tags. */
export async function lock(admin: Pick<Person, 'send'>, app: number): Promise<void> {
  const keeper = [{ actor_id: app, actor_type: 'Integration', bypass_mode: 'always' }];
  const rulesets = [
    { name: 'main', target: 'branch', include: 'refs/heads/main', bypass_actors: [], rules: [{ type: 'deletion' }, { type: 'non_fast_forward' }, { type: 'required_status_checks', parameters: { strict_required_status_checks_policy: true, required_status_checks: [{ context: 'sallyport/merge', integration_id: app }] } }] },
    { name: 'promotion tags: made', target: 'tag', include: 'refs/tags/promote/**', bypass_actors: keeper, rules: [{ type: 'creation' }] },
    { name: 'promotion tags: kept', target: 'tag', include: 'refs/tags/promote/**', bypass_actors: [], rules: [{ type: 'update' }, { type: 'deletion' }] },
    { name: 'ledger: written', target: 'branch', include: 'refs/heads/sallyport-ledger', bypass_actors: keeper, rules: [{ type: 'creation' }, { type: 'update' }] },
    { name: 'ledger: kept', target: 'branch', include: 'refs/heads/sallyport-ledger', bypass_actors: [], rules: [{ type: 'deletion' }, { type: 'non_fast_forward' }] },
  ];
  for (const { include, ...ruleset } of rulesets) await admin.send('POST', '/rulesets', { ...ruleset, enforcement: 'active', conditions: { ref_name: { include: [include], exclude: [] } } });
  for (const environment of ['staging', 'production']) {
    await admin.send('PUT', `/environments/${environment}`, { deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } });
    await admin.send('POST', `/environments/${environment}/deployment-branch-policies`, { name: `promote/${environment}/*`, type: 'tag' });
  }
}

/** A pull request of ada with one commit; ben approves it once its tests have run. Gives its number. `topic` names branch and file. */
export async function proposeChange({ ada, ben, repository }: Shop, simulator: Simulator, topic = 'name-the-shop'): Promise<number> {
  const main = await shaOf(ada, '/git/ref/heads/main', 'object');
  const tree = await ada.send('POST', '/git/trees', { base_tree: main, tree: [{ path: `${topic}.md`, mode: '100644', type: 'blob', content: `# ${topic}\n` }] });
  const commit = await ada.send('POST', '/git/commits', { message: topic, tree: tree['sha'], parents: [main] });
  await ada.send('POST', '/git/refs', { ref: `refs/heads/${topic}`, sha: commit['sha'] });
  await ada.send('POST', '/pulls', { title: topic, head: topic, base: repository.defaultBranch, body: '' });
  await simulator.idle();
  // GitHub tells whole seconds: an approval in the second of the push does not count.
  simulator.clock.advance(60_000);
  const number = [...repository.pulls.keys()].at(-1) ?? 0;
  await ben.send('POST', `/pulls/${number}/reviews`, { event: 'APPROVE', body: '' });
  return number;
}

async function shaOf(person: Person, path: string, part: string): Promise<string> {
  const answer = await person.send('GET', path);
  return String((answer[part] as { readonly sha: string }).sha);
}

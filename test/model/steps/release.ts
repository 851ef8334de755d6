import { readPolicy, registerBuild } from '@sallyport/pipeline';
import type { RawEntry } from '../record.ts';
import { must } from '../shop.ts';
import type { Name } from '../shop.ts';
import { run, saw } from '../world.ts';
import type { Hands, RunOptions, World } from '../world.ts';
import { askedBuild } from './forms.ts';
import { choose, pick, short } from './step.ts';
import type { Step } from './step.ts';

type Registered = { readonly digest: string; readonly commit: string; readonly version: string };

export const buildsIn = (entries: readonly RawEntry[]): readonly Registered[] => entries.filter(({ body }) => body.type === 'build-registered').map(({ body }) => ({ digest: String(body['digest']), commit: String(body['commit']), version: String(body['version']) }));

const registering = (version: string, commit: string) => async ({ outside, openLedger }: Hands): Promise<string> => {
  const reading = await readPolicy(outside.policy);
  if (reading.state !== 'valid') return reading.state;
  const files = [{ name: 'shop.txt', bytes: Buffer.from(`shop ${version}\n`) }];
  const { state } = await registerBuild(outside, openLedger(reading.current), { version, commit, workflow: '.github/workflows/build.yml', runId: 1, files }, 'none');
  return state;
};

export async function register(world: World, commit: string, version: string, options: RunOptions = {}): Promise<string> {
  const { how, said } = await run(world, registering(version, commit), options);
  world.unswept = true;
  return `${version} of ${short(commit)} is registered: ${how} ${said}`;
}

export const nextVersion = (world: World): string => {
  world.counter += 1;
  return `1.0.0-rc.${world.counter}`;
};

/** Of any commit that somebody could build, on main or not; now and then older by its version. */
export const registerAny: Step = (world, { n, m }) => {
  const heads = [...world.truth.pulls.values()].map(({ pushes }) => pushes.at(-1)?.sha ?? '');
  const commit = pick([...world.truth.main.map(({ sha }) => sha), ...heads].reverse(), n);
  const version = m % 4 === 3 ? `0.${world.counter}.9` : nextVersion(world);
  return commit === undefined ? null : register(world, commit, version, m % 3 === 0 ? { trouble: { kind: 'dies', write: 1 + (n % 4), moment: 'after' } } : {});
};

const openIssues = ({ shop }: World, label: string) => [...shop.repository.issues.values()].filter(({ state, labels }) => state === 'open' && labels.has(label));

export const hold: Step = async (world, { n }) => {
  const by = choose(['rika', 'ben'], n);
  const { body } = await must(world.shop.send(by, 'POST', '/issues', { title: 'The shop is shut', body: '', labels: ['sallyport-hold'] }));
  world.unswept = true;
  saw(world, 'hold');
  return `${by} holds everything with #${String(body['number'])}`;
};

export const resume: Step = async (world, { n }) => {
  const issue = pick(openIssues(world, 'sallyport-hold'), n);
  if (issue === undefined) return null;
  await must(world.shop.send('rika', 'PATCH', `/issues/${issue.number}`, { state: 'closed' }));
  world.unswept = true;
  return `rika closes the hold #${issue.number}`;
};

/** Whoever may write gives commands on the release issue; some of them may not be obeyed. */
export const command: Step = async (world, { n, m }) => {
  const issue = [...world.shop.repository.issues.values()].findLast(({ labels }) => labels.has('sallyport-release'));
  if (issue === undefined) return null;
  const by = choose(['rika', 'ben', 'mallory', 'root'], n);
  const text = choose(['/hold production the shop is shut', '/resume production', '/resume production', '/schedule production next', '/unschedule production', '/hold staging wait', '/resume staging', '/status', '/hodl'], m);
  const { body } = await must(world.shop.send(by, 'POST', `/issues/${issue.number}/comments`, { body: text }));
  if (m % 11 === 10) {
    world.shop.simulator.clock.advance(60_000);
    await must(world.shop.send('mallory', 'PATCH', `/issues/comments/${String(body['id'])}`, { body: `${text} please` }));
  }
  world.unswept = true;
  saw(world, 'command');
  return `${by} says ${text} in #${issue.number}${m % 11 === 10 ? ', and mallory edits it' : ''}`;
};

/** Mostly for what staging runs, which is what an override can bring anywhere. */
export const requestOverride: Step = async (world, { n, m }, record) => {
  const builds = buildsIn(record.entries).toReversed();
  const inStaging = builds.find(({ digest }) => digest === world.truth.environments.staging.build);
  const build = m % 4 === 3 ? pick(builds, n) : (inStaging ?? builds[0]);
  if (build === undefined) return null;
  const by = choose(['rika', 'lea', 'ann', 'mallory'], n);
  const block = ['```sallyport-override', `build: ${build.digest}`, 'environment: production', 'reason: it is being exploited', 'advisory: CVE-2026-1234', '```', ''].join('\n');
  const { body } = await must(world.shop.send(by, 'POST', '/issues', { title: `Override for ${build.version}`, body: block, labels: ['sallyport-override'] }));
  world.unswept = true;
  saw(world, 'override requested');
  return `${by} requests an override for ${build.version} (#${String(body['number'])})`;
};

export const approveOverride: Step = async (world, { n, m }, record) => {
  const issue = openIssues(world, 'sallyport-override').toReversed()[0];
  if (issue === undefined) return null;
  world.shop.simulator.clock.advance(60_000);
  const by: Name = choose(['lea', 'leo', 'mallory', 'ben', 'lea', 'rika'], n);
  const other = pick(buildsIn(record.entries), n)?.digest ?? '';
  const build = m % 5 === 4 ? other : askedBuild(world, issue);
  const environment = m % 7 === 6 ? 'staging' : 'production';
  await must(world.shop.send(by, 'POST', `/issues/${issue.number}/comments`, { body: `/approve ${environment} ${build.slice(0, 'sha256:'.length + 16)}` }));
  world.unswept = true;
  return `${by} approves ${short(build)} for ${environment} in #${issue.number}`;
};

/** Anyone who may write can change what somebody else wrote. */
export const editComment: Step = async (world, { n, m }) => {
  const issue = pick([...openIssues(world, 'sallyport-override'), ...openIssues(world, 'sallyport-rollback')].toReversed(), n);
  const written = issue === undefined ? undefined : pick(issue.comments, m);
  const wanted = issue?.labels.has('sallyport-override') === true ? `/approve production ${askedBuild(world, issue).slice(0, 'sha256:'.length + 16)}` : written?.body;
  if (issue === undefined) return null;
  world.shop.simulator.clock.advance(60_000);
  world.unswept = true;
  if (written !== undefined) {
    await must(world.shop.send('mallory', 'PATCH', `/issues/comments/${written.id}`, { body: wanted ?? '' }));
    return `mallory edits the comment of ${written.user.login} in #${issue.number}`;
  }
  await must(world.shop.send('lea', 'POST', `/issues/${issue.number}/comments`, { body: 'Looks urgent.' }));
  return `lea remarks on #${issue.number}`;
};

export const changeTeam: Step = (world, { n }) => {
  const { shop } = world;
  const team = shop.simulator.world.teams.get('acme/security-leads');
  const person = choose([shop.people.lea, shop.people.leo], n);
  if (team === undefined) return null;
  const isIn = team.members.has(person.id);
  if (isIn) team.members.delete(person.id);
  else team.members.set(person.id, 'active');
  world.unswept = true;
  return `${person.login} ${isIn ? 'leaves' : 'joins'} the security leads`;
};

export const askForRollback: Step = async (world, { n, m }, record) => {
  // Mostly to a build that it left; now and then to what it runs, or to one that was never there.
  const { ran: healthy, build: running } = world.truth.environments.production;
  const left = [...healthy].filter((digest) => digest !== running);
  const ran = left.length > 0 ? left : [...healthy];
  const build = m % 3 === 0 ? pick(buildsIn(record.entries), n)?.digest : pick(ran, n);
  if (build === undefined) return null;
  const by = choose(['rika', 'root', 'ben', 'mallory'], m);
  const open = openIssues(world, 'sallyport-rollback')[0]?.number ?? Number((await must(world.shop.send(by, 'POST', '/issues', { title: 'Checkout fails', body: '', labels: ['sallyport-rollback'] }))).body['number']);
  await must(world.shop.send(by, 'POST', `/issues/${open}/comments`, { body: `/rollback production ${build.slice(0, 'sha256:'.length + 16)} checkout fails` }));
  world.unswept = true;
  saw(world, 'rollback asked for');
  return `${by} asks in #${open} for production to return to ${short(build)}`;
};

export const closeReview: Step = async (world, { n }) => {
  const issue = pick(openIssues(world, 'sallyport-review'), n);
  if (issue === undefined) return null;
  await must(world.shop.send('lea', 'PATCH', `/issues/${issue.number}`, { state: 'closed' }));
  world.unswept = true;
  return `lea looks back and closes #${issue.number}`;
};


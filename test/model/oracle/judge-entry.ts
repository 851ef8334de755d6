import { headOf, objectionTo } from '../truth.ts';
import { readings } from '../steps/keeper.ts';
import type { RawEntry } from '../record.ts';
import { saw } from '../world.ts';
import type { World } from '../world.ts';
import { judgeGrant, judgePromotion } from './judge-promotion.ts';
import { hold } from './law-broken.ts';
import { judgeForm, judgeRequest } from './judge-request.ts';
import { grantOf, intentOf } from './past.ts';
import type { Past } from './past.ts';

/** Looks at one new entry of the ledger, with everything before it looked at already. */
export function judgeEntry(world: World, past: Past, entry: RawEntry): void {
  hold('L7', !past.keys.has(entry.key), () => `entry ${entry.index} has the key ${entry.key} of an earlier one`);
  past.keys.add(entry.key);
  judgeFog(world, entry);
  saw(world, `entry ${entry.body.type}`);
  switch (entry.body.type) {
    case 'policy-adopted':
      past.policies.set(String(entry.body['digest']), String(entry.body['text']));
      return;
    case 'decision-made':
      return judgeDecision(world, past, entry);
    case 'build-registered':
      return judgeBuild(past, entry);
    case 'promotion-intended':
      return judgeIntent(world, past, entry);
    case 'promotion-ended':
      return judgeEnd(world, past, entry);
    case 'override-granted': {
      const grant = grantOf(entry);
      hold('L4', !past.grants.has(grant.id), () => `override ${grant.id} was granted twice`);
      past.grants.set(grant.id, grant);
      return judgeGrant(world, past, grant);
    }
    case 'review-opened':
      hold('L7', !past.reviews.has(String(entry.body['override'])), () => `two reviews of override ${String(entry.body['override'])} were opened`);
      past.reviews.add(String(entry.body['override']));
      return;
    case 'command-handled':
      return judgeCommand(world, past, entry);
    case 'release-published':
      return judgeRelease(world, past, entry);
    case 'form-handled':
      return judgeForm(world, past, entry);
    case 'override-requested':
      return judgeRequest(past, entry);
    case 'release-opened':
    case 'window-missed':
    case 'drift-found':
    case 'notice-given':
      return;
    default:
      hold('L9', false, () => `entry ${entry.index} is of a type that nobody knows: ${entry.body.type}`);
  }
}

const isLate = ({ lastRun }: World): boolean => lastRun?.lateWrite === true;

function judgeDecision(world: World, past: Past, entry: RawEntry): void {
  const decision = entry.body['decision'] as { readonly inputs: { readonly policy: string } };
  const facts = entry.body['facts'] as { readonly pullRequest?: { readonly number: number; readonly head: { readonly sha: string } } };
  const text = past.policies.get(decision.inputs.policy);
  hold('L6', text !== undefined, () => `entry ${entry.index} was decided by a policy that is not recorded`);
  hold('L6', isLate(world) || text === world.shop.policy(world.truth.policy), () => `entry ${entry.index} was decided by another policy than main's`);
  if (entry.body['gate'] !== 'merge') return;
  const { number = 0, head: { sha } = { sha: '' } } = facts.pullRequest ?? {};
  past.merges.set(`${number} ${sha}`, String(entry.body['outcome']));
  if (entry.body['outcome'] !== 'allow' || isLate(world)) return;
  const pull = world.truth.pulls.get(number);
  hold('L1', pull !== undefined && headOf(pull) === sha, () => `#${number} was let in at ${sha.slice(0, 12)}, which is not its head`);
  const objection = objectionTo(pull);
  hold('L1', objection === null, () => `#${number} was let in although ${String(objection)}`);
}

function judgeBuild(past: Past, entry: RawEntry): void {
  const build = { index: entry.index, digest: String(entry.body['digest']), version: String(entry.body['version']), commit: String(entry.body['commit']) };
  for (const { digest, version } of past.builds.values()) hold('L7', digest !== build.digest && version !== build.version, () => `${build.version} was registered twice`);
  past.builds.set(build.digest, build);
}

function judgeIntent(world: World, past: Past, entry: RawEntry): void {
  const intent = intentOf(entry);
  const { environment, number, build } = intent;
  const what = `promotion ${number} to ${environment} was intended`;
  const earlier = past.intents.filter((one) => one.environment === environment);
  for (const one of earlier) {
    hold('L7', one.number < number, () => `${what} after number ${one.number}`);
    hold('L7', past.ends.has(`${environment}/${one.number}`), () => `${what} while number ${one.number} has not ended`);
  }
  const built = past.builds.get(build);
  hold('L2', built?.commit === intent.commit, () => `${what} for a build that is not registered at that commit`);
  hold('L7', intent.tag === `promote/${environment}/${number}`, () => `${what} under the name ${intent.tag}`);
  for (const one of past.intents) {
    hold('L4', intent.override === null || one.override !== intent.override, () => `${what} under override ${String(intent.override)}, which promotion ${one.number} has used`);
    hold('L4', intent.rollback === null || one.rollback?.id !== intent.rollback.id || past.ends.get(`${one.environment}/${one.number}`) === 'not-started', () => `${what} by a rollback that promotion ${one.number} has carried out`);
  }
  if (!isLate(world)) judgePromotion(world, past, intent, what);
  past.intents.push(intent);
  saw(world, intent.override !== null ? 'promotion under an override' : intent.rollback !== null ? 'rollback' : `promotion to ${environment}`);
}

function judgeEnd(world: World, past: Past, entry: RawEntry): void {
  const name = `${String(entry.body['environment'])}/${String(entry.body['number'])}`;
  const outcome = String(entry.body['outcome']);
  hold('L7', !past.ends.has(name), () => `promotion ${name} ended twice`);
  const intent = past.intents.find(({ environment, number }) => `${environment}/${number}` === name);
  hold('L7', intent !== undefined, () => `promotion ${name} ended and was never intended`);
  past.ends.set(name, outcome);
  const deploy = world.truth.deploys.find(({ tag }) => tag === `promote/${name}`);
  // Without a deploy the tag was never made, or its run was not seen in time.
  const came = deploy === undefined ? (outcome === 'not-started' ? outcome : 'abandoned') : deploy.state === 'refused' ? 'failed' : deploy.state;
  // An ended promotion whose deploy is run again is refused, which changes nothing of how it ended.
  if (!isLate(world)) hold('L7', came === outcome, () => `promotion ${name} is recorded as ${outcome}, and it is ${came}`);
  saw(world, `promotion ${outcome}`);
  if (intent.rollback !== null && outcome === 'succeeded') saw(world, 'rollback carried out');
}

/** One version, one release: of a build that came through to production, at its commit. */
function judgeRelease({ shop }: World, past: Past, { index, body }: RawEntry): void {
  const name = `${String(body['environment'])}/${String(body['number'])}`;
  const built = past.builds.get(String(body['build']));
  hold('L2', past.ends.get(name) === 'succeeded' && past.intents.some((one) => `${one.environment}/${one.number}` === name && one.build === built?.digest), () => `entry ${index} publishes what promotion ${name} did not bring there`);
  hold('L2', built?.version.split('-')[0] === body['version'] && body['tag'] === `v${String(body['version'])}`, () => `entry ${index} publishes ${String(built?.version)} as ${String(body['tag'])}`);
  const releases = shop.repository.releases.filter(({ tagName, draft }) => tagName === body['tag'] && !draft);
  hold('L7', releases.length === 1 && releases[0]?.targetCommitish === built?.commit, () => `entry ${index} says ${String(body['tag'])} is published, and GitHub shows ${releases.length} of another commit`);
}

/** What is obeyed was written so, by that person, and stands as it was written; from here on it is in force. */
function judgeCommand({ shop, ...world }: World, past: Past, { index, body }: RawEntry): void {
  if (body['outcome'] !== 'accepted') return;
  const person = body['person'] as { readonly id: number; readonly login: string };
  const command = body['command'] as { readonly name: string; readonly environment?: string; readonly build?: string };
  const written = [...shop.repository.issues.values()].flatMap(({ comments }) => comments).find(({ id }) => id === body['comment']);
  const role = shop.repository.collaborators.get(person.id);
  if (!isLate({ shop, ...world })) {
    hold('L5', written?.user.id === person.id && written.createdAt === written.updatedAt, () => `entry ${index} obeys ${person.login}, who never wrote so in a comment that stands as it was written`);
    hold('L5', role !== undefined && role !== 'read' && role !== 'triage', () => `entry ${index} obeys ${person.login}, who may not write`);
  }
  if (command.name === 'override') past.commands.set(Number(body['comment']), { by: person.login, environment: String(command.environment), build: String(command.build), waives: null, holdsMilliseconds: null });
  if (command.name === 'hold') past.holds.set(`${String(command.environment)} ${person.id}`, person.login);
  if (command.name !== 'resume') return;
  const everybody = role === 'maintain' || role === 'admin';
  for (const key of past.holds.keys()) if (key === `${String(command.environment)} ${person.id}` || (everybody && key.startsWith(`${String(command.environment)} `))) past.holds.delete(key);
}

/** What may not be recorded by a run that could not read it, or could not trust its clock. */
const needs: Readonly<Record<keyof typeof readings, (entry: RawEntry) => boolean>> = {
  'the policy': () => true,
  holds: ({ body }) => body.type === 'promotion-intended' || body.type === 'override-granted',
  tags: ({ body }) => body.type === 'promotion-intended',
  ledger: () => true,
  'how commits landed': ({ body }) => body.type === 'promotion-intended',
  'what lies between': () => false,
  teams: ({ body }) => body.type === 'override-granted',
  comments: ({ body }) => body.type === 'override-granted' || (body.type === 'promotion-intended' && body['rollback'] !== undefined),
  deploys: ({ body }) => body.type === 'promotion-ended' && body['outcome'] !== 'abandoned',
  roles: ({ body }) => body.type === 'form-handled' || (body.type === 'promotion-intended' && body['rollback'] !== undefined),
  repository: () => true,
  'what was edited': ({ body }) => body.type === 'form-handled',
};

function judgeFog({ lastRun }: World, entry: RawEntry): void {
  if (lastRun === null) return;
  const { trouble, struck, clockErrorMilliseconds } = lastRun;
  hold('L5', clockErrorMilliseconds === 0, () => `entry ${entry.index} (${entry.body.type}) was recorded by a machine whose clock is hours off`);
  if (trouble.kind !== 'reads-fail' || !struck) return;
  for (const [reading, path] of Object.entries(readings)) {
    const needed = needs[reading as keyof typeof readings](entry);
    hold('L5', path.source !== trouble.path.source || !needed, () => `entry ${entry.index} (${entry.body.type}) was recorded although ${reading} could not be read`);
  }
  const allows = entry.body.type === 'decision-made' && entry.body['gate'] === 'merge' && entry.body['outcome'] === 'allow';
  hold('L5', !allows, () => `entry ${entry.index} lets a change in although ${trouble.path.source} could not be read`);
}

import { freeze, overrideLastsMilliseconds, rollbackHoldsMilliseconds, saturdays, soakMilliseconds } from '../policies.ts';
import type { Name } from '../shop.ts';
import { contributorsOf, placeOf } from '../truth.ts';
import type { Environment, PullTruth } from '../truth.ts';
import type { World } from '../world.ts';
import { hold } from './law-broken.ts';
import { judgeRequester } from './judge-request.ts';
import type { Grant, Intent, Past } from './past.ts';

/** Whether a promotion may be made, or start, at this moment, by what truly happened. `what` begins the sentence of a broken law. */
export function judgePromotion(world: World, past: Past, intent: Intent, what: string): void {
  const { shop, truth } = world;
  const now = shop.now();
  const environment = intent.environment as Environment;
  judgeCommits(world, intent, what);
  for (const issue of shop.repository.issues.values()) hold('L3', !(issue.state === 'open' && issue.labels.has('sallyport-hold')), () => `${what} although the hold #${issue.number} is open`);
  for (const [held, by] of past.holds) hold('L3', !held.startsWith(`${environment} `), () => `${what} although ${by} holds it by a command`);
  judgeVersion(world, past, intent, what);
  if (environment !== 'production') return;

  if (intent.rollback !== null) return judgeRollback(world, intent, what);
  const grant = intent.override === null ? null : judgeOverride(world, past, intent, what);
  const { staging } = truth.environments;
  hold('L2', staging.build === intent.build && staging.healthySince !== null, () => `${what}, but staging does not run that build in health`);
  const soaked = now - (staging.healthySince ?? now);
  hold('L2', grant?.waives.includes('soak') === true || soaked >= soakMilliseconds, () => `${what}, but it was healthy in staging for ${soaked / 60_000} minutes only`);
  hold('L3', !(now >= freeze.from && now < freeze.to), () => `${what} during the freeze`);
  if (grant?.waives.includes('window') === true) return;
  judgeWindow(world, what);
  if (grant !== null) return;
  for (const issue of shop.repository.issues.values()) {
    const due = issue.state === 'open' && issue.labels.has('sallyport-review') ? dueOf(issue.body) : null;
    hold('L4', due === null || due >= now, () => `${what} although the review #${issue.number} is overdue`);
  }
}

const dueOf = (body: string): number | null => {
  const said = /closed by (\S+);/.exec(body)?.[1];
  return said === undefined ? null : Date.parse(said);
};

function judgeWindow({ shop, truth }: World, what: string): void {
  // Only the Saturdays of `plain` are judged: `wide` never closes, and `daily` is there for what people are told of.
  if (truth.policy !== 'plain') return;
  const now = shop.now();
  const open = saturdays.find(({ from, to }) => now >= from && now < to);
  hold('L3', open !== undefined, () => `${what} while the window is closed`);
  const { durations } = truth.environments.production;
  const least = durations.length === 0 ? 15 * 60_000 : Math.min(...durations);
  hold('L3', open === undefined || now + least <= open.to, () => `${what} although no deploy ever ended in the time that is left of the window`);
}

/** Everything that the build brings came by the merge gate. */
function judgeCommits({ truth }: World, { environment, commit }: Intent, what: string): void {
  const place = placeOf(truth, commit);
  hold('L1', place >= 0 && truth.main[place]?.proper === true, () => `${what}, whose commit ${commit.slice(0, 12)} did not pass the merge gate`);
  const running = placeOf(truth, truth.environments[environment as Environment].commit);
  const brought = running === -1 ? [] : truth.main.slice(running + 1, place + 1);
  for (const landing of brought) hold('L1', landing.proper, () => `${what}, which brings ${landing.sha.slice(0, 12)} that did not pass the merge gate`);
}

/** Versions are 1.0.0-rc.n, or 0.n.9 for somebody's old ones. */
function judgeVersion({ truth }: World, past: Past, { environment, build, rollback }: Intent, what: string): void {
  const runs = truth.environments[environment as Environment].build;
  const [version = '', running = ''] = [build, runs ?? ''].map((digest) => past.builds.get(digest)?.version ?? '');
  hold('L2', rollback !== null || !(running.startsWith('1.') && version.startsWith('0.')), () => `${what}, which is older than ${running} and was not asked for by name`);
}

function judgeRollback({ shop, truth }: World, { build, rollback }: Intent, what: string): void {
  hold('L2', truth.environments.production.ran.has(build), () => `${what} as a rollback, but that build never was healthy there`);
  const written = [...shop.repository.issues.values()].flatMap(({ comments }) => comments).find(({ id }) => String(id) === rollback?.id);
  const role = written === undefined ? undefined : shop.repository.collaborators.get(written.user.id);
  hold('L3', written !== undefined && written.createdAt === written.updatedAt && (role === 'maintain' || role === 'admin'), () => `${what} as a rollback that nobody who may asked for as it stands`);
  hold('L3', written !== undefined && shop.now() < written.createdAt + rollbackHoldsMilliseconds, () => `${what} as a rollback that was asked for too long ago`);
}

function judgeOverride({ shop }: World, past: Past, { index, environment, build, override }: Intent, what: string): Grant {
  const grant = past.grants.get(override ?? '');
  hold('L4', grant !== undefined && grant.index < index, () => `${what} under override ${String(override)}, which was never granted`);
  hold('L4', grant.environment === environment && grant.build === build, () => `${what} under override ${grant.id}, which is for another build or environment`);
  hold('L4', shop.now() < grant.expiresAt, () => `${what} under override ${grant.id}, which has expired`);
  return grant;
}

/** Whether a grant stands on what people truly wrote. */
export function judgeGrant(world: World, past: Past, grant: Grant): void {
  const { shop, truth } = world;
  const issue = shop.repository.issues.get(Number(grant.id));
  const what = `override ${grant.id} was granted`;
  hold('L4', issue !== undefined, () => `${what}, and there is no such issue`);
  judgeRequester(world, past, grant, what);
  const contributors = contributorsTo(world, past, grant);
  let approvedAt = 0;
  for (const approver of grant.approvers) {
    hold('L4', approver !== grant.requester, () => `${what} by its requester`);
    hold('L4', !contributors.has(approver as Name), () => `${what} by ${approver}, who contributed to the build`);
    const person = shop.people[approver as Name];
    hold('L4', shop.simulator.world.teams.get('acme/security-leads')?.members.get(person.id) === 'active', () => `${what} by ${approver}, who is no security lead`);
    const word = issue.comments.findLast(({ user, body, createdAt, updatedAt }) => user.login === approver && createdAt === updatedAt && says(body, grant));
    hold('L4', word !== undefined, () => `${what} by ${approver}, who never wrote so in a comment that stands as it was written`);
    approvedAt = Math.max(approvedAt, word.createdAt);
  }
  const lasts = Math.min(overrideLastsMilliseconds, past.asked.get(grant.id)?.holdsMilliseconds ?? Infinity);
  hold('L4', grant.expiresAt <= approvedAt + lasts, () => `${what} for longer than ${lasts / 60_000} minutes`);
  hold('L4', truth.main.length > 0 && grant.approvers.length > 0, () => `${what} by nobody`);
}

function says(body: string, { environment, build }: Grant): boolean {
  const [verb, where, prefix = '', ...more] = (body.split('\n')[0] ?? '').split(' ');
  return verb === '/approve' && where === environment && more.length === 0 && /^sha256:[0-9a-f]{12,64}$/.test(prefix) && build.startsWith(prefix);
}

/** Everyone with a hand in what would be new in production. */
function contributorsTo({ truth }: World, past: Past, { build }: Grant): ReadonlySet<Name> {
  const commit = past.builds.get(build)?.commit ?? '';
  const brought = truth.main.slice(placeOf(truth, truth.environments.production.commit) + 1, placeOf(truth, commit) + 1);
  const pulls = brought.flatMap(({ pull }): readonly PullTruth[] => (pull === null ? [] : [truth.pulls.get(pull)].flatMap((one) => one ?? [])));
  return new Set(pulls.flatMap((pull) => [...contributorsOf(pull)]));
}

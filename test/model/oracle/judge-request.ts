import type { RawEntry } from '../record.ts';
import type { Shop } from '../shop.ts';
import { saw } from '../world.ts';
import type { World } from '../world.ts';
import { hold } from './law-broken.ts';
import type { Grant, Past } from './past.ts';

/** Read later than this, a form counts no more. */
const formHoldsMilliseconds = 24 * 60 * 60 * 1000;

function mayWrite({ repository, people }: Shop, login: string): boolean {
  const person = Object.values(people).find((one) => one.login === login);
  const role = person === undefined ? undefined : repository.collaborators.get(person.id);
  return role !== undefined && role !== 'read' && role !== 'triage';
}

/** A form is handled once, is that of whoever sent it, who may write, and asks for what was sent. What was changed meanwhile asks for nothing. */
export function judgeForm(world: World, past: Past, { index, at, body }: RawEntry): void {
  const { shop, truth, lastRun } = world;
  const number = Number(body['issue']);
  const person = body['person'] as { readonly id: number; readonly login: string };
  const command = body['command'] as { readonly environment?: string; readonly build?: string; readonly waives?: readonly string[]; readonly holdsSeconds?: number | null };
  const what = `entry ${index} takes #${number} for a form of ${person.login}`;
  const sent = truth.forms.get(number);
  hold('L7', !past.asked.has(String(number)), () => `${what}, which was handled before`);
  hold('L4', sent !== undefined && sent.by === person.login && shop.people[sent.by].id === person.id, () => `${what}, who did not send it`);
  hold('L4', mayWrite(shop, person.login), () => `${what}, who may not write`);
  past.asked.set(String(number), null);
  saw(world, `form ${String(body['outcome'])}`);
  if (body['outcome'] !== 'accepted') return;
  hold('L4', lastRun?.lateWrite === true || shop.repository.issues.get(number)?.bodyEditedAt === undefined, () => `${what}, and its text was changed`);
  hold('L4', sent.readable, () => `${what}, and nobody can say what it asks for`);
  hold('L4', Date.parse(at) < sent.sentAt + formHoldsMilliseconds, () => `${what}, which was sent a day ago`);
  const holdsMilliseconds = command.holdsSeconds == null ? null : command.holdsSeconds * 1000;
  const { environment = '', build = '', waives = [] } = command;
  hold('L4', environment === sent.environment && build === sent.build && holdsMilliseconds === sent.holdsMilliseconds && waives.join() === sent.waives.join(), () => `${what}, who asked for something else`);
  hold('L4', environment === 'production' && !waives.includes('freeze'), () => `${what}, who asked for what the policy does not offer`);
  past.asked.set(String(number), { by: person.login, environment, build, waives, holdsMilliseconds });
}

/** The issue of a request that a command asked for. */
export function judgeRequest(past: Past, { index, body }: RawEntry): void {
  const [issue, comment] = [String(body['issue']), Number(body['comment'])];
  const asked = past.commands.get(comment);
  hold('L4', asked !== undefined, () => `entry ${index} names #${issue} as what the comment ${comment} asked for, which asked for no override`);
  hold('L7', !past.asked.has(issue), () => `entry ${index} names #${issue} as a request for the second time`);
  past.asked.set(issue, asked);
}

/** Whoever a grant names as its requester asked for just that, and it waives no more. What stands in the issue alone has to stand there as it was sent. */
export function judgeRequester(world: World, past: Past, { id, requester, environment, build, waives }: Grant, what: string): void {
  const { shop, truth, lastRun } = world;
  const asked = past.asked.get(id);
  hold('L4', asked !== null, () => `${what} on a form that was refused`);
  if (asked === undefined) {
    const issue = shop.repository.issues.get(Number(id));
    hold('L4', issue?.author.login === requester && mayWrite(shop, requester), () => `${what} to ${requester}, who did not request it, or may not`);
    hold('L4', lastRun?.lateWrite === true || issue.bodyEditedAt === undefined, () => `${what} on a request whose text was changed`);
    return;
  }
  hold('L4', asked.by === requester && asked.environment === environment && asked.build === build, () => `${what} to ${requester} for ${build}, and ${asked.by} asked for ${asked.build}`);
  hold('L4', asked.waives === null || waives.every((kind) => asked.waives?.includes(kind)), () => `${what} and waives ${waives.join(' and ')}, and only ${String(asked.waives?.join(' and '))} was asked for`);
  if (truth.forms.has(Number(id))) saw(world, 'override granted by a form');
}

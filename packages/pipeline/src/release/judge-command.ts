import { describeInstant, localDate } from '@sallyport/calendar';
import type { Interval } from '@sallyport/calendar';
import { overrideRuleOf, zoneOf } from '@sallyport/gates';
import type { Role } from '@sallyport/gates';
import type { EnvironmentPolicy, Policy } from '@sallyport/policy';
import { buildsLike } from '../ledger-state.ts';
import type { LedgerState, RecordedCommand, RegisteredBuild } from '../ledger-state.ts';
import type { OverrideRequest, ReleaseCommand, ReleaseComment } from '../ports.ts';
import { holdsIn, maintains } from './standing-commands.ts';
import { statusText } from './status-text.ts';

/** Whoever gave a command that lay unread for longer may have meant another day. A hold counts however late it is read. */
export const commandHoldsSeconds = 24 * 3600;

/** Said of every slip: whoever mended one in a hold by editing it would otherwise think that it holds. */
const inNewComment = 'Give it in a new comment: one that was answered is not read again.';

export type CommandContext = {
  readonly policy: Policy;
  readonly state: LedgerState;
  readonly at: number;
  readonly comment: ReleaseComment;
  /** Of whoever gave it, in the repository, now. */
  readonly role: Role;
  /** Whether they belong, now, to the team that approves overrides for the environment the command names. */
  readonly lead: boolean;
  readonly openings: (environment: EnvironmentPolicy) => readonly Interval[];
  /** The override requests that are open. */
  readonly requests: readonly OverrideRequest[];
};

export type CommandVerdict = Pick<RecordedCommand, 'command' | 'outcome' | 'answer'>;

/** What becomes of a command: pure, so that it can be made again. What gates judge by themselves (approvals, rollbacks) is only taken note of. */
export function judgeCommand(context: CommandContext): CommandVerdict {
  const { comment, at, role } = context;
  const { command, edited, commentedAt } = comment;
  if (command.name === 'unreadable') return refused(`That is not understood: ${command.problem}. ${inNewComment}`);
  // A hold lets nothing go, so it counts also where nobody knows who meant it, or when (L5).
  const isHold = command.name === 'hold';
  if (!isHold && edited) return refused('The comment was changed after it was written, so nobody knows who meant what. Give the command again in a new one.');
  if (!isHold && at >= commentedAt + commandHoldsSeconds * 1000) return refused('The command was read only a day after it was written. Give it again if it is still meant.');
  if (!writes(role)) return refused(`The ${role} role gives no commands; the write role is needed.`);
  const environment = 'environment' in command ? context.policy.environments.find(({ name }) => name === command.environment) : null;
  if (environment === undefined) return refused(`There is no such environment. The policy has ${context.policy.environments.map(({ name }) => name).join(', ')}. ${inNewComment}`);
  return environment === null ? accepted({ name: 'status' }, statusText(context)) : judge(context, command, environment);
}

/** Roles that give commands and ask for overrides. */
export const writes = (role: Role): boolean => role === 'write' || maintains(role);

const refused = (answer: string): CommandVerdict => ({ command: { name: 'refused' }, outcome: 'refused', answer });
const accepted = (command: RecordedCommand['command'], answer: string): CommandVerdict => ({ command, outcome: 'accepted', answer });

type Named = Exclude<ReleaseCommand, { readonly name: 'unreadable' | 'status' }>;

function judge(context: CommandContext, command: ReleaseCommand, environment: EnvironmentPolicy): CommandVerdict {
  const { comment } = context;
  switch (command.name) {
    case 'hold':
      return accepted(command, `${environment.name} is on hold: ${command.reason}. Nothing is promoted there until /resume ${environment.name}.${comment.edited ? ` The comment was changed after it was written, perhaps by somebody else than ${comment.person.login}.` : ''}`);
    case 'resume':
      return resume(context, environment);
    case 'schedule':
      return schedule(context, command, environment);
    case 'unschedule':
      return maintains(context.role) ? accepted(command, `No opening is named for ${environment.name} any more.`) : refused(needsMaintain(context));
    case 'override':
      return override(context, command, environment);
    case 'approve':
      return approve(context, command);
    case 'deny':
      return deny(context, command, environment);
    case 'rollback':
      return maintains(context.role) ? accepted({ name: 'rollback' }, 'The gatekeeper takes it up now. It goes unless a hold or a promotion under way stops it; the request holds for four hours.') : refused(needsMaintain(context));
    case 'status':
    case 'unreadable':
      return refused('That is not understood.');
    default:
      return command satisfies never;
  }
}

const needsMaintain = ({ role }: CommandContext): string => `The ${role} role is not enough for that; the maintain or admin role is needed.`;

/** Whoever holds may end it; what others hold, only a maintainer. */
function resume({ state, comment, role }: CommandContext, { name }: EnvironmentPolicy): CommandVerdict {
  const holds = holdsIn(state, name);
  const own = holds.some(({ owner }) => owner.id === comment.person.id);
  if (holds.length === 0) return refused(`No command holds ${name}. Issues that are labelled sallyport-hold hold it until they are closed.`);
  if (!own && !maintains(role)) return refused(`${holds.map(({ owner }) => owner.login).join(', ')} holds ${name}; the ${role} role cannot end what somebody else began.`);
  const left = maintains(role) ? [] : holds.filter(({ owner }) => owner.id !== comment.person.id);
  return accepted({ name: 'resume', environment: name }, left.length === 0 ? `${name} goes on.` : `Your hold on ${name} is ended; ${left.map(({ owner }) => owner.login).join(', ')} still holds it.`);
}

function schedule(context: CommandContext, { on, digestPrefix }: Extract<Named, { name: 'schedule' }>, environment: EnvironmentPolicy): CommandVerdict {
  if (!maintains(context.role)) return refused(needsMaintain(context));
  if (environment.window === null) return refused(`${environment.name} has no window, so there is no opening to name.`);
  const zone = zoneOf(context.policy, environment);
  const openings = context.openings(environment);
  const opening = on === 'next' ? openings[0] : openings.find(({ from }) => localDate(zone, from) === on);
  const say = ({ from, to }: Interval): string => `${describeInstant(from, zone)} to ${describeInstant(to, zone)}`;
  if (opening === undefined) return refused(`Window ${environment.window} has no opening ${on === 'next' ? 'in sight' : `on ${on}`}.${openings.length === 0 ? '' : ` The next ones begin ${openings.slice(0, 3).map(({ from }) => localDate(zone, from)).join(', ')}.`}`);
  const build = digestPrefix === null ? null : findBuild(context.state, digestPrefix);
  if (typeof build === 'string') return refused(build);
  const command = { name: 'schedule', environment: environment.name, from: new Date(opening.from).toISOString(), to: new Date(opening.to).toISOString(), build: build?.digest ?? null } as const;
  return accepted(command, `${build === null ? 'What is ready then' : build.version} goes to ${environment.name} in the opening ${say(opening)}, if everything else is fulfilled.`);
}

function override(context: CommandContext, { digestPrefix, advisory, reason }: Extract<Named, { name: 'override' }>, environment: EnvironmentPolicy): CommandVerdict {
  if (environment.override === null) return refused(`The policy offers no override for ${environment.name}.`);
  const build = findBuild(context.state, digestPrefix);
  if (typeof build === 'string') return refused(build);
  return accepted({ name: 'override', environment: environment.name, build: build.digest, advisory, reason }, `An override for ${build.version} is requested; its own issue, which shows what would run, is opened now.`);
}

/** Approvals are counted by the override gate, from this very comment. */
function approve({ requests, policy }: CommandContext, { environment, digestPrefix }: Extract<Named, { name: 'approve' }>): CommandVerdict {
  const meant = requests.filter((request) => request.environment === environment && request.build.startsWith(digestPrefix));
  if (meant.length === 0) return refused(`No open request asks for an override of ${digestPrefix} for ${environment}.`);
  const team = overrideRuleOf(policy, { environment })?.approvers.team ?? 'the approving team';
  return accepted({ name: 'approve' }, `It is counted for ${numbers(meant)} if you belong to ${team}, did not ask for it and had no part in the change.`);
}

function deny({ requests, role, lead }: CommandContext, { environment, digestPrefix, reason }: Extract<Named, { name: 'deny' }>, policy: EnvironmentPolicy): CommandVerdict {
  if (!lead && !maintains(role)) return refused(`Only somebody who could approve an override for ${policy.name}, or has the maintain role, denies one.`);
  const meant = requests.filter((request) => request.environment === environment && request.build.startsWith(digestPrefix));
  const [first] = meant;
  if (first === undefined || meant.some(({ build }) => build !== first.build)) return refused(first === undefined ? `No open request asks for an override of ${digestPrefix} for ${environment}.` : `${digestPrefix} is the beginning of several requested builds. Give more of the digest.`);
  return accepted({ name: 'deny', environment, build: first.build, reason, requests: meant.map(({ id }) => id) }, `${numbers(meant)} is denied and cannot be approved any more. Whoever needs it asks anew.`);
}

const numbers = (requests: readonly OverrideRequest[]): string => requests.map(({ id }) => `#${id}`).join(', ');

/** A string says what is wrong with the prefix. */
function findBuild(state: LedgerState, prefix: string): RegisteredBuild | string {
  const [build, ...others] = buildsLike(state, prefix);
  if (build === undefined) return `${prefix} is the beginning of no registered build.`;
  return others.length === 0 ? build : `${prefix} is the beginning of ${others.length + 1} builds. Give more of the digest.`;
}

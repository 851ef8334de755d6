import type { ReleaseFacts } from '@sallyport/gates';
import type { LedgerState, RecordedCommand } from '../ledger-state.ts';

type Hold = ReleaseFacts['holds']['items'][number];
type Schedule = NonNullable<ReleaseFacts['schedule']>;
type NameOf = RecordedCommand['command']['name'];
type Accepted<Name extends NameOf> = RecordedCommand & { readonly command: Extract<RecordedCommand['command'], { readonly name: Name }> };

/** Roles that may end what somebody else began. */
export const maintains = (role: string): boolean => role === 'maintain' || role === 'admin';

/** The holds by command that stand in an environment, oldest first: one for each person. */
export function holdsIn(state: LedgerState, environment: string): readonly Hold[] {
  let holds: readonly Hold[] = [];
  for (const given of accepted(state, ['hold', 'resume'], environment)) {
    const { person, role, command, issue, comment, commentedAt } = given;
    const others = holds.filter(({ owner }) => owner.id !== person.id);
    if (command.name === 'hold') holds = [...others, { issue, owner: person, reason: command.reason, since: Date.parse(commentedAt), comment }];
    else holds = maintains(role) ? [] : others;
  }
  return holds;
}

/** The opening that was named last for an environment; null when none is, or it was taken back. */
export function scheduleIn(state: LedgerState, environment: string): Schedule | null {
  const given = accepted(state, ['schedule', 'unschedule'], environment).at(-1);
  if (given?.command.name !== 'schedule') return null;
  const { from, to, build } = given.command;
  return { id: String(given.comment), from: Date.parse(from), to: Date.parse(to), build, by: given.person, scheduledAt: Date.parse(given.commentedAt) };
}

/** The overrides that a lead has denied, by the ids of their requests. */
export const deniedRequests = (state: LedgerState): ReadonlySet<string> => new Set([...state.commands.values()].flatMap(({ command, outcome }) => (outcome === 'accepted' && command.name === 'deny' ? command.requests : [])));

function accepted<Name extends 'hold' | 'resume' | 'schedule' | 'unschedule'>(state: LedgerState, names: readonly Name[], environment: string): readonly Accepted<Name>[] {
  const isAsked = (given: RecordedCommand): given is Accepted<Name> => given.outcome === 'accepted' && (names as readonly NameOf[]).includes(given.command.name) && 'environment' in given.command && given.command.environment === environment;
  return [...state.commands.values()].filter(isAsked);
}

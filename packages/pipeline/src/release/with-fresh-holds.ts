import type { Policy } from '@sallyport/policy';
import type { LedgerState, RecordedCommand } from '../ledger-state.ts';
import type { Desk, ReleaseComment } from '../ports.ts';
import { commandsAtOnce, freshCommands, readReleases } from './fresh-commands.ts';
import { judgeCommand, writes } from './judge-command.ts';

type Sources = { readonly desk: Pick<Desk, 'readRelease' | 'readRole'>; readonly policy: Policy; readonly state: LedgerState; readonly environment: string; /** Now, in epoch milliseconds. */ readonly at: number };

/** `unread`: why it is not known whether somebody holds; null when it is. */
export type HeldNow = { readonly state: LedgerState; readonly unread: string | null };

/**
 * The record as it will be once the gatekeeper has handled the commands that hold `environment` or end a hold, judged as it judges
 * them. A hold counts from the moment it is written, for a deploy that starts before the gatekeeper has read it.
 */
export async function withFreshHolds({ desk, policy, state, environment, at }: Sources): Promise<HeldNow> {
  const { issues, missing } = await readReleases(desk, policy, state);
  const gone = [...issues.values()].includes(null) ? 'a release issue that the ledger names cannot be seen; it was deleted, or the token may not read issues' : null;
  const fresh = freshCommands(issues, state).filter(({ comment: { command } }) => command.name === 'unreadable' || ((command.name === 'hold' || command.name === 'resume') && command.environment === environment));
  const unread = [missing, gone, fresh.length > commandsAtOnce ? `more than ${commandsAtOnce} commands wait to be handled` : null];
  const commands = new Map(state.commands);
  for (const { issue, comment } of fresh.slice(0, commandsAtOnce)) {
    const judged = await judge({ desk, policy, state: { ...state, commands }, at }, issue, comment);
    if (typeof judged === 'string') unread.push(judged);
    else if (judged !== null) commands.set(comment.id, judged);
  }
  return { state: { ...state, commands }, unread: unread.find((why) => why !== null) ?? null };
}

/** A string says why nobody knows what becomes of it; null: nothing does. */
async function judge({ desk, policy, state, at }: Omit<Sources, 'environment'>, issue: number, comment: ReleaseComment): Promise<RecordedCommand | string | null> {
  const { person, command, id, commentedAt } = comment;
  const role = await desk.readRole(person);
  if ('unknown' in role) return `the command of ${person.login} on #${issue} cannot be judged: ${role.unknown}`;
  if (command.name === 'unreadable') return writes(role.known) ? `${person.login} wrote a command on #${issue} that is not understood and not answered yet; it may be meant to hold` : null;
  const verdict = judgeCommand({ policy, state, at, comment, role: role.known, lead: false, openings: () => [], requests: [] });
  return { type: 'command-handled', comment: id, issue, person, role: role.known, commentedAt: new Date(commentedAt).toISOString(), ...verdict, index: state.size };
}

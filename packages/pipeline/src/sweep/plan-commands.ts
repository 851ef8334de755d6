import { known, overrideRuleOf } from '@sallyport/gates';
import type { Fact } from '@sallyport/gates';
import type { LedgerState, RecordedCommand } from '../ledger-state.ts';
import type { OverrideRequest, ReleaseComment } from '../ports.ts';
import { openingsFrom } from '../release/find-openings.ts';
import { commandsAtOnce, freshCommands, readReleases } from '../release/fresh-commands.ts';
import type { ReleaseIssues } from '../release/fresh-commands.ts';
import { judgeCommand } from '../release/judge-command.ts';
import { openRequests } from '../release/open-requests.ts';
import type { Draft } from './draft.ts';
import type { View } from './view.ts';

export type Commands = {
  readonly issues: ReleaseIssues;
  /** How many were handled now: what they ask for is in force once it is recorded. */
  readonly handled: number;
  /** Why some command may be unread; null when none is. Then nobody knows whether something is on hold (L5). */
  readonly missing: string | null;
};

/** Handles every command on the release issues that was not handled before, in the order they were given. */
export async function planCommands(view: View, draft: Draft): Promise<Commands> {
  const read = await readReleases(view.outside.desk, view.policy.sealed.value, view.state);
  const { issues } = read;
  const fresh = freshCommands(issues, view.state);
  const missing = read.missing === null ? [] : [read.missing];
  if (fresh.length === 0) return { issues, handled: 0, missing: missing[0] ?? null };

  const requests = (await openRequests(view.outside.desk, view.state)).requests;
  const calendars = await view.calendars();
  const commands = new Map(view.state.commands);
  for (const { issue, comment } of fresh.slice(0, commandsAtOnce)) {
    // One that ends a hold may stand right below it.
    const made = await handle({ view, state: { ...view.state, commands }, requests, calendars }, issue, comment);
    if ('why' in made) {
      missing.push(made.why);
      draft.note({ code: 'command-unjudged', message: `${made.why.charAt(0).toUpperCase()}${made.why.slice(1)}. It is looked at again at the next sweep.` });
      continue;
    }
    draft.record({ key: `command:${comment.id}`, body: made });
    commands.set(comment.id, { ...made, index: view.state.size });
  }
  return { issues, handled: commands.size - view.state.commands.size, missing: missing[0] ?? null };
}

type Sources = { readonly view: View; readonly state: LedgerState; readonly requests: readonly OverrideRequest[]; readonly calendars: Awaited<ReturnType<View['calendars']>> };

/** What is recorded of it, or why it cannot be judged yet. */
async function handle({ view, state, requests, calendars }: Sources, issue: number, comment: ReleaseComment): Promise<Omit<RecordedCommand, 'index'> | { readonly why: string }> {
  const { desk } = view.outside;
  const policy = view.policy.sealed.value;
  const [role, lead] = await Promise.all([desk.readRole(comment.person), isLead(view, comment)]);
  const unjudged = ({ unknown }: { readonly unknown: string }) => ({ why: `the command of ${comment.person.login} on #${issue} cannot be judged: ${unknown}` });
  if ('unknown' in role) return unjudged(role);
  if ('unknown' in lead) return unjudged(lead);
  const openings = (environment: (typeof policy.environments)[number]) => openingsFrom({ policy, calendars, environment }, view.at);
  const verdict = judgeCommand({ policy, state, at: view.at, comment, role: role.known, lead: lead.known, openings, requests });
  return { type: 'command-handled', comment: comment.id, issue, person: comment.person, role: role.known, commentedAt: new Date(comment.commentedAt).toISOString(), ...verdict };
}

/** Only a denial asks for it: every other command goes by the role, or is judged by a gate. */
async function isLead({ policy, outside }: View, { command, person }: ReleaseComment): Promise<Fact<boolean>> {
  const team = command.name === 'deny' ? (overrideRuleOf(policy.sealed.value, command)?.approvers.team ?? null) : null;
  if (team === null) return known(false);
  const membership = await outside.desk.readMembership(person, team);
  return 'known' in membership ? known(membership.known === 'active') : membership;
}

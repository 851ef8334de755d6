import { known, overrideRuleOf } from '@sallyport/gates';
import type { Fact } from '@sallyport/gates';
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
  let handled = 0;
  for (const { issue, comment } of fresh.slice(0, commandsAtOnce)) {
    const why = await handle({ view, requests, calendars }, issue, comment, draft);
    if (why === null) handled += 1;
    else missing.push(why);
  }
  return { issues, handled, missing: missing[0] ?? null };
}

type Sources = { readonly view: View; readonly requests: readonly OverrideRequest[]; readonly calendars: Awaited<ReturnType<View['calendars']>> };

/** Null when it was handled; otherwise why it could not be, yet. */
async function handle({ view, requests, calendars }: Sources, issue: number, comment: ReleaseComment, draft: Draft): Promise<string | null> {
  const { desk } = view.outside;
  const policy = view.policy.sealed.value;
  const [role, lead] = await Promise.all([desk.readRole(comment.person), isLead(view, comment)]);
  const unread = [role, lead].flatMap((fact) => ('unknown' in fact ? [fact.unknown] : []))[0];
  if (unread !== undefined || !('known' in role) || !('known' in lead)) {
    const why = `the command of ${comment.person.login} on #${issue} cannot be judged: ${unread ?? ''}`;
    draft.note({ code: 'command-unjudged', message: `${why.charAt(0).toUpperCase()}${why.slice(1)}. It is looked at again at the next sweep.` });
    return why;
  }
  const openings = (environment: (typeof policy.environments)[number]) => openingsFrom({ policy, calendars, environment }, view.at);
  const verdict = judgeCommand({ policy, state: view.state, at: view.at, comment, role: role.known, lead: lead.known, openings, requests });
  draft.record({ key: `command:${comment.id}`, body: { type: 'command-handled', comment: comment.id, issue, person: comment.person, role: role.known, commentedAt: new Date(comment.commentedAt).toISOString(), ...verdict } });
  return null;
}

/** Only a denial asks for it: every other command goes by the role, or is judged by a gate. */
async function isLead({ policy, outside }: View, { command, person }: ReleaseComment): Promise<Fact<boolean>> {
  const team = command.name === 'deny' ? (overrideRuleOf(policy.sealed.value, command)?.approvers.team ?? null) : null;
  if (team === null) return known(false);
  const membership = await outside.desk.readMembership(person, team);
  return 'known' in membership ? known(membership.known === 'active') : membership;
}

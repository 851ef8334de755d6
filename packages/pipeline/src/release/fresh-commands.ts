import type { Policy } from '@sallyport/policy';
import { lastRelease } from '../ledger-state.ts';
import type { LedgerState } from '../ledger-state.ts';
import type { Desk, ReleaseComment, ReleaseIssue } from '../ports.ts';

/** At most so many commands are judged at once; whoever looks next takes up the others. */
export const commandsAtOnce = 30;

/** The release issues as they were read, by environment; null: there is none, or it was deleted. */
export type ReleaseIssues = ReadonlyMap<string, ReleaseIssue | null>;

/** The last release issue of every environment of the policy. `missing`: why some command may be unread; null when none is. */
export async function readReleases(desk: Pick<Desk, 'readRelease'>, policy: Policy, state: LedgerState): Promise<{ readonly issues: ReleaseIssues; readonly missing: string | null }> {
  const issues = new Map<string, ReleaseIssue | null>();
  const missing: string[] = [];
  for (const { name } of policy.environments) {
    const release = lastRelease(state, name);
    if (release === null) continue;
    const found = await desk.readRelease(release.issue);
    if ('unknown' in found) missing.push(`the release issue #${release.issue} could not be read: ${found.unknown}`);
    else {
      issues.set(name, found.known);
      if (found.known?.commands.complete === false) missing.push(found.known.commands.missing);
    }
  }
  return { issues, missing: missing[0] ?? null };
}

/** The commands that the ledger does not have yet, in the order they were given. Edited holds come last: nobody knows since when they are holds. */
export const freshCommands = (issues: ReleaseIssues, state: LedgerState): readonly { readonly issue: number; readonly comment: ReleaseComment }[] =>
  [...issues.values()]
    .flatMap((issue) => issue?.commands.items.map((comment) => ({ issue: issue.issue, comment })) ?? [])
    .filter(({ comment }) => !state.commands.has(comment.id))
    .sort((one, other) => Number(isEditedHold(one.comment)) - Number(isEditedHold(other.comment)) || one.comment.commentedAt - other.comment.commentedAt || one.comment.id - other.comment.id);

const isEditedHold = ({ command, edited }: ReleaseComment): boolean => edited && command.name === 'hold';

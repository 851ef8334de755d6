import { partialList } from '@sallyport/gates';
import type { FactList, MergeFacts, PushFact } from '@sallyport/gates';
import * as z from 'zod';
import { activity } from './answers/pull.ts';
import type { PullAnswer } from './answers/pull.ts';
import { personFact } from './answers/shared.ts';
import { listFact, readPagesOr } from './paginate.ts';
import type { Place } from './repository.ts';

const kinds = new Map<string, PushFact['kind']>([['push', 'push'], ['force_push', 'force-push'], ['branch_creation', 'creation'], ['branch_deletion', 'deletion']]);

/**
 * Movements of the head branch, oldest first, also from before the pull request: those made the commits it began with.
 * They begin with the last time the branch was made before that; what an earlier branch of the same name held is another change.
 * A head in another repository is read there; if that is not possible, the list is incomplete.
 */
export async function gatherPushes({ client }: Place, { head, created_at: openedAt }: PullAnswer): Promise<MergeFacts['pushes']> {
  if (head.repo === null) return partialList<PushFact>([], 'the repository of the head branch no longer exists');
  const answer = await readPagesOr(client, [403, 404], {
    route: 'GET /repos/{owner}/{repo}/activity',
    parameters: { owner: head.repo.owner.login, repo: head.repo.name, ref: `refs/heads/${head.ref}` },
    shape: z.array(activity),
    why: 'to read who pushed to the head branch',
  });
  if (!answer.ok) return partialList<PushFact>([], `the pushes to ${head.ref} in ${head.repo.owner.login}/${head.repo.name} may not be read: ${answer.message}`);
  const newestFirst = answer.pages.flat().map(
    ({ before, after, timestamp, activity_type: type, actor }): PushFact => ({ before, after, kind: kinds.get(type) ?? 'other', actor: personFact(actor, 'GitHub does not say who pushed'), pushedAt: timestamp }),
  );
  const made = newestFirst.findIndex(({ kind, pushedAt }) => kind === 'creation' && pushedAt <= openedAt);
  const ofThisBranch = made === -1 ? newestFirst : newestFirst.slice(0, made + 1);
  return listFact('pushes', ofThisBranch.reverse(), { ended: answer.ended || made !== -1 }) satisfies FactList<PushFact>;
}

import { partialList } from '@sallyport/gates';
import type { MergeFacts, StatusFact } from '@sallyport/gates';
import type { Policy } from '@sallyport/policy';
import * as z from 'zod';
import { commitStatus } from './answers/check.ts';
import { personFact } from './answers/shared.ts';
import { listFact, readPages } from './paginate.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

const states = new Map<string, StatusFact['state']>([['success', 'success'], ['failure', 'failure'], ['error', 'error'], ['pending', 'pending']]);

/** Commit statuses with who posted each, newest first. Read only when the policy names a test that is one. */
export async function gatherStatuses(place: Place, commit: string, { merge }: Policy): Promise<MergeFacts['statuses']> {
  if (!merge.tests.some(({ from }) => from === 'status')) return partialList([], 'the policy names no commit status, so none was read');
  const { pages, ended } = await readPages(place.client, { route: 'GET /repos/{owner}/{repo}/commits/{ref}/statuses', parameters: { ...of(place), ref: commit }, shape: z.array(commitStatus), why: 'to read its commit statuses' });
  const items = pages.flat().map(
    ({ id, context, state, creator, created_at: createdAt, target_url: url }): StatusFact => ({ id, context, headSha: commit, state: states.get(state) ?? 'other', creator: personFact(creator, 'the account that posted it no longer exists'), createdAt, url: url ?? null }),
  );
  return listFact('commit statuses', items, { ended });
}

import { partialList } from '@sallyport/gates';
import type { Deployments } from '@sallyport/pipeline';
import * as z from 'zod';
import { id, instant, sha } from './answers/shared.ts';
import { listFact, readPagesOr } from './paginate.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

const deployment = z.looseObject({ id, sha, ref: z.string(), created_at: instant });

/** Deployments as GitHub shows them. They are looked at, and never taken for proof (P12). */
export const createDeployments = (place: Place): Deployments => ({
  async list(environment) {
    const answer = await readPagesOr(place.client, [403, 404], { route: 'GET /repos/{owner}/{repo}/deployments', parameters: { ...of(place), environment }, shape: z.array(deployment), why: `to list the deployments to ${environment}` });
    if (!answer.ok) return partialList([], `the deployments to ${environment} may not be read: ${answer.message}`);
    const items = answer.pages.flat().map(({ id: number, sha: commit, ref, created_at }) => ({ id: number, commit, ref, createdAt: created_at }));
    return listFact('deployments', items, answer);
  },
});

import { digestOf } from '@sallyport/gates';
import type { Decision } from '@sallyport/gates';
import { decisionDocument, OutsideError } from '@sallyport/pipeline';
import type { MergeCheck } from '@sallyport/pipeline';
import * as z from 'zod';
import { checkRuns } from './answers/check.ts';
import { id } from './answers/shared.ts';
import { readPages } from './paginate.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

export const mergeCheckName = 'sallyport/merge';

const longestTitle = 255;
/** GitHub's limit for a check's summary (GitHub Docs, "REST API endpoints for check runs", November 2026). */
const longestSummary = 65_535;

const published = z.looseObject({ id, html_url: z.string() });
type Published = { readonly id: number; readonly url: string };

/** Posts `sallyport/merge` as the App the client is. Publishing as anybody else throws OutsideError `forbidden`: which check is ours would be a guess. */
export function createMergeCheck(place: Place): MergeCheck {
  const { appId } = place.client;
  return {
    async publish({ headSha, decision, title, summary }): Promise<Published> {
      if (appId === null) throw new OutsideError('forbidden', `Only a GitHub App may post the check ${mergeCheckName}. Connect with the gatekeeper App’s id and key.`, { retryable: false });
      const body = { ...standing(decision), output: { title: cut(title, longestTitle), summary: cut(summary, longestSummary) } };
      const current = await findCheck(place, headSha, appId);
      return (current === null ? null : await update(place, current, body)) ?? create(place, headSha, body);
    },
  };
}

/** Another App's check of the same name is not ours, whatever it says. */
async function findCheck(place: Place, headSha: string, appId: number): Promise<number | null> {
  const { pages } = await readPages(place.client, {
    route: 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
    parameters: { ...of(place), ref: headSha, check_name: mergeCheckName, filter: 'all' },
    shape: checkRuns,
    why: 'to find the merge check',
  });
  const ours = pages.flatMap(({ check_runs }) => check_runs).filter((check) => check.app?.id === appId && check.name === mergeCheckName && check.head_sha === headSha);
  return ours.length === 0 ? null : Math.max(...ours.map((check) => check.id));
}

type Body = Readonly<Record<string, unknown>>;

/** null: GitHub does not let this check be changed, so a new one takes its place. */
async function update(place: Place, check: number, body: Body): Promise<Published | null> {
  const answer = await place.client.askOr([403, 404, 422], {
    route: 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
    parameters: { ...of(place), check_run_id: check, ...body },
    shape: published,
    why: 'to update the merge check',
    safeToRepeat: true,
  });
  return answer.ok ? { id: answer.data.id, url: answer.data.html_url } : null;
}

async function create(place: Place, headSha: string, body: Body): Promise<Published> {
  const { data } = await place.client.ask({
    route: 'POST /repos/{owner}/{repo}/check-runs',
    parameters: { ...of(place), name: mergeCheckName, head_sha: headSha, ...body },
    shape: published,
    why: 'to post the merge check',
  });
  return { id: data.id, url: data.html_url };
}

/** Only an allow is a success; a decision that could not be made is a failure, so that nothing merges on it. */
export function standing(decision: Decision | null): Body {
  if (decision === null) return { status: 'completed', conclusion: 'failure' };
  const external_id = digestOf(decisionDocument(decision));
  switch (decision.outcome) {
    case 'allow':
      return { status: 'completed', conclusion: 'success', external_id };
    case 'deny':
    case 'unknown':
      return { status: 'completed', conclusion: 'failure', external_id };
    case 'wait':
      return { status: 'in_progress', external_id };
    default:
      return decision.outcome satisfies never;
  }
}

const mark = '… (cut)';

export const cut = (text: string, longest: number): string => (text.length <= longest ? text : `${text.slice(0, longest - mark.length).replace(/[\uD800-\uDBFF]$/, '')}${mark}`);

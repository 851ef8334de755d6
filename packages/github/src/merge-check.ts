import { digestOf } from '@sallyport/gates';
import type { Decision } from '@sallyport/gates';
import { decisionDocument, mergeCheckName, OutsideError } from '@sallyport/pipeline';
import type { CheckAnnotation, CheckReport, MergeCheck } from '@sallyport/pipeline';
import * as z from 'zod';
import { id, sha } from './answers/shared.ts';
import { readPages } from './paginate.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

/** GitHub's limits for a check's output and one request (GitHub Docs, "REST API endpoints for check runs", November 2026). */
const longestTitle = 255;
const longestText = 65_535;
const mostAnnotations = 50;

const published = z.looseObject({ id, html_url: z.string() });
type Published = { readonly id: number; readonly url: string };

/** Posts `sallyport/merge` as the App the client is. Publishing as anybody else throws OutsideError `forbidden`: which check is ours would be a guess. */
export function createMergeCheck(place: Place): MergeCheck {
  const { appId } = place.client;
  return {
    async publish({ headSha, decision, ...report }): Promise<Published> {
      if (appId === null) throw new OutsideError('forbidden', `Only a GitHub App may post the check ${mergeCheckName}. Connect with the gatekeeper App’s id and key.`, { retryable: false });
      const current = await findCheck(place, headSha, appId);
      const updated = current === null ? null : await update(place, current.id, { ...standing(decision), output: outputOf(report, { annotate: current.annotations === 0 }) });
      return updated ?? create(place, headSha, { ...standing(decision), output: outputOf(report, { annotate: true }) });
    },
  };
}

/** GitHub adds the annotations of an update to those it has. They are about files, which for one head stay the same, so they are sent once. */
function outputOf({ title, summary, annotations = [] }: CheckReport, { annotate }: { readonly annotate: boolean }): Body {
  const [first, rest] = divide(summary, longestText);
  const shown = annotate ? annotations.slice(0, mostAnnotations).map(annotationBody) : [];
  return { title: cut(title, longestTitle), summary: first, text: cut(rest, longestText), ...(shown.length === 0 ? {} : { annotations: shown }) };
}

function annotationBody({ path, startLine, endLine, level, title, message }: CheckAnnotation): Body {
  return { path, start_line: startLine, end_line: endLine, annotation_level: level, title: cut(title, longestTitle), message: cut(message, longestText) };
}

const ownChecks = z.looseObject({ check_runs: z.array(z.looseObject({ id, name: z.string(), head_sha: sha, app: z.looseObject({ id }).nullable(), output: z.looseObject({ annotations_count: z.int().nonnegative() }) })) });

type OwnCheck = { readonly id: number; readonly annotations: number };

/** The newest of ours. Another App's check of the same name is not, whatever it says. */
async function findCheck(place: Place, headSha: string, appId: number): Promise<OwnCheck | null> {
  const { pages } = await readPages(place.client, {
    route: 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
    parameters: { ...of(place), ref: headSha, check_name: mergeCheckName, filter: 'all', app_id: appId },
    shape: ownChecks,
    why: 'to find the merge check',
  });
  const ours = pages.flatMap(({ check_runs }) => check_runs).filter((check) => check.app?.id === appId && check.name === mergeCheckName && check.head_sha === headSha);
  const newest = ours.reduce<(typeof ours)[number] | null>((best, check) => (best === null || check.id > best.id ? check : best), null);
  return newest === null ? null : { id: newest.id, annotations: newest.output.annotations_count };
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

/** What fits, and the rest: divided between paragraphs, else between lines, so that no table or sentence is torn. */
export function divide(text: string, longest: number): readonly [string, string] {
  if (text.length <= longest) return [text, ''];
  const gap = ['\n\n', '\n'].map((between) => text.lastIndexOf(between, longest)).find((at) => at > 0);
  return gap === undefined ? [cut(text, longest), ''] : [text.slice(0, gap), text.slice(gap).replace(/^\n+/, '')];
}

import { known, unknown } from '@sallyport/gates';
import type { Fact } from '@sallyport/gates';
import { OutsideError, parseTagName } from '@sallyport/pipeline';
import type { DeployRun, PromotionTag, Promotions } from '@sallyport/pipeline';
import * as z from 'zod';
import { deployJob, workflowRuns } from './answers/check.ts';
import type { WorkflowRunAnswer } from './answers/check.ts';
import { gitRef, gitTag, made } from './answers/commit.ts';
import type { FetchTags } from './fetch-tags.ts';
import { isRefusal } from './is-refusal.ts';
import { listFact, readPages, readPagesOr } from './paginate.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

type TagContent = { readonly commit: string; readonly message: string };

/** With more to read, git fetches them all at once: GitHub allows a few thousand requests an hour, and promotions add up for years. */
const mostAskedFor = 20;

/** Promotion tags in git and the runs they start. A tag object never changes, so each is read once. */
export function createPromotions(place: Place, fetchTags: FetchTags): Promotions {
  const contents = new Map<string, TagContent>();
  return {
    listTags: (environment) => listTags({ place, contents, fetchTags }, environment),
    createTag: (tag) => createTag(place, tag),
    findDeploy: (tag, commit, workflow) => findDeploy(place, tag, commit, workflow),
    wasRefused: (run) => wasRefused(place, run),
  };
}

type Tags = { readonly place: Place; readonly contents: Map<string, TagContent>; readonly fetchTags: FetchTags };

async function listTags({ place, contents, fetchTags }: Tags, environment: string): Promise<readonly PromotionTag[]> {
  const { data } = await place.client.ask({
    route: 'GET /repos/{owner}/{repo}/git/matching-refs/{ref}',
    parameters: { ...of(place), ref: `tags/promote/${environment}/` },
    shape: z.array(gitRef),
    why: `to list the promotions to ${environment}`,
  });
  const tags = data.flatMap(({ ref, object }) => {
    const parsed = parseTagName(ref);
    return parsed?.environment === environment ? [{ name: ref.replace('refs/tags/', ''), number: parsed.number, object }] : [];
  });
  const unread = tags.flatMap(({ object }) => (object.type === 'tag' && !contents.has(object.sha) ? [object.sha] : []));
  const fetched = unread.length > mostAskedFor ? await fetchTags(`promote/${environment}`, [...new Set(unread)]) : unknown('they are few');
  if ('known' in fetched) for (const [sha, bytes] of fetched.known) contents.set(sha, parseTag(Buffer.from(bytes).toString('utf8')));
  return Promise.all(tags.map(async ({ name, number, object }) => ({ name, number, ...(await readContent(place, contents, object)) })));
}

/** Its head, an empty line, and the message. */
function parseTag(text: string): TagContent {
  const [, commit = '', type] = /^object ([0-9a-f]{40,64})\ntype ([a-z]+)\n/.exec(text) ?? [];
  const end = text.indexOf('\n\n');
  return { commit, message: type === 'commit' && end !== -1 ? text.slice(end + 2) : '' };
}

/** A lightweight tag carries no message, and a tag on anything but a commit is none of ours. */
async function readContent(place: Place, contents: Map<string, TagContent>, object: { readonly type: string; readonly sha: string }): Promise<TagContent> {
  if (object.type !== 'tag') return { commit: object.sha, message: '' };
  const read = contents.get(object.sha);
  if (read !== undefined) return read;
  const { data } = await place.client.ask({
    route: 'GET /repos/{owner}/{repo}/git/tags/{tag_sha}',
    parameters: { ...of(place), tag_sha: object.sha },
    shape: gitTag,
    why: 'to read a promotion tag',
  });
  const content = { commit: data.object.sha, message: data.object.type === 'commit' ? data.message : '' };
  contents.set(object.sha, content);
  return content;
}

const tagger = { name: 'sallyport-gatekeeper', email: 'sallyport-gatekeeper@users.noreply.github.com' };

async function createTag(place: Place, { name, commit, message, taggedAt }: Parameters<Promotions['createTag']>[0]): Promise<'created' | 'exists'> {
  const { data } = await place.client.ask({
    route: 'POST /repos/{owner}/{repo}/git/tags',
    parameters: { ...of(place), tag: name, message, object: commit, type: 'commit', tagger: { ...tagger, date: toSeconds(taggedAt) } },
    shape: made,
    why: `to write the tag ${name}`,
    safeToRepeat: true,
  });
  return createRef(place, { ref: `refs/tags/${name}`, sha: data.sha }, `to make the tag ${name}`);
}

/** Makes a ref that is not there yet; `exists`: it is, and nothing was changed. Throws OutsideError `refused` when a rule forbids it. */
export async function createRef(place: Place, { ref, sha }: { readonly ref: string; readonly sha: string }, why: string): Promise<'created' | 'exists'> {
  const answer = await place.client.askOr([422], { route: 'POST /repos/{owner}/{repo}/git/refs', parameters: { ...of(place), ref, sha }, shape: gitRef, why });
  if (answer.ok) return 'created';
  if (/already exists/i.test(answer.message)) return 'exists';
  throw new OutsideError('refused', `GitHub refused to make ${ref}: ${answer.message}. Check that the rulesets let the gatekeeper App make it.`, { retryable: false });
}

/** GitHub wants ISO 8601 in whole seconds. */
const toSeconds = (at: number): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');

/** A run has the tag's short name in `head_branch`; a branch of that name would look the same, so path and commit must match as well. */
async function findDeploy(place: Place, tag: string, commit: string, workflow: string): Promise<Fact<DeployRun | null>> {
  const { pages, ended } = await readPages(place.client, {
    route: 'GET /repos/{owner}/{repo}/actions/runs',
    parameters: { ...of(place), event: 'push', head_sha: commit },
    shape: workflowRuns,
    why: `to find the deploy of ${tag}`,
  });
  const runs = pages.flatMap(({ workflow_runs }) => workflow_runs);
  const list = listFact('workflow runs', runs, { ended, total: Math.max(0, ...pages.map(({ total_count }) => total_count)) });
  if (!list.complete) return unknown(list.missing);
  const newest = runs
    .filter((run) => run.event === 'push' && run.head_sha === commit && run.head_branch === tag && run.path.replace(/@.*$/, '') === workflow)
    .reduce<WorkflowRunAnswer | null>((best, run) => (best === null || run.id > best.id ? run : best), null);
  return newest === null ? known(null) : readRun(newest);
}

const deployJobs = z.looseObject({ total_count: z.int().nonnegative(), jobs: z.array(deployJob) });

/** An attempt that was made again may have deployed, so all of them are read. */
async function wasRefused(place: Place, { id, attempt }: Pick<DeployRun, 'id' | 'attempt'>): Promise<Fact<boolean>> {
  const answer = await readPagesOr(place.client, [403, 404], { route: 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs', parameters: { ...of(place), run_id: id, filter: 'all' }, shape: deployJobs, why: 'to read whether a deploy was let in' });
  if (!answer.ok) return unknown(`the jobs of run ${id} cannot be read: ${answer.message}`);
  const jobs = answer.pages.flatMap((page) => page.jobs);
  const list = listFact(`jobs of run ${id}`, jobs, { ended: answer.ended, total: answer.pages[0]?.total_count ?? 0 });
  return list.complete ? known(isRefusal(jobs, attempt)) : unknown(list.missing);
}

/** Source of the words: GitHub Docs, "REST API endpoints for workflow runs", November 2026. */
export function readRun(run: WorkflowRunAnswer): Fact<DeployRun> {
  const state = stateOf(run);
  if (state === null) return unknown(`GitHub says the status of run ${run.id} is ${run.status} with conclusion ${run.conclusion}, which has no known meaning`);
  const ended = state === 'succeeded' || state === 'failed';
  return known({ id: run.id, attempt: run.run_attempt, state, createdAt: run.created_at, startedAt: run.run_started_at ?? null, endedAt: ended ? run.updated_at : null, url: run.html_url });
}

function stateOf({ status, conclusion }: WorkflowRunAnswer): DeployRun['state'] | null {
  switch (status) {
    case 'completed':
      if (conclusion === null) return null;
      return conclusion === 'success' ? 'succeeded' : 'failed';
    case 'waiting':
    case 'pending':
    case 'requested':
      return 'waiting';
    case 'queued':
    case 'in_progress':
      return 'running';
    default:
      return null;
  }
}

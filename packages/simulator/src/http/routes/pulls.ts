import type { Hono } from 'hono';
import * as z from 'zod';
import type { SimulatorContext } from '../../context.ts';
import { addEvent, pinPullHead } from '../../git/follow-heads.ts';
import { isAncestor, readCommits, readRef } from '../../git/objects.ts';
import { noteMentions } from '../../pulls/mentions.ts';
import { mergePull, updateHeadBranch } from '../../pulls/merge-pull.ts';
import { listPullCommits, listPullFiles, measurePull } from '../../pulls/pull-git.ts';
import type { Issue, Pull, Repository } from '../../world/world.ts';
import { GitHubError, notFound, validationFailed } from '../github-error.ts';
import { pageOf } from '../pagination.ts';
import { presentCommit } from '../present/commit.ts';
import { presentFileChange } from '../present/diff.ts';
import { presentPull, presentSimplePull } from '../present/pull.ts';
import { fullNameOf, repositoryUrl } from '../present/repository.ts';
import { actingUser, bodyOf, numberOf, repositoryOf, type Request, type SimulatorEnv } from '../request.ts';
import { closeIssue, reopenIssue } from '../../pulls/issue-state.ts';

const newPull = z.object({ title: z.string().min(1), head: z.string().min(1), base: z.string().min(1), body: z.string().nullish(), draft: z.boolean().default(false) });
const changedPull = z.object({ title: z.string().min(1).optional(), body: z.string().nullish(), state: z.enum(['open', 'closed']).optional(), base: z.string().optional() });
const mergeBody = z.object({
  commit_title: z.string().optional(),
  commit_message: z.string().optional(),
  sha: z.string().optional(),
  merge_method: z.enum(['merge', 'squash', 'rebase']).default('merge'),
});
const updateBranchBody = z.object({ expected_head_sha: z.string().optional() });

/** GitHub never lists more (REST, "List commits on a pull request", "List pull requests files", November 2026). */
const mostCommits = 250;
const mostFiles = 3000;

export type OpenedPull = { readonly repository: Repository; readonly pull: Pull; readonly issue: Issue };

export function pullOf(c: Request, context: SimulatorContext): OpenedPull {
  const repository = repositoryOf(c, context);
  const number = numberOf(c, 'number');
  const pull = repository.pulls.get(number);
  const issue = repository.issues.get(number);
  if (pull === undefined || issue === undefined) throw notFound();
  return { repository, pull, issue };
}

/** Pull requests. */
export function registerPulls(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  const { world } = context;
  const url = (): string => context.url();
  const answer = async ({ repository, pull, issue }: OpenedPull): Promise<ReturnType<typeof presentPull>> => presentPull(world, url(), repository, pull, issue, await measurePull(world, repository, pull));

  app.post('/repos/:owner/:repo/pulls', async (c) => c.json(await answer(await openPull(c, context)), 201));

  app.get('/repos/:owner/:repo/pulls', (c) => {
    const repository = repositoryOf(c, context);
    const found = listPulls(c, repository);
    return c.json(pageOf(c, found, url()).map(({ pull, issue }) => presentSimplePull(world, url(), repository, pull, issue)));
  });

  app.get('/repos/:owner/:repo/pulls/:number', async (c) => c.json(await answer(pullOf(c, context))));

  app.patch('/repos/:owner/:repo/pulls/:number', async (c) => {
    const opened = pullOf(c, context);
    await changePull(c, context, opened);
    return c.json(await answer(opened));
  });

  app.get('/repos/:owner/:repo/pulls/:number/commits', async (c) => {
    const { repository, pull } = pullOf(c, context);
    const shas = (await listPullCommits(repository, pull)).slice(0, mostCommits);
    const commits = await readCommits(repository.objects, pageOf(c, shas, url()));
    return c.json(commits.map((commit) => presentCommit(world, url(), repository, commit)));
  });

  app.get('/repos/:owner/:repo/pulls/:number/files', async (c) => {
    const { repository, pull } = pullOf(c, context);
    const files = (await listPullFiles(repository, pull)).slice(0, mostFiles);
    return c.json(pageOf(c, files, url()).map((file) => presentFileChange(url(), repository, pull.head.sha, file)));
  });

  app.put('/repos/:owner/:repo/pulls/:number/merge', async (c) => {
    const { repository, pull, issue } = pullOf(c, context);
    const body = bodyOf(c, mergeBody);
    const sha = await mergePull(context, repository, actingUser(c), pull, issue, { method: body.merge_method, title: body.commit_title ?? null, message: body.commit_message ?? null, expectedHead: body.sha ?? null });
    return c.json({ sha, merged: true, message: 'Pull Request successfully merged' });
  });

  app.put('/repos/:owner/:repo/pulls/:number/update-branch', async (c) => {
    const { repository, pull } = pullOf(c, context);
    const expected = bodyOf(c, updateBranchBody).expected_head_sha;
    if (expected !== undefined && expected !== pull.head.sha) throw new GitHubError(422, 'expected head sha didn’t match current head ref.');
    if (!(await updateHeadBranch(context, repository, actingUser(c), pull))) throw new GitHubError(422, 'There are no new commits on the base branch.');
    return c.json({ message: 'Updating pull request branch.', url: `${repositoryUrl(url(), repository)}/pulls/${String(pull.number)}` }, 202);
  });
}

async function openPull(c: Request, context: SimulatorContext): Promise<OpenedPull> {
  const repository = repositoryOf(c, context);
  const body = bodyOf(c, newPull);
  const actor = actingUser(c);
  if (actor.builtIn && !repository.actions.mayApprove) throw new GitHubError(403, 'GitHub Actions is not permitted to create or approve pull requests.');
  const { headRepository, headRef } = findHead(context, repository, body.head);
  const head = headRepository === null ? null : await readRef(headRepository.objects, `refs/heads/${headRef}`);
  const base = await readRef(repository.objects, `refs/heads/${body.base}`);
  if (headRepository === null || head === null) throw validationFailed('PullRequest', 'head', 'invalid');
  if (base === null) throw validationFailed('PullRequest', 'base', 'invalid');
  if (await isAncestor(headRepository.objects, head, base)) throw custom(`No commits between ${body.base} and ${headRef}`);
  const headName = fullNameOf(headRepository);
  if ([...repository.pulls.values()].some((pull) => pull.state === 'open' && pull.head.repository === headName && pull.head.ref === headRef && pull.base.ref === body.base)) {
    throw custom(`A pull request already exists for ${headRepository.owner}:${headRef}.`);
  }
  const number = repository.nextNumber;
  repository.nextNumber += 1;
  const at = context.clock.now();
  const pull: Pull = {
    id: context.nextId(),
    number,
    author: actor.user,
    draft: body.draft,
    state: 'open',
    merged: null,
    base: { ref: body.base, sha: base },
    head: { ref: headRef, sha: head, repository: headName },
    createdAt: at,
    updatedAt: at,
    reviews: [],
    requestedReviewers: [],
    timeline: [],
    remarks: [],
  };
  const issue: Issue = { id: context.nextId(), number, author: actor.user, title: body.title, body: body.body ?? '', state: 'open', labels: new Set(), assignees: [], createdAt: at, updatedAt: at, closedAt: null, comments: [], isPull: true };
  repository.pulls.set(number, pull);
  repository.issues.set(number, issue);
  await pinPullHead(context, repository, pull);
  noteMentions(context, pull, issue.body);
  context.announce(repository, { kind: 'pull_request', action: 'opened', number }, actor);
  return { repository, pull, issue };
}

/** The repository and branch of `owner:branch`, or of a branch here; the owner is this one's or a fork's. */
function findHead(context: SimulatorContext, repository: Repository, name: string): { readonly headRepository: Repository | null; readonly headRef: string } {
  const [owner = '', ...rest] = name.split(':');
  if (rest.length === 0 || owner === repository.owner) return { headRepository: repository, headRef: rest.length === 0 ? name : rest.join(':') };
  const fork = [...context.world.repositories.values()].find((one) => one.owner === owner && one.parent === fullNameOf(repository));
  return { headRepository: fork ?? null, headRef: rest.join(':') };
}

const custom = (message: string): GitHubError => validationFailed('PullRequest', 'base', 'custom', message);

function listPulls(c: Request, repository: Repository): readonly { readonly pull: Pull; readonly issue: Issue }[] {
  const state = c.req.query('state') ?? 'open';
  const head = c.req.query('head');
  const base = c.req.query('base');
  const found = [...repository.pulls.values()].flatMap((pull) => {
    const issue = repository.issues.get(pull.number);
    const fits =
      (state === 'all' || pull.state === state) &&
      (head === undefined || head === `${pull.head.repository.split('/')[0] ?? ''}:${pull.head.ref}` || head === pull.head.ref) &&
      (base === undefined || base === pull.base.ref);
    return issue !== undefined && fits ? [{ pull, issue }] : [];
  });
  const at = (pull: Pull): number => (c.req.query('sort') === 'updated' ? pull.updatedAt : pull.number);
  const ascending = (c.req.query('direction') ?? 'desc') === 'asc';
  return found.sort((one, other) => (ascending ? at(one.pull) - at(other.pull) : at(other.pull) - at(one.pull)));
}

async function changePull(c: Request, context: SimulatorContext, { repository, pull, issue }: OpenedPull): Promise<void> {
  const body = bodyOf(c, changedPull);
  const actor = actingUser(c);
  const at = context.clock.now();
  const base = body.base === undefined || body.base === pull.base.ref ? null : { ref: body.base, sha: await readRef(repository.objects, `refs/heads/${body.base}`) };
  if (base !== null && base.sha === null) throw validationFailed('PullRequest', 'base', 'invalid');
  if (body.title !== undefined && body.title !== issue.title) {
    addEvent(context, pull, 'renamed', actor, { rename: { from: issue.title, to: body.title } });
    issue.title = body.title;
  }
  if (body.body !== undefined) issue.body = body.body ?? '';
  if (base !== null && base.sha !== null) {
    pull.base = { ref: base.ref, sha: base.sha };
    addEvent(context, pull, 'base_ref_changed', actor, {});
  }
  pull.updatedAt = at;
  issue.updatedAt = at;
  if (body.state === 'closed') closeIssue(context, repository, actor, issue);
  if (body.state === 'open') reopenIssue(context, repository, actor, issue);
  if (body.title !== undefined || body.body !== undefined || base !== null) context.announce(repository, { kind: 'pull_request', action: 'edited', number: pull.number }, actor);
}

import type { Hono } from 'hono';
import * as z from 'zod';
import type { SimulatorContext } from '../../context.ts';
import { objectType, toSeconds } from '../../git/objects.ts';
import { GitHubError } from '../../http/github-error.ts';
import { pageOf } from '../../http/pagination.ts';
import { presentMinimalRepository, repositoryUrl } from '../../http/present/repository.ts';
import { nodeId, type Schemas } from '../../http/present/schemas.ts';
import { presentUser } from '../../http/present/user.ts';
import { actingUser, bodyOf, repositoryOf, type SimulatorEnv } from '../../http/request.ts';
import type { CommitStatus, Repository } from '../../world/world.ts';
import { commitOf } from './checks.ts';

const creation = z.object({
  state: z.enum(['error', 'failure', 'pending', 'success']),
  target_url: z.string().nullish(),
  description: z.string().max(140).nullish(),
  context: z.string().min(1).default('default'),
});

/** Commit statuses, single and combined. */
export function registerStatuses(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  const newestFirst = (repository: Repository, sha: string): readonly CommitStatus[] => repository.statuses.filter((status) => status.sha === sha).toReversed();

  app.post('/repos/:owner/:repo/statuses/:sha', async (c) => {
    const repository = repositoryOf(c, context);
    const sha = c.req.param('sha');
    const body = bodyOf(c, creation);
    if ((await objectType(repository.objects, sha)) !== 'commit') throw new GitHubError(422, `No commit found for SHA: ${sha}`);
    const status: CommitStatus = { id: context.nextId(), sha, context: body.context, state: body.state, description: body.description ?? null, targetUrl: body.target_url ?? null, creator: actingUser(c).user, createdAt: context.clock.now() };
    repository.statuses.push(status);
    return c.json(presentStatus(context.url(), repository, status), 201);
  });

  app.get('/repos/:owner/:repo/commits/:ref{.+}/statuses', async (c) => {
    const repository = repositoryOf(c, context);
    const found = newestFirst(repository, await commitOf(c, repository));
    return c.json(pageOf(c, found, context.url()).map((status) => presentStatus(context.url(), repository, status)));
  });

  app.get('/repos/:owner/:repo/commits/:ref{.+}/status', async (c) => {
    const repository = repositoryOf(c, context);
    const sha = await commitOf(c, repository);
    const newest = new Map(newestFirst(repository, sha).toReversed().map((status) => [status.context, status]));
    const found = [...newest.values()];
    const self = repositoryUrl(context.url(), repository);
    const combined: Schemas['combined-commit-status'] = {
      state: combinedState(found),
      statuses: pageOf(c, found, context.url()).map((status) => presentSimpleStatus(context.url(), repository, status)),
      sha,
      total_count: found.length,
      repository: presentMinimalRepository(context.world, context.url(), repository),
      commit_url: `${self}/commits/${sha}`,
      url: `${self}/commits/${sha}/status`,
    };
    return c.json(combined);
  });
}

function combinedState(statuses: readonly CommitStatus[]): string {
  if (statuses.some((status) => status.state === 'failure' || status.state === 'error')) return 'failure';
  return statuses.length === 0 || statuses.some((status) => status.state === 'pending') ? 'pending' : 'success';
}

function presentSimpleStatus(url: string, repository: Repository, status: CommitStatus): Schemas['simple-commit-status'] {
  return {
    url: `${repositoryUrl(url, repository)}/statuses/${status.sha}`,
    avatar_url: presentUser(url, status.creator).avatar_url,
    id: status.id,
    node_id: nodeId('StatusContext', status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: toSeconds(status.createdAt),
    updated_at: toSeconds(status.createdAt),
  };
}

const presentStatus = (url: string, repository: Repository, status: CommitStatus): Schemas['status'] => ({ ...presentSimpleStatus(url, repository, status), creator: presentUser(url, status.creator) });

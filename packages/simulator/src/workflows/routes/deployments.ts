import type { Hono } from 'hono';
import * as z from 'zod';
import type { SimulatorContext } from '../../context.ts';
import { resolveCommit, toSeconds } from '../../git/objects.ts';
import { GitHubError, notFound } from '../../http/github-error.ts';
import { pageOf } from '../../http/pagination.ts';
import { repositoryUrl } from '../../http/present/repository.ts';
import { nodeId, type Schemas } from '../../http/present/schemas.ts';
import { presentUser } from '../../http/present/user.ts';
import { actingUser, bodyOf, numberOf, repositoryOf, type Request, type SimulatorEnv } from '../../http/request.ts';
import type { Deployment, DeploymentStatus, Repository } from '../../world/world.ts';

const creation = z.object({
  ref: z.string().min(1),
  task: z.string().default('deploy'),
  payload: z.union([z.record(z.string(), z.unknown()), z.string()]).default({}),
  environment: z.string().default('production'),
  description: z.string().nullish(),
  auto_merge: z.boolean().optional(),
  required_contexts: z.array(z.string()).optional(),
});
const statusCreation = z.object({
  state: z.enum(['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success']),
  target_url: z.string().optional(),
  log_url: z.string().optional(),
  description: z.string().max(140).default(''),
  environment_url: z.string().default(''),
});

/** Deployments and their statuses, as jobs and people with write access make them. */
export function registerDeployments(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  const at = '/repos/:owner/:repo/deployments';
  const url = (): string => context.url();

  app.get(at, (c) => {
    const repository = repositoryOf(c, context);
    const { sha, ref, task, environment } = c.req.query();
    const found = repository.deployments.filter((one) => (sha === undefined || one.sha === sha) && (ref === undefined || one.ref === ref) && (task === undefined || one.task === task) && (environment === undefined || one.environment === environment)).toReversed();
    return c.json(pageOf(c, found, url()).map((one) => presentDeployment(url(), repository, one)));
  });
  app.post(at, async (c) => {
    const repository = repositoryOf(c, context);
    const body = bodyOf(c, creation);
    const sha = await resolveCommit(repository.objects, body.ref);
    if (sha === null) throw new GitHubError(422, `No ref found for: ${body.ref}`);
    const now = context.clock.now();
    const deployment: Deployment = { id: context.nextId(), sha, ref: body.ref, environment: body.environment, creator: actingUser(c).user, task: body.task, description: body.description ?? null, createdAt: now, updatedAt: now, payload: body.payload, statuses: [], run: null };
    repository.deployments.push(deployment);
    return c.json(presentDeployment(url(), repository, deployment), 201);
  });
  app.get(`${at}/:deployment`, (c) => {
    const repository = repositoryOf(c, context);
    return c.json(presentDeployment(url(), repository, deploymentOf(c, repository)));
  });
  app.get(`${at}/:deployment/statuses`, (c) => {
    const repository = repositoryOf(c, context);
    const deployment = deploymentOf(c, repository);
    return c.json(pageOf(c, deployment.statuses.toReversed(), url()).map((status) => presentStatus(url(), repository, deployment, status)));
  });
  app.post(`${at}/:deployment/statuses`, (c) => {
    const repository = repositoryOf(c, context);
    const deployment = deploymentOf(c, repository);
    const body = bodyOf(c, statusCreation);
    const status: DeploymentStatus = { id: context.nextId(), state: body.state, creator: actingUser(c).user, description: body.description, environmentUrl: body.environment_url, logUrl: body.log_url ?? body.target_url ?? '', createdAt: context.clock.now() };
    deployment.statuses.push(status);
    deployment.updatedAt = status.createdAt;
    return c.json(presentStatus(url(), repository, deployment, status), 201);
  });
}

function deploymentOf(c: Request, repository: Repository): Deployment {
  const id = numberOf(c, 'deployment');
  const found = repository.deployments.find((one) => one.id === id);
  if (found === undefined) throw notFound();
  return found;
}

function presentDeployment(url: string, repository: Repository, deployment: Deployment): Schemas['deployment'] {
  const self = `${repositoryUrl(url, repository)}/deployments/${String(deployment.id)}`;
  return {
    url: self,
    id: deployment.id,
    node_id: nodeId('Deployment', deployment.id),
    sha: deployment.sha,
    ref: deployment.ref,
    task: deployment.task,
    payload: deployment.payload as Schemas['deployment']['payload'],
    original_environment: deployment.environment,
    environment: deployment.environment,
    description: deployment.description,
    creator: presentUser(url, deployment.creator),
    created_at: toSeconds(deployment.createdAt),
    updated_at: toSeconds(deployment.updatedAt),
    statuses_url: `${self}/statuses`,
    repository_url: repositoryUrl(url, repository),
    transient_environment: false,
    production_environment: deployment.environment === 'production',
    performed_via_github_app: null,
  };
}

function presentStatus(url: string, repository: Repository, deployment: Deployment, status: DeploymentStatus): Schemas['deployment-status'] {
  const self = `${repositoryUrl(url, repository)}/deployments/${String(deployment.id)}`;
  return {
    url: `${self}/statuses/${String(status.id)}`,
    id: status.id,
    node_id: nodeId('DeploymentStatus', status.id),
    state: status.state as Schemas['deployment-status']['state'],
    creator: presentUser(url, status.creator),
    description: status.description,
    environment: deployment.environment,
    target_url: status.logUrl,
    created_at: toSeconds(status.createdAt),
    updated_at: toSeconds(status.createdAt),
    deployment_url: self,
    repository_url: repositoryUrl(url, repository),
    ...(status.environmentUrl === '' ? {} : { environment_url: status.environmentUrl }),
    ...(status.logUrl === '' ? {} : { log_url: status.logUrl }),
    performed_via_github_app: null,
  };
}

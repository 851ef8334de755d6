import type { Hono } from 'hono';
import * as z from 'zod';
import type { SimulatorContext } from '../../context.ts';
import { toSeconds } from '../../git/objects.ts';
import { GitHubError, notFound } from '../../http/github-error.ts';
import { pageOf } from '../../http/pagination.ts';
import { repositoryPage, repositoryUrl } from '../../http/present/repository.ts';
import { nodeId, type Schemas } from '../../http/present/schemas.ts';
import { bodyOf, numberOf, repositoryOf, type Request, type SimulatorEnv } from '../../http/request.ts';
import type { Environment, Repository } from '../../world/world.ts';
import { environmentOf } from '../live-run.ts';

const change = z.object({
  deployment_branch_policy: z.object({ protected_branches: z.boolean(), custom_branch_policies: z.boolean() }).nullish(),
  wait_timer: z.literal(0, 'not simulated: wait timers.').nullish(),
  reviewers: z.array(z.unknown()).max(0, 'not simulated: required reviewers.').nullish(),
  prevent_self_review: z.boolean().nullish(),
  can_admins_bypass: z.boolean().nullish(),
});
const policyCreation = z.object({ name: z.string().min(1), type: z.enum(['branch', 'tag']).default('branch') });

/** Environments with their branch and tag policies. */
export function registerEnvironments(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  const at = '/repos/:owner/:repo/environments';
  const present = (repository: Repository, environment: Environment) => presentEnvironment(context.url(), repository, environment);

  app.get(at, (c) => {
    const repository = repositoryOf(c, context);
    const all = [...repository.environments.values()];
    return c.json({ total_count: all.length, environments: pageOf(c, all, context.url()).map((one) => present(repository, one)) });
  });
  app.get(`${at}/:environment`, (c) => {
    const repository = repositoryOf(c, context);
    return c.json(present(repository, knownEnvironment(c, repository)));
  });
  app.put(`${at}/:environment`, (c) => {
    const repository = repositoryOf(c, context);
    const body = bodyOf(c, change);
    const policy = body.deployment_branch_policy ?? null;
    if (policy !== null && policy.protected_branches === policy.custom_branch_policies) throw new GitHubError(422, "Validation Failed: protected_branches and custom_branch_policies cannot have the same value");
    const environment = environmentOf(context, repository, c.req.param('environment'));
    environment.branchPolicy = policy === null ? null : { protectedBranches: policy.protected_branches, customBranchPolicies: policy.custom_branch_policies };
    environment.canAdminsBypass = body.can_admins_bypass ?? environment.canAdminsBypass;
    return c.json(present(repository, environment));
  });
  app.get(`${at}/:environment/deployment-branch-policies`, (c) => {
    const { policies } = knownEnvironment(c, repositoryOf(c, context));
    return c.json({ total_count: policies.length, branch_policies: pageOf(c, policies, context.url()).map(presentPolicy) });
  });
  app.post(`${at}/:environment/deployment-branch-policies`, (c) => {
    const environment = knownEnvironment(c, repositoryOf(c, context));
    const { name, type } = bodyOf(c, policyCreation);
    if (environment.branchPolicy?.customBranchPolicies !== true) throw notFound();
    // GitHub answers 303 to a policy that is there already.
    const known = environment.policies.find((one) => one.name === name && one.type === type);
    if (known !== undefined) return c.body(null, 303);
    const policy = { id: context.nextId(), name, type };
    environment.policies.push(policy);
    return c.json(presentPolicy(policy));
  });
  app.delete(`${at}/:environment/deployment-branch-policies/:policy`, (c) => {
    const { policies } = knownEnvironment(c, repositoryOf(c, context));
    const index = policies.findIndex(({ id }) => id === numberOf(c, 'policy'));
    if (index === -1) throw notFound();
    policies.splice(index, 1);
    return c.body(null, 204);
  });
}

export function knownEnvironment(c: Request, repository: Repository): Environment {
  const wanted = (c.req.param('environment') ?? '').toLowerCase();
  const found = [...repository.environments.values()].find((one) => one.name.toLowerCase() === wanted);
  if (found === undefined) throw notFound();
  return found;
}

const presentPolicy = (policy: Environment['policies'][number]): Schemas['deployment-branch-policy'] => ({ id: policy.id, node_id: nodeId('DeploymentBranchPolicy', policy.id), name: policy.name, type: policy.type });

function presentEnvironment(url: string, repository: Repository, environment: Environment): Schemas['environment'] & { can_admins_bypass: boolean } {
  const policy = environment.branchPolicy;
  const name = encodeURIComponent(environment.name);
  return {
    id: environment.id,
    node_id: nodeId('Environment', environment.id),
    name: environment.name,
    url: `${repositoryUrl(url, repository)}/environments/${name}`,
    html_url: `${repositoryPage(url, repository)}/deployments/activity_log?environments_filter=${name}`,
    created_at: toSeconds(environment.createdAt),
    updated_at: toSeconds(environment.createdAt),
    can_admins_bypass: environment.canAdminsBypass,
    protection_rules: policy === null ? [] : [{ id: environment.id, node_id: nodeId('GateBranchPolicy', environment.id), type: 'branch_policy' }],
    deployment_branch_policy: policy === null ? null : { protected_branches: policy.protectedBranches, custom_branch_policies: policy.customBranchPolicies },
  };
}

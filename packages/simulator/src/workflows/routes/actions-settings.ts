import type { Hono } from 'hono';
import * as z from 'zod';
import type { SimulatorContext } from '../../context.ts';
import { GitHubError } from '../../http/github-error.ts';
import { repositoryUrl } from '../../http/present/repository.ts';
import type { Schemas } from '../../http/present/schemas.ts';
import { bodyOf, repositoryOf, type Request, type SimulatorEnv } from '../../http/request.ts';
import type { ActionsSettings, Repository } from '../../world/world.ts';

const permissions = z.object({ enabled: z.boolean(), allowed_actions: z.enum(['all', 'local_only', 'selected']).optional(), sha_pinning_required: z.boolean().optional() });
const selection = z.object({ github_owned_allowed: z.boolean().optional(), verified_allowed: z.boolean().optional(), patterns_allowed: z.array(z.string()).optional() });
const token = z.object({ default_workflow_permissions: z.enum(['read', 'write']).optional(), can_approve_pull_request_reviews: z.boolean().optional() });

/** The repository's settings of GitHub Actions. What a request leaves out stays as it was. */
export function registerActionsSettings(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  const at = '/repos/:owner/:repo/actions/permissions';

  app.get(at, (c) => c.json(presentPermissions(context.url(), repositoryOf(c, context))));
  app.put(at, (c) => {
    const { actions } = repositoryOf(c, context);
    const body = bodyOf(c, permissions);
    actions.enabled = body.enabled;
    actions.allowed = body.allowed_actions ?? actions.allowed;
    actions.shaPinningRequired = body.sha_pinning_required ?? actions.shaPinningRequired;
    return c.body(null, 204);
  });

  app.get(`${at}/workflow`, (c) => {
    const { defaultToken, mayApprove } = repositoryOf(c, context).actions;
    const answer: Schemas['actions-get-default-workflow-permissions'] = { default_workflow_permissions: defaultToken, can_approve_pull_request_reviews: mayApprove };
    return c.json(answer);
  });
  app.put(`${at}/workflow`, (c) => {
    const { actions } = repositoryOf(c, context);
    const body = bodyOf(c, token);
    actions.defaultToken = body.default_workflow_permissions ?? actions.defaultToken;
    actions.mayApprove = body.can_approve_pull_request_reviews ?? actions.mayApprove;
    return c.body(null, 204);
  });

  app.get(`${at}/selected-actions`, (c) => {
    const { githubOwned, verified, patterns } = selecting(c, context).selected;
    const answer: Schemas['selected-actions'] = { github_owned_allowed: githubOwned, verified_allowed: verified, patterns_allowed: [...patterns] };
    return c.json(answer);
  });
  app.put(`${at}/selected-actions`, (c) => {
    const actions = selecting(c, context);
    const body = bodyOf(c, selection);
    const { githubOwned, verified, patterns } = actions.selected;
    actions.selected = { githubOwned: body.github_owned_allowed ?? githubOwned, verified: body.verified_allowed ?? verified, patterns: body.patterns_allowed ?? patterns };
    return c.body(null, 204);
  });
}

/** The selection exists only where the policy is `selected`; otherwise GitHub speaks of a conflict. */
function selecting(c: Request, context: SimulatorContext): ActionsSettings {
  const { actions } = repositoryOf(c, context);
  if (actions.enabled && actions.allowed === 'selected') return actions;
  throw new GitHubError(409, 'Conflict');
}

function presentPermissions(url: string, repository: Repository): Schemas['actions-repository-permissions'] {
  const { enabled, allowed, shaPinningRequired } = repository.actions;
  if (!enabled) return { enabled };
  return {
    enabled,
    allowed_actions: allowed,
    sha_pinning_required: shaPinningRequired,
    ...(allowed === 'selected' ? { selected_actions_url: `${repositoryUrl(url, repository)}/actions/permissions/selected-actions` } : {}),
  };
}

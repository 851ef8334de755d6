import type { Hono } from 'hono';
import * as z from 'zod';
import { roleOf } from '../../auth/authorize.ts';
import type { Viewer } from '../../auth/viewer.ts';
import type { SimulatorContext } from '../../context.ts';
import { toSeconds } from '../../git/objects.ts';
import { allRulesets, rulesetsFor } from '../../rules/match-ref.ts';
import { parsePullRule } from '../../rules/pull-rule.ts';
import { parseRequiredChecks } from '../../rules/required-checks.ts';
import type { Repository, Ruleset } from '../../world/world.ts';
import { GitHubError, notFound } from '../github-error.ts';
import { pageOf } from '../pagination.ts';
import { fullNameOf, repositoryPage, repositoryUrl } from '../present/repository.ts';
import { nodeId } from '../present/schemas.ts';
import { bodyOf, numberOf, repositoryOf, viewerOf, type Request, type SimulatorEnv } from '../request.ts';

/** The rules the simulator enforces; any other is refused, never stored and ignored. */
const ruleTypes = ['creation', 'update', 'deletion', 'non_fast_forward', 'pull_request', 'required_status_checks'] as const;

const rulesetBody = z.object({
  name: z.string().min(1),
  target: z.enum(['branch', 'tag']).default('branch'),
  enforcement: z.enum(['active', 'disabled', 'evaluate']),
  bypass_actors: z.array(z.object({ actor_id: z.number().nullable().default(null), actor_type: z.enum(['Integration', 'Team', 'RepositoryRole', 'OrganizationAdmin', 'DeployKey', 'User', 'EnterpriseOwner']), bypass_mode: z.enum(['always', 'pull_request', 'exempt']).default('always') })).default([]),
  conditions: z.object({ ref_name: z.object({ include: z.array(z.string()).default([]), exclude: z.array(z.string()).default([]) }) }).default({ ref_name: { include: [], exclude: [] } }),
  rules: z.array(z.object({ type: z.enum(ruleTypes), parameters: z.record(z.string(), z.unknown()).optional() })).default([]),
});

/** Repository rulesets. */
export function registerRulesets(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  const url = (): string => context.url();

  app.get('/repos/:owner/:repo/rulesets', (c) => {
    const repository = repositoryOf(c, context);
    return c.json(pageOf(c, c.req.query('includes_parents') === 'false' ? repository.rulesets : allRulesets(repository), url()).map((ruleset) => presentSummary(url(), repository, ruleset)));
  });

  app.post('/repos/:owner/:repo/rulesets', (c) => {
    const repository = repositoryOf(c, context);
    const at = context.clock.now();
    const ruleset: Ruleset = { id: context.nextId(), createdAt: at, updatedAt: at, ...parseRuleset(c) };
    repository.rulesets.push(ruleset);
    return c.json(presentRuleset(c, url(), repository, ruleset), 201);
  });

  app.get('/repos/:owner/:repo/rulesets/:ruleset', (c) => {
    const repository = repositoryOf(c, context);
    return c.json(presentRuleset(c, url(), repository, rulesetOf(c, c.req.query('includes_parents') === 'false' ? repository.rulesets : allRulesets(repository))));
  });

  app.put('/repos/:owner/:repo/rulesets/:ruleset', (c) => {
    const repository = repositoryOf(c, context);
    const ruleset = rulesetOf(c, repository.rulesets);
    Object.assign(ruleset, parseRuleset(c, ruleset), { updatedAt: context.clock.now() });
    return c.json(presentRuleset(c, url(), repository, ruleset));
  });

  app.delete('/repos/:owner/:repo/rulesets/:ruleset', (c) => {
    const repository = repositoryOf(c, context);
    repository.rulesets.splice(repository.rulesets.indexOf(rulesetOf(c, repository.rulesets)), 1);
    return c.body(null, 204);
  });

  app.get('/repos/:owner/:repo/rules/branches/:branch{.+}', (c) => {
    const repository = repositoryOf(c, context);
    const rules = rulesetsFor(repository, `refs/heads/${c.req.param('branch')}`).flatMap((ruleset) =>
      ruleset.rules.map((rule) => ({ ...rule, ruleset_source_type: sourceOf(repository, ruleset).source_type, ruleset_source: sourceOf(repository, ruleset).source, ruleset_id: ruleset.id })),
    );
    return c.json(pageOf(c, rules, url()));
  });
}

function rulesetOf(c: Request, rulesets: readonly Ruleset[]): Ruleset {
  const id = numberOf(c, 'ruleset');
  const ruleset = rulesets.find((candidate) => candidate.id === id);
  if (ruleset === undefined) throw notFound();
  return ruleset;
}

type Stored = Pick<Ruleset, 'name' | 'target' | 'enforcement' | 'bypassActors' | 'conditions' | 'rules'>;

/** What an update leaves out stays as it was. */
function parseRuleset(c: Request, current?: Ruleset): Stored {
  const given = c.get('jsonBody');
  const body = bodyOf(c, current === undefined ? rulesetBody : rulesetBody.partial({ name: true, enforcement: true }));
  for (const rule of body.rules) requireParameters(rule);
  const kept = (name: string): boolean => current !== undefined && !(typeof given === 'object' && given !== null && name in given);
  const parsed: Stored = {
    name: body.name ?? current?.name ?? '',
    target: body.target,
    enforcement: body.enforcement ?? current?.enforcement ?? 'active',
    bypassActors: body.bypass_actors.map((actor) => ({ actorId: actor.actor_id ?? 0, actorType: actor.actor_type, bypassMode: actor.bypass_mode })),
    conditions: body.conditions.ref_name,
    rules: body.rules.map((rule) => (rule.parameters === undefined ? { type: rule.type } : { type: rule.type, parameters: rule.parameters })),
  };
  if (current === undefined) return parsed;
  return {
    ...parsed,
    ...(kept('target') ? { target: current.target } : {}),
    ...(kept('bypass_actors') ? { bypassActors: current.bypassActors } : {}),
    ...(kept('conditions') ? { conditions: current.conditions } : {}),
    ...(kept('rules') ? { rules: current.rules } : {}),
  };
}

function requireParameters(rule: { readonly type: string; readonly parameters?: Readonly<Record<string, unknown>> | undefined }): void {
  try {
    if (rule.type === 'required_status_checks') parseRequiredChecks(rule.parameters);
    if (rule.type === 'pull_request') parsePullRule(rule.parameters);
  } catch (cause) {
    throw new GitHubError(422, `Validation Failed: Invalid parameters for rule ${rule.type}`, { errors: [cause instanceof Error ? cause.message : String(cause)] });
  }
}

const sourceOf = (repository: Repository, { organization }: Ruleset): { readonly source_type: string; readonly source: string } =>
  organization === undefined ? { source_type: 'Repository', source: fullNameOf(repository) } : { source_type: 'Organization', source: organization.login };

function presentSummary(url: string, repository: Repository, ruleset: Ruleset): Record<string, unknown> {
  const id = String(ruleset.id);
  const { organization } = ruleset;
  const self = organization === undefined ? `${repositoryUrl(url, repository)}/rulesets/${id}` : `${url}/orgs/${organization.login}/rulesets/${id}`;
  const page = organization === undefined ? `${repositoryPage(url, repository)}/rules/${id}` : `${url}/organizations/${organization.login}/settings/rules/${id}`;
  return {
    id: ruleset.id,
    name: ruleset.name,
    target: ruleset.target,
    ...sourceOf(repository, ruleset),
    enforcement: ruleset.enforcement,
    node_id: nodeId('RepositoryRuleset', ruleset.id),
    _links: { self: { href: self }, html: { href: page } },
    created_at: toSeconds(ruleset.createdAt),
    updated_at: toSeconds(ruleset.updatedAt),
  };
}

/** Who may bypass is told only to those who may edit the ruleset. */
function presentRuleset(c: Request, url: string, repository: Repository, ruleset: Ruleset): Record<string, unknown> {
  const { include, exclude, organization } = { ...ruleset.conditions, organization: ruleset.organization };
  const mayEdit = organization === undefined ? mayEditOwn(viewerOf(c), repository) : mayEditInherited(viewerOf(c), repository);
  return {
    ...presentSummary(url, repository, ruleset),
    conditions: { ref_name: { include, exclude }, ...(organization === undefined ? {} : { repository_name: { include: organization.include, exclude: organization.exclude } }) },
    rules: ruleset.rules,
    ...(mayEdit ? { bypass_actors: ruleset.bypassActors.map((actor) => ({ actor_id: actor.actorId === 0 ? null : actor.actorId, actor_type: actor.actorType, bypass_mode: actor.bypassMode })) } : {}),
  };
}

function mayEditOwn(viewer: Viewer, repository: Repository): boolean {
  return viewer.kind === 'user' ? roleOf(repository, viewer.user) === 'admin' : 'permissions' in viewer && viewer.permissions['administration'] === 'write';
}

function mayEditInherited(viewer: Viewer, repository: Repository): boolean {
  return viewer.kind === 'user' ? repository.organization?.owners.has(viewer.user.id) === true : 'permissions' in viewer && viewer.permissions['organization_administration'] === 'write';
}

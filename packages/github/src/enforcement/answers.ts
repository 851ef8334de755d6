import * as z from 'zod';
import { id, instant } from '../answers/shared.ts';

/** Shapes of what GitHub answers about what it enforces. Objects are loose: GitHub adds fields; what is used is checked. */
export const repositorySettings = z.looseObject({
  name: z.string(),
  owner: z.looseObject({ login: z.string(), type: z.string() }),
  default_branch: z.string().min(1),
  private: z.boolean(),
  visibility: z.enum(['public', 'private', 'internal']).optional(),
  permissions: z.looseObject({ admin: z.boolean() }).optional(),
});

export const rulesetSummary = z.looseObject({ id });

const actor = z.looseObject({ actor_id: z.int().nullish(), actor_type: z.string(), bypass_mode: z.string().optional() });
const patterns = z.array(z.string());
export const rulesetAnswer = z.looseObject({
  id,
  name: z.string(),
  source_type: z.string().optional(),
  target: z.string().optional(),
  enforcement: z.enum(['active', 'evaluate', 'disabled']),
  conditions: z.looseObject({ ref_name: z.looseObject({ include: patterns.optional(), exclude: patterns.optional() }).optional() }).nullish(),
  rules: z.array(z.looseObject({ type: z.string(), parameters: z.record(z.string(), z.unknown()).optional() })).optional(),
  bypass_actors: z.array(actor).optional(),
});

const reviewer = z.looseObject({ type: z.string(), reviewer: z.looseObject({ id }) });
const protection = z.looseObject({ type: z.string(), wait_timer: z.int().optional(), prevent_self_review: z.boolean().optional(), reviewers: z.array(reviewer).optional() });
export const environmentAnswer = z.looseObject({
  name: z.string().min(1),
  deployment_branch_policy: z.looseObject({ protected_branches: z.boolean(), custom_branch_policies: z.boolean() }).nullish(),
  can_admins_bypass: z.boolean().optional(),
  protection_rules: z.array(protection).optional(),
});
export const environmentsAnswer = z.looseObject({ total_count: z.int(), environments: z.array(environmentAnswer) });

export const branchPolicies = z.looseObject({ total_count: z.int(), branch_policies: z.array(z.looseObject({ id, name: z.string(), type: z.enum(['branch', 'tag']).optional() })) });
export const secretNames = z.looseObject({ total_count: z.int(), secrets: z.array(z.looseObject({ name: z.string() })) });
export const protectionApps = z.looseObject({ custom_deployment_protection_rules: z.array(z.looseObject({ enabled: z.boolean(), app: z.looseObject({ id }) })).optional() });

export const actionsPermissions = z.looseObject({ enabled: z.boolean(), allowed_actions: z.enum(['all', 'local_only', 'selected']).optional(), sha_pinning_required: z.boolean().optional() });
export const tokenPermissions = z.looseObject({ default_workflow_permissions: z.enum(['read', 'write']), can_approve_pull_request_reviews: z.boolean() });
export const immutableReleases = z.looseObject({ enabled: z.boolean() });

export const workflowList = z.looseObject({ total_count: z.int(), workflows: z.array(z.looseObject({ path: z.string(), state: z.string() })) });
export const folder = z.array(z.looseObject({ name: z.string(), path: z.string(), type: z.string() }));

export const ruleSuites = z.array(z.looseObject({ id, actor_name: z.string().nullish(), ref: z.string(), pushed_at: instant, result: z.string() }));

export const appAnswer = z.looseObject({ id, slug: z.string().min(1), permissions: z.record(z.string(), z.string()) });
export const installations = z.looseObject({ installations: z.array(z.looseObject({ app_id: id, app_slug: z.string().min(1), permissions: z.record(z.string(), z.string()) })) });

import { overrideLabel, wantedEnvironments, wantedRulesets } from '@sallyport/pipeline';
import type { WantedEnvironment, WantedRuleset } from '@sallyport/pipeline';
import type { Policy } from '@sallyport/policy';

export type TerraformOptions = { readonly repository: { readonly owner: string; readonly name: string }; readonly policy: Policy; readonly app: number; readonly defaultBranch: string };

type Block = Readonly<Record<string, unknown>>;

/**
 * The lock in Terraform's JSON syntax, for version 6 of the provider integrations/github. What that version has no resource for is not in it: immutable releases, and that actions
 * have to be pinned.
 */
export function terraformOf({ repository, policy, app, defaultBranch }: TerraformOptions): Block {
  const environments = wantedEnvironments(policy, defaultBranch);
  return escapeTemplates({
    terraform: { required_providers: { github: { source: 'integrations/github', version: '~> 6.6' } } },
    provider: { github: { owner: repository.owner } },
    resource: {
      github_repository_ruleset: Object.fromEntries(wantedRulesets(policy, app).map((ruleset, index) => [`sallyport_${index + 1}`, rulesetBlock(repository.name, ruleset)])),
      github_repository_environment: Object.fromEntries(environments.map(({ name }) => [identifier(name), { repository: repository.name, environment: name, can_admins_bypass: false, deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } }])),
      github_repository_environment_deployment_policy: Object.fromEntries(environments.flatMap((environment) => policyBlocks(repository.name, environment))),
      github_workflow_repository_permissions: { sallyport: { repository: repository.name, default_workflow_permissions: 'read', can_approve_pull_request_reviews: false } },
      ...(policy.overrides.length === 0 ? {} : { github_issue_label: { sallyport_override: { repository: repository.name, name: overrideLabel, color: 'b60205', description: 'Asks for a release outside the window' } } }),
    },
  });
}

const policyBlocks = (repository: string, { name, admits }: WantedEnvironment): readonly (readonly [string, Block])[] =>
  admits.map((pattern, index) => [`${identifier(name)}_${index + 1}`, { repository, environment: reference(`github_repository_environment.${identifier(name)}.environment`), ...(pattern.type === 'tag' ? { tag_pattern: pattern.name } : { branch_pattern: pattern.name }) }]);

/** A name that Terraform takes: letters, digits and underscores, and no two environments the same. */
const identifier = (name: string): string => `env_${[...name].map((character) => (/[a-z0-9]/.test(character) ? character : `_${character.codePointAt(0)?.toString(16) ?? ''}_`)).join('')}`;

function rulesetBlock(repository: string, { name, target, include, rules, bypass }: WantedRuleset): Block {
  return {
    repository,
    name,
    target,
    enforcement: 'active',
    conditions: { ref_name: { include, exclude: [] } },
    ...(bypass.length === 0 ? {} : { bypass_actors: bypass.map(({ kind, id, mode }) => ({ actor_id: id, actor_type: kind, bypass_mode: mode })) }),
    rules: Object.assign({}, ...rules.map(ruleBlock)) as Block,
  };
}

/** Terraform has a switch for each simple rule, and a block of other names for each that has parameters. */
function ruleBlock({ type, parameters }: WantedRuleset['rules'][number]): Block {
  switch (type) {
    case 'pull_request': {
      const { require_code_owner_review: codeOwners, require_last_push_approval: lastPush, required_approving_review_count: approvals, required_review_thread_resolution: threads, dismiss_stale_reviews_on_push: stale } = parameters;
      return { pull_request: { required_approving_review_count: approvals, require_code_owner_review: codeOwners, require_last_push_approval: lastPush, required_review_thread_resolution: threads, dismiss_stale_reviews_on_push: stale } };
    }
    case 'required_status_checks': {
      const { strict_required_status_checks_policy: strict, do_not_enforce_on_create: notOnCreate, required_status_checks: checks } = parameters;
      return { required_status_checks: { strict_required_status_checks_policy: strict, do_not_enforce_on_create: notOnCreate, required_check: checks } };
    }
    default:
      return { [type]: true };
  }
}

/** A string that is meant as a reference, while every other is meant as it is written. */
const mark = '\u0000reference:';
const reference = (path: string): string => `${mark}${path}`;

/** `${` and `%{` begin a template in every string of Terraform; doubled, they are themselves. */
function escapeTemplates<T>(value: T): T {
  if (typeof value === 'string') return (value.startsWith(mark) ? `\${${value.slice(mark.length)}}` : value.replaceAll('${', () => '$${').replaceAll('%{', '%%{')) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => escapeTemplates(one)) as T;
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, escapeTemplates<unknown>(one)])) as T;
  return value;
}

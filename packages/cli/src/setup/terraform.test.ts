import { parsePolicy } from '@sallyport/policy';
import { describe, expect, it } from 'vitest';
import { terraformOf } from './terraform.ts';

const parsed = parsePolicy("version: 1\nrepository: acme/shop\nmerge: { tests: [{ check: unit, workflow: .github/workflows/ci.yml }] }\nbuild: { provenance: none }\nenvironments:\n  staging: {}\n  eu-1: { after: { environment: staging } }\n", { file: 'sallyport.yml' });

describe('the lock as Terraform', () => {
  it('has a resource for each ruleset, environment and pattern', () => {
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const { resource } = terraformOf({ repository: { owner: 'acme', name: 'shop' }, policy: parsed.policy, app: 7, defaultBranch: 'main' }) as { readonly resource: Record<string, Record<string, Record<string, unknown>>> };
    expect(Object.keys(resource['github_repository_ruleset'] ?? {})).toHaveLength(5);
    expect(resource['github_repository_ruleset']?.['sallyport_1']).toMatchObject({ target: 'tag', rules: { creation: true }, bypass_actors: [{ actor_id: 7, actor_type: 'Integration', bypass_mode: 'always' }] });
    expect(resource['github_repository_ruleset']?.['sallyport_5']).toMatchObject({ rules: { deletion: true, non_fast_forward: true, required_status_checks: { strict_required_status_checks_policy: true, required_check: [{ context: 'sallyport/merge', integration_id: 7 }] } } });
    expect(resource['github_repository_environment_deployment_policy']).toEqual({
      env_sallyport_1: { repository: 'shop', environment: '${github_repository_environment.env_sallyport.environment}', branch_pattern: 'main' },
      env_staging_1: { repository: 'shop', environment: '${github_repository_environment.env_staging.environment}', tag_pattern: 'promote/staging/*' },
      env_eu_2d_1_1: { repository: 'shop', environment: '${github_repository_environment.env_eu_2d_1.environment}', tag_pattern: 'promote/eu-1/*' },
    });
    expect(resource).not.toHaveProperty('github_issue_label');
  });

  it('takes what looks like a template for the text that it is', () => {
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    expect(JSON.stringify(terraformOf({ repository: { owner: 'acme', name: 'shop' }, policy: parsed.policy, app: 7, defaultBranch: 'v${x}' }))).toContain('"branch_pattern":"v$${x}"');
  });
});

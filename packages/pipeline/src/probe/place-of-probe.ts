import type { EnvironmentPolicy, Policy } from '@sallyport/policy';
import { parseTagName } from '../promotion-tag.ts';

export type ProbingRun = { readonly workflow: string; readonly event: string; readonly ref: string; readonly defaultBranch: string };

/** `deploy`: it is part of how the promotion ends. `why`: why nobody reads it, and what to do. */
export type PlaceOfProbe = { readonly recordedAs: 'probe' | 'deploy' } | { readonly recordedAs: 'nowhere'; readonly why: string };

/** As the gatekeeper reads them (docs/health.md). */
const probing: readonly string[] = ['schedule', 'workflow_dispatch', 'workflow_run'];

/** Where the record takes what this run finds: the gatekeeper reads runs, and only those that the policy names. Null: the policy has no such environment. */
export function placeOfProbe(policy: Policy, environmentName: string, { workflow, event, ref, defaultBranch }: ProbingRun): PlaceOfProbe | null {
  const environment = policy.environments.find(({ name }) => name === environmentName);
  if (environment === undefined) return null;
  const tag = parseTagName(ref);
  if (workflow === environment.workflow && event === 'push' && tag?.environment === environmentName) return { recordedAs: 'deploy' };
  if (workflow !== environment.health?.workflow) return { recordedAs: 'nowhere', why: unnamed(environment, workflow) };
  if (ref !== `refs/heads/${defaultBranch}`) return { recordedAs: 'nowhere', why: `This run is for ${ref}, and only runs on ${defaultBranch} are probes.` };
  if (!probing.includes(event)) return { recordedAs: 'nowhere', why: `This run was started by ${event}, and only ${probing.join(', ')} start probes.` };
  return { recordedAs: 'probe' };
}

function unnamed({ name, health }: EnvironmentPolicy, workflow: string): string {
  const now = health === undefined ? `The policy does not say that ${name} is watched` : `The policy says that ${name} is watched by ${health.workflow}`;
  return `${now}, and this run is of ${workflow}. Write \`health: { workflow: ${workflow}, every: 15m }\` under environments.${name}.`;
}

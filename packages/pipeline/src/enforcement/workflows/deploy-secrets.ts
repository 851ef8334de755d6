import type { Context } from '../context.ts';
import { keeperSecrets } from '../wanted-enforcement.ts';
import { readWorkflow } from './read-workflow.ts';

/** Names of the secrets that deployments use: those that their environments hold, and those that their workflows mention. */
export function deploySecrets({ enforcement: { environments, workflows }, policy }: Context): ReadonlySet<string> {
  const deployed = new Set(policy.environments.map(({ name }) => name));
  const held = environments.state === 'hidden' ? [] : environments.value.flatMap(({ name, secrets }) => (deployed.has(name) && secrets.state === 'seen' ? secrets.value : []));
  const files = new Set(policy.environments.map(({ workflow }) => workflow));
  const texts = workflows.state === 'hidden' ? [] : workflows.value.flatMap(({ path, text }) => (files.has(path) && text !== null ? [readWorkflow(path, text)] : []));
  const mentioned = texts.flatMap((workflow) => workflow?.jobs.flatMap(({ secrets }) => secrets) ?? []);
  const builtIn = new Set(['GITHUB_TOKEN', ...keeperSecrets]);
  return new Set([...held, ...mentioned].filter((name) => !builtIn.has(name)));
}

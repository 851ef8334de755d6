import type { EnvironmentPolicy, Policy } from '@sallyport/policy';
import { InputError } from './input-error.ts';
import { plain } from './render/plain.ts';

/** For a name that the policy does not have; undefined: it has no environment at all. */
export function unknownEnvironment({ environments }: Pick<Policy, 'environments'>, name: string | undefined): InputError {
  return new InputError(name === undefined ? 'The policy has no environment.' : `The policy has no environment "${plain(name)}".`, { next: `Its environments are ${environments.map((environment) => environment.name).join(', ') || 'none'}.` });
}

/** The environment of that name; without one, the last of the policy. Throws InputError where there is none. */
export function chooseEnvironment(policy: Policy, name: string | undefined): EnvironmentPolicy {
  const chosen = name === undefined ? policy.environments.at(-1) : policy.environments.find((environment) => environment.name === name);
  if (chosen === undefined) throw unknownEnvironment(policy, name);
  return chosen;
}

import type { Policy } from '@sallyport/policy';
import { InputError } from './input-error.ts';
import { plain } from './render/plain.ts';

/** For a name that the policy does not have; undefined: it has no environment at all. */
export function unknownEnvironment({ environments }: Pick<Policy, 'environments'>, name: string | undefined): InputError {
  return new InputError(name === undefined ? 'The policy has no environment.' : `The policy has no environment "${plain(name)}".`, { next: `Its environments are ${environments.map((environment) => environment.name).join(', ') || 'none'}.` });
}

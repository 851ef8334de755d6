import { openRequests } from '@sallyport/pipeline';
import type { Desk, LedgerState, OverrideRequest } from '@sallyport/pipeline';
import type { EnvironmentPolicy, OverridePolicy, Policy } from '@sallyport/policy';
import { InputError } from './input-error.ts';
import { plain } from './render/plain.ts';

/** The open override request with this issue number, as the ledger has it. Throws InputError when there is none that can be read. */
export async function findRequest(desk: Pick<Desk, 'listOverrideRequests'>, state: LedgerState, number: number): Promise<OverrideRequest> {
  const { requests, missing } = await openRequests(desk, state);
  const request = requests.find(({ id }) => id === String(number));
  if (request !== undefined) return request;
  const unread = missing === null ? '' : ` Not read: ${plain(missing)}.`;
  const open = requests.map(({ id }) => `#${id}`).join(', ');
  throw new InputError(`#${number} is not an open override request that can be read.${unread}`, { next: open === '' ? 'No request is open; `sallyport override request` opens one.' : `Open requests: ${open}.` });
}

/** The environment and the override rule the policy has for it; null when the policy has none. */
function ruleOf(policy: Policy, environmentName: string): { readonly environment: EnvironmentPolicy; readonly rule: OverridePolicy } | null {
  const environment = policy.environments.find(({ name }) => name === environmentName);
  const rule = policy.overrides.find(({ name }) => name === environment?.override);
  return environment === undefined || rule === undefined ? null : { environment, rule };
}

/** As ruleOf. Throws InputError when the environment does not exist or cannot be overridden. */
export function requireRule(policy: Policy, environmentName: string): { readonly environment: EnvironmentPolicy; readonly rule: OverridePolicy } {
  const found = ruleOf(policy, environmentName);
  if (found !== null) return found;
  const overridable = policy.environments.filter(({ override }) => override !== null).map(({ name }) => name);
  const exists = policy.environments.some(({ name }) => name === environmentName);
  throw new InputError(exists ? `The policy has no override for ${plain(environmentName)}.` : `The policy has no environment "${plain(environmentName)}".`, {
    next: overridable.length === 0 ? 'No environment of the policy can be overridden.' : `Overrides exist for ${overridable.join(', ')}.`,
  });
}

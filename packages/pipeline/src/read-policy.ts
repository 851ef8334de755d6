import { sealPlain } from '@sallyport/gates';
import type { Sealed } from '@sallyport/gates';
import { parsePolicy } from '@sallyport/policy';
import type { Policy, PolicyProblem } from '@sallyport/policy';
import type { PolicySource } from './ports.ts';

export type CurrentPolicy = { readonly sealed: Sealed<Policy>; readonly text: string; readonly commit: string; readonly path: string };

/** No valid policy: nothing can be decided, so nothing is allowed. */
export type PolicyMissing = { readonly state: 'policy-missing' | 'policy-invalid'; readonly path: string; readonly commit: string; readonly problems: readonly PolicyProblem[] };

export type PolicyReading = { readonly state: 'valid'; readonly current: CurrentPolicy } | PolicyMissing;

/** Reads and parses the policy of the default branch (L6). */
export async function readPolicy(source: PolicySource): Promise<PolicyReading> {
  const { commit, path, text } = await source.readPolicyFile();
  if (text === null) return { state: 'policy-missing', path, commit, problems: [] };
  const parsed = parsePolicy(text, { file: path });
  if (!parsed.ok) return { state: 'policy-invalid', path, commit, problems: parsed.problems };
  return { state: 'valid', current: { sealed: sealPlain(parsed.policy), text, commit, path } };
}

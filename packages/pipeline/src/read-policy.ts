import { sealPlain } from '@sallyport/gates';
import type { Sealed } from '@sallyport/gates';
import { parsePolicy } from '@sallyport/policy';
import type { Policy, PolicyProblem } from '@sallyport/policy';
import { holidayProblems, zoneProblems } from './policy-places.ts';
import type { PolicySource } from './ports.ts';

export type CurrentPolicy = { readonly sealed: Sealed<Policy>; readonly text: string; readonly path: string };

/** No valid policy: nothing can be decided, so nothing is allowed. */
export type PolicyMissing = { readonly state: 'policy-missing' | 'policy-invalid'; readonly path: string; readonly problems: readonly PolicyProblem[] };

export type PolicyReading = { readonly state: 'valid'; readonly current: CurrentPolicy } | PolicyMissing;

/** Reads and parses the policy of the default branch (L6). Also a zone or a place that nobody knows makes it invalid (W02). */
export async function readPolicy(source: Pick<PolicySource, 'readPolicyFile'>): Promise<PolicyReading> {
  const { path, text } = await source.readPolicyFile();
  if (text === null) return { state: 'policy-missing', path, problems: [] };
  const parsed = parsePolicy(text, { file: path });
  if (!parsed.ok) return { state: 'policy-invalid', path, problems: parsed.problems };
  const unknown = [...zoneProblems(parsed.policy, text), ...(await holidayProblems(parsed.policy, text))];
  if (unknown.length > 0) return { state: 'policy-invalid', path, problems: [...parsed.problems, ...unknown] };
  return { state: 'valid', current: { sealed: sealPlain(parsed.policy), text, path } };
}

/** Says what is wrong and what does not happen because of it: `consequence` as in "nothing may merge". */
export function explainMissing({ state, path }: Pick<PolicyMissing, 'state' | 'path'>, consequence: string): string {
  const [wrong, next] = state === 'policy-missing' ? [`There is no ${path} on the default branch`, 'Add one'] : [`${path} on the default branch is not a valid policy`, 'Mend it'];
  return `${wrong}, so ${consequence}. ${next}; \`sallyport policy check\` says what is wrong with it.`;
}

/** Every error of a policy file with its place: `path:line:column: message`. */
export const policyErrors = ({ path, problems }: Pick<PolicyMissing, 'path' | 'problems'>): readonly string[] =>
  problems.filter(({ severity }) => severity === 'error').map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`);

import type { PolicyProblem } from './policy-problem.ts';

export type PolicyPath = readonly (string | number)[];

/** A problem that has a place in the document but not yet in the text. */
export type PlacedProblem = Omit<PolicyProblem, 'line' | 'column'> & { readonly aim: 'key' | 'value' };

const MAX_SHOWN = 60;

/** A path the way people write it: `merge.tests[0].check`. */
export function renderPath(path: PolicyPath): string {
  if (path.length === 0) return 'The policy';
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

/** A value from the file, short and on one line, for use in a message. */
export function renderValue(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a group of fields';
  if (typeof value === 'number') return String(value);
  const written = JSON.stringify(value) ?? typeof value;
  return written.length > MAX_SHOWN ? `${written.slice(0, MAX_SHOWN)}…"` : written;
}

/** `"a", "b" or "c"`. */
export function renderChoice(choices: readonly string[]): string {
  const quoted = choices.map((choice) => JSON.stringify(choice));
  const last = quoted.at(-1) ?? '';
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(', ')} or ${last}`;
}

/** `Did you mean "a"?` with a leading space, or nothing. */
export function renderNearest(nearest: string | undefined): string {
  return nearest === undefined ? '' : ` Did you mean ${JSON.stringify(nearest)}?`;
}

import type { PolicyProblem } from './policy-problem.ts';

export type PolicyPath = readonly (string | number)[];

/** A problem that has a place in the document but not yet in the text. */
export type PlacedProblem = Omit<PolicyProblem, 'line' | 'column'> & { readonly aim: 'key' | 'value' };

const MAX_SHOWN = 60;

/** Text from the file in quotes, short and on one line: it may end up in a log where a line can be a command. */
export function quote(text: string): string {
  const short = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
  return JSON.stringify(short).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, escaped);
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** A path the way people write it: `merge.tests[0].check`. */
export function renderPath(path: PolicyPath): string {
  if (path.length === 0) return 'The policy';
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${renderName(step)}`)).join('');
}

/** A name as it stands, or in quotes when it is not one the policy would accept. */
export function renderName(name: string): string {
  return /^[A-Za-z0-9_-]{1,63}$/.test(name) ? name : quote(name);
}

/** A value from the file, short and on one line, for use in a message. */
export function renderValue(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
      return 'a group of fields';
  }
}

/** `"a", "b" or "c"`. */
export function renderChoice(choices: readonly string[]): string {
  const quoted = choices.map(quote);
  const last = quoted.at(-1) ?? '';
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(', ')} or ${last}`;
}

/** `Did you mean "a"?` with a leading space, or nothing. */
export function renderNearest(nearest: string | undefined): string {
  return nearest === undefined ? '' : ` Did you mean ${quote(nearest)}?`;
}

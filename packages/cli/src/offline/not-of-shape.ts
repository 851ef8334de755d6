import type * as z from 'zod';
import { InputError } from '../input-error.ts';
import { plain } from '../render/plain.ts';

/** At most this many problems of a document are listed. */
const shownProblems = 20;

export type Problem = { readonly path: string; readonly message: string };

/** A document that is not what it was given for, with every fault and its place. */
export const notOfShape = (error: z.core.$ZodError, name: string, what: string): InputError => refuse(error.issues.flatMap(flatten).map(({ path, message }) => ({ path: path.map(String).join('.'), message })), name, what);

export function refuse(problems: readonly Problem[], name: string, what: string): InputError {
  const lines = problems.slice(0, shownProblems).map(({ path, message }) => `  ${plain(path === '' ? 'the whole' : path)}: ${plain(sayMissing(message))}`);
  const more = problems.length > shownProblems ? [`  and ${problems.length - shownProblems} more`] : [];
  return new InputError(`${name} does not have the shape of ${what}, so nothing is decided on it:\n${[...lines, ...more].join('\n')}`, {
    next: 'Missing parts are not taken for no, and parts nobody knows are not passed over. Take the document as `--json` prints it.',
  });
}

/** What is not there has no type to speak of. */
const sayMissing = (message: string): string => message.replace(/^Invalid input: expected (.+), received undefined$/, 'it is missing; it must be $1');

/** A union says only that nothing fitted; what fitted best says why. */
function flatten(issue: z.core.$ZodIssue): readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const nearest = [...issue.errors].sort((one, other) => one.length - other.length)[0] ?? [];
  return nearest.flatMap(flatten).map(({ path, message }) => ({ path: [...issue.path, ...path], message }));
}

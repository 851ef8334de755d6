import { sealPlain } from '@sallyport/gates';
import type { Sealed } from '@sallyport/gates';
import { holidayProblems, zoneProblems } from '@sallyport/pipeline';
import { parsePolicy } from '@sallyport/policy';
import type { Policy, PolicyProblem } from '@sallyport/policy';
import { InputError } from './input-error.ts';
import type { Io } from './io.ts';
import { readTextFile } from './read-file.ts';
import { problemLine } from './render/policy-problems.ts';

export const defaultPolicyFile = '.github/sallyport.yml';

export type PolicyFile = { readonly sealed: Sealed<Policy>; readonly text: string; readonly problems: readonly PolicyProblem[] };

/** Reads a valid policy from a file. Throws InputError with every problem when it is not one. */
export async function readPolicyFile(io: Pick<Io, 'cwd' | 'readStdin'>, path: string): Promise<PolicyFile> {
  const read = parsePolicyText(await readTextFile(io, path, 'policy file'), path);
  const errors = await holidayProblems(read.sealed.value, read.text);
  if (errors.length > 0) throw invalidPolicy(path, errors);
  return read;
}

/** As readPolicyFile, for text that is there already; `name` is used in messages. */
export function parsePolicyText(text: string, name: string): PolicyFile {
  const parsed = parsePolicy(text, { file: name });
  const problems = parsed.ok ? [...parsed.problems, ...zoneProblems(parsed.policy, text)] : parsed.problems;
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (!parsed.ok || errors.length > 0) throw invalidPolicy(name, errors);
  return { sealed: sealPlain(parsed.policy), text, problems };
}

export function invalidPolicy(name: string, errors: readonly PolicyProblem[]): InputError {
  return new InputError(`The policy ${name} is not valid, so nothing is decided by it:\n${errors.map((problem) => problemLine(name, problem)).join('\n')}`, {
    next: 'Correct these and run `sallyport policy check`.',
  });
}

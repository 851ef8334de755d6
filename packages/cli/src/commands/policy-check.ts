import { holidayProblems, zoneProblems } from '@sallyport/pipeline';
import { parsePolicy } from '@sallyport/policy';
import type { PolicyProblem } from '@sallyport/policy';
import type { ExitCode, Io } from '../io.ts';
import { defaultPolicyFile } from '../policy-file.ts';
import { readTextFile } from '../read-file.ts';
import { problemLine } from '../render/policy-problems.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';

export type PolicyCheckOptions = { readonly json?: boolean };

/** Reports every problem of a policy file. 0 valid (warnings included), 2 not valid. */
export async function policyCheck(io: Io, file: string | undefined, { json }: PolicyCheckOptions): Promise<ExitCode> {
  const path = file ?? defaultPolicyFile;
  const text = await readTextFile(io, path, 'policy file');
  const parsed = parsePolicy(text, { file: path });
  const problems = parsed.ok ? [...parsed.problems, ...zoneProblems(parsed.policy, text), ...(await holidayProblems(parsed.policy, text))] : parsed.problems;
  const valid = problems.every(({ severity }) => severity !== 'error') && parsed.ok;
  if (json === true) io.stdout(`${JSON.stringify({ schema: 1, file: path, valid, problems })}\n`);
  else io.stdout(`${[...problems.map((problem) => problemLine(path, problem)), verdict(path, problems, valid, io)].join('\n')}\n`);
  return valid ? 0 : 2;
}

function verdict(path: string, problems: readonly PolicyProblem[], valid: boolean, { colors }: Io): string {
  const count = (severity: PolicyProblem['severity']): number => problems.filter((problem) => problem.severity === severity).length;
  const counts = [counted(count('error'), 'error'), counted(count('warning'), 'warning')].filter((part) => part !== null);
  return `${valid ? colors.green('✓') : colors.red('✗')} ${path} is ${valid ? 'valid' : 'not valid'}${counts.length === 0 ? '' : `: ${counts.join(', ')}`}.`;
}

const counted = (number: number, what: string): string | null => (number === 0 ? null : `${number} ${what}${number === 1 ? '' : 's'}`);

export const registerPolicyCheck: Register = (parent, run) => {
  const command = parent.command('check').argument('[file]', `the policy; - reads standard input (default: ${defaultPolicyFile})`).option('--json', 'print JSON').summary('every problem of a policy file').description('Reports every problem of a policy file with its line and column: exit status 0 valid, 2 not.');
  withExamples(command, 'sallyport policy check', 'sallyport policy check path/to/sallyport.yml --json').action((file: string | undefined, options: PolicyCheckOptions) => run((io) => policyCheck(io, file, options)));
};

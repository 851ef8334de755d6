import { policyJsonSchema } from '@sallyport/policy';
import type { ExitCode, Io } from '../io.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';

/** Prints the JSON Schema of the policy file. */
export async function policySchema(io: Io): Promise<ExitCode> {
  io.stdout(`${JSON.stringify(policyJsonSchema(), null, 2)}\n`);
  return 0;
}

export const registerPolicySchema: Register = (parent, run) => {
  const command = parent.command('schema').summary('the JSON Schema of the policy file').description('Prints the JSON Schema of the policy file, for editors.');
  withExamples(command, 'sallyport policy schema > sallyport.schema.json').action(() => run(policySchema));
};

import { decisionJsonSchema, factsJsonSchema } from '@sallyport/gates';
import type { Decision } from '@sallyport/gates';
import { evidenceJsonSchema } from '@sallyport/pipeline';
import { InputError } from '../input-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { plain } from '../render/plain.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';

const gates: readonly Decision['gate'][] = ['merge', 'stage', 'release', 'override'];

/** Prints the JSON Schema of the facts documents of one gate. */
export async function schemaFacts(io: Io, gate: string): Promise<ExitCode> {
  const known = gates.find((name) => name === gate);
  if (known === undefined) throw new InputError(`There is no gate "${plain(gate)}".`, { next: `The gates are ${gates.join(', ')}.` });
  io.stdout(`${JSON.stringify(factsJsonSchema(known), null, 2)}\n`);
  return 0;
}

/** Prints the JSON Schema of decisions. */
export async function schemaDecision(io: Io): Promise<ExitCode> {
  io.stdout(`${JSON.stringify(decisionJsonSchema(), null, 2)}\n`);
  return 0;
}

/** Prints the JSON Schema of evidence reports. */
export async function schemaEvidence(io: Io): Promise<ExitCode> {
  io.stdout(`${JSON.stringify(evidenceJsonSchema(), null, 2)}\n`);
  return 0;
}

export const registerSchemaFacts: Register = (parent, run) => {
  const command = parent.command('facts').argument('[gate]', gates.join(', '), 'merge').summary('the JSON Schema of the facts a gate looks at').description('Prints the JSON Schema (draft 2020-12) of facts documents, for whoever gathers facts without Sallyport.');
  withExamples(command, 'sallyport schema facts merge > merge-facts.schema.json').action((gate: string) => run((io) => schemaFacts(io, gate)));
};

export const registerSchemaDecision: Register = (parent, run) => {
  const command = parent.command('decision').summary('the JSON Schema of decisions').description('Prints the JSON Schema (draft 2020-12) of what `sallyport gate … --json` prints.');
  withExamples(command, 'sallyport schema decision > decision.schema.json').action(() => run(schemaDecision));
};

export const registerSchemaEvidence: Register = (parent, run) => {
  const command = parent.command('evidence').summary('the JSON Schema of evidence reports').description('Prints the JSON Schema (draft 2020-12) of what `sallyport evidence --format json` writes.');
  withExamples(command, 'sallyport schema evidence > evidence.schema.json').action(() => run(schemaEvidence));
};

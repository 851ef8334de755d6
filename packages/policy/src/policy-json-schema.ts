import * as z from 'zod';
import { policyFileSchema } from './policy-schema.ts';

/** The JSON Schema (2020-12) of the policy file for editors, made from the definition the parser itself uses. */
export function policyJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(policyFileSchema, { io: 'input', target: 'draft-2020-12' });
  return {
    $schema,
    $id: 'urn:sallyport:policy:1',
    title: 'Sallyport policy',
    description: 'What a change needs to be merged, staged and released. Kept in .github/sallyport.yml on the protected branch.',
    ...schema,
  };
}

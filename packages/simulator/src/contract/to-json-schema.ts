import type { Schema } from './description.ts';

const namesBelow = new Set(['properties', 'schemas']);

/**
 * Turns OpenAPI 3.0's `nullable` into JSON schema, everywhere below `node`.
 *
 * GitHub writes `nullable: true` also beside `$ref`, `allOf` and `anyOf` and without any `type` (pull request commits, rulesets,
 * compare, timeline). OpenAPI gives that no meaning and ajv refuses it; GitHub plainly means "or null", so that is what it becomes.
 */
export function toJsonSchema<T>(node: T): T {
  return convert(node, false) as T;
}

function convert(node: unknown, keysAreNames: boolean): unknown {
  if (Array.isArray(node)) return node.map((item) => convert(item, false));
  if (node === null || typeof node !== 'object') return node;
  const converted = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, key === 'enum' || key === 'required' ? value : convert(value, !keysAreNames && namesBelow.has(key))]),
  );
  if (keysAreNames || !('nullable' in converted)) return converted;
  const { nullable, ...schema } = converted;
  return nullable === true ? orNull(schema) : schema;
}

function orNull(schema: Schema): Schema {
  if (typeof schema['type'] !== 'string') return { anyOf: [{ type: 'null' }, schema] };
  const choices = schema['enum'];
  const known = Array.isArray(choices) && !choices.includes(null) ? { enum: [...(choices as unknown[]), null] } : {};
  return { ...schema, ...known, type: [schema['type'], 'null'] };
}

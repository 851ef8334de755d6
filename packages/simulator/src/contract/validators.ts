import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { Description, Schema } from './description.ts';
import type { Finding } from './mismatch.ts';
import { toJsonSchema } from './to-json-schema.ts';
import { findUndescribed } from './undescribed.ts';

export type Validators = {
  /** Compares a body; `key` names the schema for the cache. */
  body(key: string, schema: Schema, value: unknown, direction: Finding['direction']): readonly Finding[];
  /** Compares parameters from path or query, which arrive as text. */
  parameters(key: string, place: 'path' | 'query', schema: Schema, values: Readonly<Record<string, string>>): readonly Finding[];
};

/** Schemas are compiled when first needed: all of them together take seconds. */
export function createValidators(description: Description): Validators {
  const components = toJsonSchema({ schemas: description.components.schemas }).schemas as Record<string, Schema>;
  const root = { $id: rootId, components: { schemas: absolute(components) as Record<string, Schema> } };
  const bodies = createAjv(root, false);
  const texts = createAjv(root, true);
  const cache = new Map<string, { readonly schema: Schema; readonly validate: ValidateFunction }>();
  const compile = (ajv: Ajv, key: string, schema: Schema) => {
    const known = cache.get(key);
    if (known !== undefined) return known;
    const ready = absolute(toJsonSchema(schema)) as Schema;
    const compiled = { schema: ready, validate: ajv.compile(ready) };
    cache.set(key, compiled);
    return compiled;
  };
  const resolve = (reference: string): Schema => {
    const found = root.components.schemas[reference.slice(`${rootId}#/components/schemas/`.length)];
    if (found === undefined) throw new Error(`The extract of GitHub's description has no ${reference}. Make it again with scripts/extract-openapi.mjs.`);
    return found;
  };
  return {
    body: (key, schema, value, direction) => {
      const { schema: ready, validate } = compile(bodies, key, schema);
      const wrong = validate(value) ? [] : (validate.errors ?? []).map((error) => ({ direction, instancePath: error.instancePath, message: sentence(error), value: at(value, error.instancePath) }));
      const invented = findUndescribed(ready, value, resolve).map((pointer) => ({ direction, instancePath: pointer, message: 'is not in the description', value: at(value, pointer) }));
      return [...wrong, ...invented];
    },
    parameters: (key, place, schema, values) => {
      const { validate } = compile(texts, key, schema);
      if (validate({ ...values })) return [];
      return (validate.errors ?? []).map((error) => ({ direction: 'request', instancePath: `${place}${error.instancePath}`, message: sentence(error), value: values }));
    },
  };
}

const rootId = 'github';

function createAjv(root: object, coerce: boolean): Ajv {
  // The formats GitHub invented (`repo.nwo`, `timestamp`) say nothing to ajv; without a logger it passes over them.
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, coerceTypes: coerce ? 'array' : false });
  formats.default(ajv);
  ajv.addSchema(root);
  return ajv;
}

/** Makes references point into the one document that holds all components. */
function absolute(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(absolute);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, key === '$ref' && typeof value === 'string' && value.startsWith('#') ? `${rootId}${value}` : absolute(value)]),
  );
}

function sentence(error: ErrorObject): string {
  const allowed = (error.params as { allowedValues?: unknown[] }).allowedValues;
  return `${error.message ?? error.keyword}${allowed === undefined ? '' : ` (${allowed.join(', ')})`}`;
}

function at(value: unknown, pointer: string): unknown {
  const parts = pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return parts.reduce<unknown>((node, part) => (node !== null && typeof node === 'object' ? (node as Record<string, unknown>)[part] : undefined), value);
}

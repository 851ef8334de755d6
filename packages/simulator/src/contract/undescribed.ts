import type { Schema } from './description.ts';

/**
 * The pointers of all properties in `value` that `schema` does not mention.
 *
 * GitHub's schemas are open: an invented property passes validation, and the product could come to rely on it. So every object is
 * compared with all properties that any branch of its schema names. An object whose schema names none is free-form.
 */
export function findUndescribed(schema: Schema, value: unknown, resolve: (reference: string) => Schema, pointer = ''): readonly string[] {
  return walk([schema], value, resolve, pointer);
}

function walk(schemas: readonly Schema[], value: unknown, resolve: (reference: string) => Schema, pointer: string): readonly string[] {
  if (value === null || typeof value !== 'object') return [];
  const branches = schemas.flatMap((schema) => flatten(schema, resolve, new Set()));
  if (Array.isArray(value)) {
    const items = branches.map((branch) => branch['items']).filter(isSchema);
    return items.length === 0 ? [] : value.flatMap((item, index) => walk(items, item, resolve, `${pointer}/${index}`));
  }
  return Object.entries(value).flatMap(([name, below]) => walkProperty(branches, name, below, resolve, `${pointer}/${name}`));
}

function walkProperty(branches: readonly Schema[], name: string, value: unknown, resolve: (reference: string) => Schema, pointer: string): readonly string[] {
  const named = branches.map((branch) => propertyOf(branch, name)).filter(isSchema);
  const others = branches.map((branch) => branch['additionalProperties']).filter(isSchema);
  if (named.length > 0 || others.length > 0) return walk(named.length > 0 ? named : others, value, resolve, pointer);
  const freeForm = branches.every((branch) => Object.keys(propertiesOf(branch)).length === 0) || branches.some((branch) => branch['additionalProperties'] === true);
  return freeForm ? [] : [pointer];
}

/** The schema itself and whatever it is composed of. */
function flatten(schema: Schema, resolve: (reference: string) => Schema, seen: Set<string>): readonly Schema[] {
  const reference = schema['$ref'];
  if (typeof reference === 'string') {
    if (seen.has(reference)) return [];
    return flatten(resolve(reference), resolve, new Set([...seen, reference]));
  }
  const parts = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => (Array.isArray(schema[keyword]) ? (schema[keyword] as unknown[]) : [])).filter(isSchema);
  return [schema, ...parts.flatMap((part) => flatten(part, resolve, seen))];
}

function propertiesOf(schema: Schema): Readonly<Record<string, unknown>> {
  const properties = schema['properties'];
  return isSchema(properties) ? properties : {};
}

function propertyOf(schema: Schema, name: string): unknown {
  const properties = propertiesOf(schema);
  return Object.hasOwn(properties, name) ? properties[name] : undefined;
}

function isSchema(value: unknown): value is Schema {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

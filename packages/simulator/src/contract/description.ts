import extract from '../generated/github-openapi.json' with { type: 'json' };

/** A JSON schema in the dialect of OpenAPI 3.0, or what `toJsonSchema` made of it. */
export type Schema = { readonly [keyword: string]: unknown };
type Reference = { readonly $ref: string };
export type Parameter = {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
};
type MediaTypes = Readonly<Record<string, { readonly schema?: Schema }>>;
export type Response = { readonly content?: MediaTypes };

export type Operation = {
  readonly method: string;
  /** With parameters in braces, e.g. `/repos/{owner}/{repo}`. */
  readonly path: string;
  readonly parameters: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly required?: boolean; readonly content?: MediaTypes };
  readonly responses: Readonly<Record<string, Response | Reference>>;
};

/** What `scripts/extract-openapi.mjs` kept of GitHub's description. */
export type Description = {
  readonly source: { readonly package: string; readonly version: string; readonly licence: string; readonly openapi: string };
  readonly operations: Readonly<Record<string, Operation>>;
  readonly components: Readonly<Record<'headers' | 'parameters' | 'responses' | 'schemas', Readonly<Record<string, unknown>>>>;
};

export const githubDescription = extract as unknown as Description;

/** The ids of the operations the simulator serves. */
export const githubOperations: readonly string[] = Object.keys(githubDescription.operations);

/** Follows a local reference, one step. Throws when it leads nowhere: then the extract is broken. */
export function dereference<T extends object>(description: Description, node: T | Reference): T {
  if (!('$ref' in node) || typeof node.$ref !== 'string') return node as T;
  const [, section, kind, name] = node.$ref.split('/');
  const group = section === 'components' ? (description.components as Record<string, Record<string, unknown>>)[kind ?? ''] : undefined;
  const found = group?.[name ?? ''];
  if (found === undefined) throw new Error(`The extract of GitHub's description has no ${node.$ref}. Make it again with scripts/extract-openapi.mjs.`);
  return found as T;
}

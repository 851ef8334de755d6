// Keeps of GitHub's OpenAPI description only what the simulator serves, without its prose.
//
//   node scripts/extract-openapi.mjs            fetches the package into a temporary folder, and only the one file from it
//   node scripts/extract-openapi.mjs FILE       reads a description that is there already
//
// The package is 385 MB unpacked, which is why it is no dependency of this project. The same input gives the same bytes.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { $, tmpdir, within } from 'zx';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const operationsFile = join(root, 'packages/simulator/src/contract/operations.json');
const outputFile = join(root, 'packages/simulator/src/generated/github-openapi.json');

/** Says nothing about what is valid. */
const prose = new Set(['description', 'summary', 'example', 'examples', 'title', 'externalDocs', 'tags', 'deprecated', 'default', 'contentMediaType']);
/** Below these keys the keys are names that GitHub chose, not words of the schema language. */
const namesBelow = new Set(['properties', 'patternProperties', 'schemas', 'responses', 'parameters', 'headers', 'content', 'requestBodies']);
/** Below these keys are values, to be kept as they are. */
const valuesBelow = new Set(['enum', 'const', 'required']);

/** @param {unknown} node @param {boolean} keysAreNames @returns {unknown} */
function withoutProse(node, keysAreNames = false) {
  if (Array.isArray(node)) return node.map((item) => withoutProse(item));
  if (node === null || typeof node !== 'object') return node;
  const kept = Object.entries(node).filter(([key]) => keysAreNames || !(prose.has(key) || key.startsWith('x-')));
  return Object.fromEntries(kept.map(([key, value]) => {
    if (!keysAreNames && valuesBelow.has(key)) return [key, value];
    return [key, withoutProse(value, !keysAreNames && namesBelow.has(key) && !Array.isArray(value))];
  }));
}

/** @param {unknown} node @param {Set<string>} found every `$ref` below `node` is added */
function collectReferences(node, found) {
  if (Array.isArray(node)) node.forEach((item) => collectReferences(item, found));
  else if (node !== null && typeof node === 'object') {
    for (const [key, value] of Object.entries(node)) {
      if (key === '$ref' && typeof value === 'string') found.add(value);
      else collectReferences(value, found);
    }
  }
}

/** @param {unknown} document @param {string} reference a local JSON pointer, `#/…` */
function resolve(document, reference) {
  return reference.slice(2).split('/').reduce((node, part) => node?.[part.replaceAll('~1', '/').replaceAll('~0', '~')], document);
}

/** @param {string[]} operationIds */
function readOperations(description, operationIds) {
  const wanted = new Set(operationIds);
  const operations = {};
  for (const [path, item] of Object.entries(description.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      if (!wanted.delete(operation.operationId)) continue;
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
      operations[operation.operationId] = {
        method: method.toUpperCase(),
        path,
        ...withoutProse({ parameters, requestBody: operation.requestBody, responses: operation.responses }),
      };
    }
  }
  if (wanted.size > 0) throw new Error(`Not in the description: ${[...wanted].join(', ')}. Correct ${operationsFile}.`);
  return Object.fromEntries(Object.entries(operations).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Components that the operations, or other kept components, refer to. */
function readComponents(description, operations) {
  const references = new Set();
  collectReferences(operations, references);
  // A Set iterates over what is added meanwhile, so this reaches everything.
  for (const reference of references) collectReferences(withoutProse(resolve(description, reference)), references);
  const components = {};
  for (const reference of [...references].sort()) {
    const [, , kind, name] = reference.split('/');
    (components[kind] ??= {})[name] = withoutProse(resolve(description, reference));
  }
  return components;
}

const pinnedPackage = '@octokit/openapi@23.0.2';

/** @returns {Promise<string>} the description's file, unpacked from the published package */
async function fetchDescription() {
  const folder = tmpdir();
  return within(async () => {
    $.cwd = folder;
    await $`npm pack ${pinnedPackage} --silent`;
    await $`tar -xzf ${(await $`ls`).stdout.trim()} package/generated/api.github.com.json`;
    return join(folder, 'package/generated/api.github.com.json');
  });
}

const source = process.argv[2] ?? (await fetchDescription());
const description = JSON.parse(readFileSync(source, 'utf8'));
const operations = readOperations(description, JSON.parse(readFileSync(operationsFile, 'utf8')));
const extract = {
  source: { package: '@octokit/openapi', version: description.info.version, licence: description.info.license.name, openapi: description.openapi },
  operations,
  components: readComponents(description, operations),
};
writeFileSync(outputFile, `${JSON.stringify(extract)}\n`);
console.log(`${Object.keys(operations).length} operations, ${Object.keys(extract.components.schemas).length} schemas, ${Math.round(JSON.stringify(extract).length / 1024)} KiB`);

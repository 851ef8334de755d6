import type { Description, Operation } from './description.ts';

export type FoundOperation = {
  readonly operationId: string;
  readonly operation: Operation;
  /** Decoded values of the parameters in the path. */
  readonly pathParameters: Readonly<Record<string, string>>;
};

type Template = { readonly operationId: string; readonly operation: Operation; readonly pattern: RegExp; readonly names: readonly string[]; readonly literalLength: number };

/** Their values hold slashes: branches, tags, files. */
const spanning = new Set(['path', 'ref', 'branch', 'tag', 'basehead']);

/**
 * Finds the operation that GitHub's description has for a method and path; null when it has none.
 * Uploads go to a host of their own at GitHub; here they carry the prefix `/uploads`.
 */
export function createOperationFinder(description: Description): (method: string, path: string) => FoundOperation | null {
  const templates = Object.entries(description.operations).map(([operationId, operation]) => toTemplate(operationId, operation));
  // The most literal template wins: `/releases/tags/{tag}` before `/releases/{release_id}`.
  templates.sort((a, b) => b.literalLength - a.literalLength);
  return (method, path) => {
    const bare = path.replace(/^\/uploads(?=\/)/, '');
    for (const { operationId, operation, pattern, names } of templates) {
      if (operation.method !== method.toUpperCase()) continue;
      const match = pattern.exec(bare);
      if (match === null) continue;
      return { operationId, operation, pathParameters: Object.fromEntries(names.map((name, index) => [name, decode(match[index + 1] ?? '')])) };
    }
    return null;
  };
}

function toTemplate(operationId: string, operation: Operation): Template {
  const names: string[] = [];
  const pattern = operation.path
    .split(/(\{[^}]+\})/)
    .map((part) => {
      if (!part.startsWith('{')) return part.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
      const name = part.slice(1, -1);
      names.push(name);
      return spanning.has(name) ? '(.+)' : '([^/]+)';
    })
    .join('')
    // The root folder's contents have no path; GitHub serves them with and without the slash.
    .replace(/\/\(\.\+\)$/, operation.path.endsWith('/{path}') ? '(?:/(.*))?' : '/(.+)');
  const literalLength = operation.path.replace(/\{[^}]+\}/g, '').length;
  // eslint-disable-next-line security/detect-non-literal-regexp -- built from the committed extract, special characters escaped
  return { operationId, operation, pattern: new RegExp(`^${pattern}$`), names, literalLength };
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

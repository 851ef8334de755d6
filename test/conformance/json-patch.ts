/** The operations of RFC 6902 that scenarios use; values are put in, taken out or replaced at a JSON Pointer. */
export type Operation = { readonly op: 'add' | 'replace'; readonly path: string; readonly value: unknown } | { readonly op: 'remove'; readonly path: string };

/** Applies `operations` in order to a copy of `document`. Throws when a path leads nowhere or an operation is none of ours. */
export function applyPatch(document: unknown, operations: readonly Operation[]): unknown {
  const root = { document: structuredClone(document) };
  // What one operation puts in, the next may change: never in the operations themselves.
  for (const operation of structuredClone(operations)) applyOne(root, operation);
  return root.document;
}

function applyOne(root: { document: unknown }, operation: Operation): void {
  const names = ['document', ...operation.path.split('/').slice(1).map(unescaped)];
  const last = names.pop() ?? '';
  const parent = names.reduce<unknown>((node, name) => childOf(node, name, operation.path), root);
  if (Array.isArray(parent)) changeList(parent, last, operation);
  else changeObject(parent, last, operation);
}

const unescaped = (name: string): string => name.replaceAll('~1', '/').replaceAll('~0', '~');

function childOf(node: unknown, name: string, path: string): unknown {
  if (typeof node === 'object' && node !== null && Object.hasOwn(node, name)) return (node as Record<string, unknown>)[name];
  throw new Error(`${path}: there is no ${name}`);
}

function changeList(list: unknown[], name: string, operation: Operation): void {
  const index = name === '-' && operation.op === 'add' ? list.length : Number(name);
  const limit = operation.op === 'add' ? list.length : list.length - 1;
  if (!Number.isInteger(index) || index < 0 || index > limit) throw new Error(`${operation.path}: the list has no place ${name}`);
  switch (operation.op) {
    case 'add':
      list.splice(index, 0, operation.value);
      return;
    case 'replace':
      list[index] = operation.value;
      return;
    case 'remove':
      list.splice(index, 1);
      return;
    default:
      operation satisfies never;
      throw new Error(`${JSON.stringify(operation)}: scenarios only add, replace and remove`);
  }
}

function changeObject(node: unknown, name: string, operation: Operation): void {
  if (operation.op !== 'add') childOf(node, name, operation.path);
  if (typeof node !== 'object' || node === null) throw new Error(`${operation.path}: nothing can be put there`);
  if (operation.op === 'remove') Reflect.deleteProperty(node, name);
  else (node as Record<string, unknown>)[name] = operation.value;
}

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** For each bundle that a runner starts, how much it may load: its own file and every chunk that it can come to, in bytes. */
export type BundleSizes = Readonly<Record<string, number>>;

const imports = /(?:from|import)\s*\(?\s*"\.\/([\w.-]+\.mjs)"/g;

/** Measures the bundles in a folder. What no other bundle imports is one that is started. */
export function measureBundles(folder: string): BundleSizes {
  const texts = new Map(readdirSync(folder).filter((name) => name.endsWith('.mjs')).sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const));
  const importsOf = new Map([...texts].map(([name, text]) => [name, [...text.matchAll(imports)].map(([, other = '']) => other)] as const));
  const imported = new Set([...importsOf.values()].flat());
  const started = [...texts.keys()].filter((name) => !imported.has(name));
  return Object.fromEntries(started.map((name) => [name.replace(/\.mjs$/, ''), [...reach(name, importsOf)].reduce((sum, one) => sum + Buffer.byteLength(texts.get(one) ?? ''), 0)]));
}

function reach(from: string, importsOf: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set([from]);
  for (const name of reached) for (const other of importsOf.get(name) ?? []) reached.add(other);
  return reached;
}

/** What is more than a twentieth over its budget, or has none, or is gone; none: all is well. */
export function overBudget(measured: BundleSizes, budget: BundleSizes): readonly string[] {
  const names = [...new Set([...Object.keys(measured), ...Object.keys(budget)])].sort();
  return names.flatMap((name) => {
    const [size, allowed] = [measured[name], budget[name]];
    if (size === undefined) return [`${name} has a budget and is no bundle any more.`];
    if (allowed === undefined) return [`${name} has no budget; it is ${size} bytes.`];
    return size > allowed * 1.05 ? [`${name} is ${size} bytes, ${Math.round((size / allowed - 1) * 100)} % over its budget of ${allowed}.`] : [];
  });
}

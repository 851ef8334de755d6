import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Remembers where every ref of a bare repository stands. The function given puts them back there; objects only ever come, and are found by name. */
export function rememberRefs(gitDir: string): () => void {
  const remembered = readRefs(gitDir);
  return () => {
    const there = readRefs(gitDir);
    for (const path of there.keys()) if (!remembered.has(path)) rmSync(path);
    for (const [path, sha] of remembered) {
      if (there.get(path) === sha) continue;
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, sha);
    }
  };
}

/** What each file of a ref holds, by its path. */
export function readRefs(gitDir: string): ReadonlyMap<string, string> {
  if (existsSync(join(gitDir, 'packed-refs'))) throw new Error(`The refs of ${gitDir} were packed, so that they cannot be put back one by one.`);
  const files = readdirSync(join(gitDir, 'refs'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(files.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'utf8')]));
}

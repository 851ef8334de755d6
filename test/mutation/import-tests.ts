import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Imports every test below a folder of the repository, but for those that are left out, so that a worker reads the packages once. */
export async function importTests(folder: string, isLeftOut: (file: string) => boolean): Promise<void> {
  const source = join(import.meta.dirname, '../..', folder);
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts') && !isLeftOut(file)).sort();
  for (const file of files) await import(join(source, file));
}

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export type TemporaryFolder = { readonly path: string; remove(): Promise<void> };

/** A real folder with these files. */
export async function temporaryFolder(files: Readonly<Record<string, string | Uint8Array>>): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), 'sallyport-cli-test-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), content);
  }
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

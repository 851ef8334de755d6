import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Bundles a TypeScript module with the sources of the packages it imports, because Node 20 reads no TypeScript, hands what it
 * exports to `run`, and clears up. The bundle lies beside the dependencies, so that what is not bundled is found.
 * `plugins` are esbuild's, for whoever wants something in the bundle to be other than its source.
 */
export async function runTypeScript(entry, run, { plugins = [] } = {}) {
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'sallyport-run-'));
  const outfile = join(folder, `${basename(entry, '.ts')}.mjs`);
  try {
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      plugins,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      conditions: ['@sallyport/source'],
      // CommonJS dependencies inside an ES module bundle still call `require` for Node's own modules.
      banner: { js: "import { createRequire as sallyportCreateRequire } from 'node:module'; const require = sallyportCreateRequire(import.meta.url);" },
      logLevel: 'warning',
    });
    return await run(await import(pathToFileURL(outfile).href));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

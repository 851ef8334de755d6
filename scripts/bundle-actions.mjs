#!/usr/bin/env node
// Bundles each action into packages/actions/dist, so that a runner needs no installation.
// Shared code goes into chunks: five actions, one copy of it.
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const packageFolder = join(dirname(fileURLToPath(import.meta.url)), '..', 'packages', 'actions');
const outdir = join(packageFolder, 'dist');

// CommonJS dependencies inside an ES module bundle still call `require` for Node's own modules.
const requireBanner = "import { createRequire as sallyportCreateRequire } from 'node:module'; const require = sallyportCreateRequire(import.meta.url);";

/**
 * `@actions/core` loads an HTTP client for OpenID Connect tokens, which no action of ours asks for. Marked as free of side
 * effects, what is not used is left out: half of the bundle and of the time to start.
 */
const leaveOutUnused = {
  name: 'leave-out-unused',
  setup(bundler) {
    bundler.onResolve({ filter: /^(@actions\/(core|http-client)|undici)(\/|$)|oidc-utils/ }, async ({ path, pluginData, ...rest }) => {
      if (pluginData === 'resolving') return undefined;
      const resolved = await bundler.resolve(path, { importer: rest.importer, namespace: rest.namespace, resolveDir: rest.resolveDir, kind: rest.kind, pluginData: 'resolving' });
      return { ...resolved, sideEffects: false };
    });
  },
};

rmSync(outdir, { recursive: true, force: true });
const result = await build({
  entryPoints: {
    'merge-gate': join(packageFolder, 'merge-gate/src/main.ts'),
    'register-build': join(packageFolder, 'register-build/src/main.ts'),
    gatekeeper: join(packageFolder, 'gatekeeper/src/main.ts'),
    deploy: join(packageFolder, 'deploy/src/main.ts'),
    probe: join(packageFolder, 'probe/src/main.ts'),
    'probe-post': join(packageFolder, 'probe/src/post.ts'),
    'deploy-post': join(packageFolder, 'deploy/src/post.ts'),
  },
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  conditions: ['@sallyport/source'],
  banner: { js: requireBanner },
  legalComments: 'linked',
  minifyWhitespace: true,
  plugins: [leaveOutUnused],
  metafile: true,
  logLevel: 'warning',
});
const bytes = Object.values(result.metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
const { name } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
console.log(`${name}: ${Object.keys(result.metafile.outputs).length} files, ${Math.round(bytes / 1024)} KiB`);

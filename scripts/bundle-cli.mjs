#!/usr/bin/env node
// Bundles the command with everything it needs into packages/cli/dist, so that what was tested is what runs,
// and puts the demo's material beside it: the sample shop, the workflow files and the bundled actions.
// With --check it only says whether the bundle is there, for `npm pack`.
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const packageFolder = join(root, 'packages', 'cli');
const actionsFolder = join(root, 'packages', 'actions');
const outdir = join(packageFolder, 'dist');
// Sallyport's own, which nobody adopts.
const ownWorkflows = ['release.yml'];
const actionNames = ['merge-gate', 'register-build', 'gatekeeper', 'deploy'];

if (process.argv.includes('--check')) check();
else await bundle();

function check() {
  const wanted = ['sallyport.mjs', 'demo/shop/package.json', 'demo/workflows/callers/audit.yml', 'demo/issue-forms', ...actionNames.map((name) => `demo/actions/${name}/action.yml`), 'demo/actions/dist'];
  const missing = wanted.filter((path) => !existsSync(join(outdir, path)));
  if (missing.length === 0) return;
  console.error(`The bundle is not complete: there is no ${missing.map((path) => `dist/${path}`).join(', ')}. Run \`npm run setup\` at the root first.`);
  process.exitCode = 1;
}

async function bundle() {
  const actionsDist = join(actionsFolder, 'dist');
  if (!existsSync(join(actionsDist, 'merge-gate.mjs'))) throw new Error('The actions are not bundled yet; the demo runs them. Run `npm run bundle --workspace @sallyport/actions` first.');
  const { build } = await import('esbuild');
  for (const path of ['sallyport.mjs', 'sallyport.mjs.LEGAL.txt', 'chunks', 'demo']) rmSync(join(outdir, path), { recursive: true, force: true });
  // CommonJS dependencies inside an ES module bundle still call `require` for Node's own modules.
  const requireBanner = "import { createRequire as sallyportCreateRequire } from 'node:module'; const require = sallyportCreateRequire(import.meta.url);";
  const result = await build({
    entryPoints: { sallyport: join(packageFolder, 'src/main.ts') },
    outdir,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['@sallyport/source'],
    banner: { js: `#!/usr/bin/env node\n${requireBanner}` },
    legalComments: 'linked',
    minifyWhitespace: true,
    metafile: true,
    logLevel: 'warning',
  });
  chmodSync(join(outdir, 'sallyport.mjs'), 0o755);
  furnishDemo(actionsDist);
  const bytes = Object.values(result.metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
  const { name } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  console.log(`${name}: ${Object.keys(result.metafile.outputs).length} files, ${Math.round(bytes / 1024)} KiB`);
}

/** The same folders as in the repository, so that action.yml finds its bundle at ../dist. */
function furnishDemo(actionsDist) {
  const demo = join(outdir, 'demo');
  cpSync(join(packageFolder, 'assets', 'shop'), join(demo, 'shop'), { recursive: true });
  mkdirSync(join(demo, 'workflows', 'callers'), { recursive: true });
  for (const file of readdirSync(join(root, 'workflows')).filter((file) => file.endsWith('.yml') && !ownWorkflows.includes(file))) cpSync(join(root, 'workflows', file), join(demo, 'workflows', file));
  // Adopters get it from `init`; the story has none, because what it calls is in another repository.
  cpSync(join(root, 'workflows', 'callers', 'audit.yml'), join(demo, 'workflows', 'callers', 'audit.yml'));
  cpSync(join(root, 'workflows', 'issue-forms'), join(demo, 'issue-forms'), { recursive: true });
  for (const action of actionNames) {
    mkdirSync(join(demo, 'actions', action), { recursive: true });
    cpSync(join(actionsFolder, action, 'action.yml'), join(demo, 'actions', action, 'action.yml'));
  }
  const isBundle = (path) => !path.endsWith('.tsbuildinfo') && !path.endsWith('.d.ts') && !path.endsWith('.js');
  cpSync(actionsDist, join(demo, 'actions', 'dist'), { recursive: true, filter: isBundle });
}

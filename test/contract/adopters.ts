import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

type Files = Readonly<Record<string, string>>;

/** A repository as an adopter has it before Sallyport, and the options given to `sallyport init`. */
export type Adopter = { readonly name: string; readonly files: (ci: string) => Files; readonly options: readonly string[] };

const withScripts = (more: object = {}): string => `${JSON.stringify({ name: 'shop', version: '1.4.0', private: true, scripts: { test: 'node --test', build: 'node build.mjs' }, ...more }, null, 2)}\n`;
const ciPath = '.github/workflows/ci.yml';

/** The shapes that `sallyport init` is tried in. */
export const adopters: readonly Adopter[] = [
  { name: 'a plain npm folder', options: ['--security-leads', 'acme/security-leads'], files: (ci) => ({ 'package.json': withScripts(), 'package-lock.json': '{}\n', [ciPath]: ci }) },
  { name: 'pnpm', options: ['--no-provenance', '--deploy', 'set -e\n./deploy.sh\n./smoke.sh "$VERSION"'], files: (ci) => ({ 'package.json': withScripts({ packageManager: 'pnpm@10.24.0' }), 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n", [ciPath]: ci }) },
  {
    name: 'a monorepo with a workflow for each part',
    options: ['--output', 'apps/web/dist', '--security-leads', 'acme/security-leads'],
    files: (ci) => ({
      'package.json': withScripts({ workspaces: ['apps/*'] }),
      'yarn.lock': '',
      'apps/web/package.json': '{ "name": "web", "private": true }\n',
      '.github/workflows/web.yml': ci.replace('name: ci', 'name: web'),
      '.github/workflows/api.yml': ci.replace('name: ci', 'name: api').replace('  unit:', '  api:').replace('  integration:', '  contract:'),
    }),
  },
];

/** Makes the adopter's repository in a new folder, runs the bundled `sallyport init` in it, and gives the folder; the caller removes it. */
export function adopt({ files, options }: Adopter, root: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-adopter-'));
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', folder]);
  for (const [path, text] of Object.entries(files(readFileSync(join(root, 'workflows/ci.yml'), 'utf8')))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  execFileSync(process.execPath, [join(root, 'packages/cli/dist/sallyport.mjs'), 'init', '--yes', '--repo', 'acme/shop', ...options], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  return folder;
}

/** Paths of the workflow files in a repository, from its top. */
export const workflowsIn = (folder: string): readonly string[] => readdirSync(join(folder, '.github/workflows')).map((name) => `.github/workflows/${name}`);

/** Paths of every workflow and action file here, from the top of the repository. */
export const sourcesIn = (root: string): { readonly workflows: readonly string[]; readonly actions: readonly string[] } => ({
  workflows: ['workflows', 'workflows/recipes', 'workflows/reusable', 'workflows/callers', 'workflows/own', '.github/workflows'].flatMap((folder) => readdirSync(join(root, folder)).filter((name) => name.endsWith('.yml') && name !== 'sallyport.yml').map((name) => `${folder}/${name}`)),
  actions: readdirSync(join(root, 'packages/actions'), { recursive: true, encoding: 'utf8' }).filter((path) => /^[^/]+\/action\.yml$/.test(path)).map((path) => `packages/actions/${path}`),
});

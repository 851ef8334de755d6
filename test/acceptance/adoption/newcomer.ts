import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

const shop = join(import.meta.dirname, '../../../packages/cli/assets/shop');
const sourcesIn = (folder: string): readonly string[] => readdirSync(join(shop, folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => relative(shop, join(entry.parentPath, entry.name)));

const manifest = { name: 'shop', version: '1.8.0', private: true, type: 'module', scripts: { test: 'node --test', build: 'node build.mjs' } };
const lock = { name: 'shop', version: '1.8.0', lockfileVersion: 3, requires: true, packages: { '': { name: 'shop', version: '1.8.0' } } };
const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

const build = `// Puts what a host needs into dist.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';

const { BUILD_VERSION: version = 'unbuilt', GITHUB_SHA: commit = 'unbuilt' } = process.env;
rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');
for (const path of ['src', 'package.json']) cpSync(path, \`dist/\${path}\`, { recursive: true });
writeFileSync('dist/version.json', JSON.stringify({ version, commit }));
`;

const ci = `name: ci

on: pull_request

permissions:
  contents: read

jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          persist-credentials: false
      - uses: actions/setup-node@6044e13b5dc448c55e2357c09f80417699197238 # v6.2.0
        with:
          node-version: 24
      - run: npm test
`;

/** A team's project before Sallyport, by path: a small server, its tests, a build, a deploy script and a workflow that tests pull requests. */
export const newcomersFiles: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['src', 'test', 'deploy'].flatMap(sourcesIn).map((path) => [path, readFileSync(join(shop, path), 'utf8')])),
  'package.json': json(manifest),
  'package-lock.json': json(lock),
  'build.mjs': build,
  '.gitignore': 'dist/\nnode_modules/\n',
  '.github/workflows/ci.yml': ci,
};

import type { Adopter } from '../contract/adopters.ts';

const packageFile = { name: 'shop', version: '1.4.0', private: true, scripts: { test: 'node --test', 'test:unit': 'node --test', 'test:integration': 'node build.mjs && node --test', build: 'node build.mjs' } };
const lockFile = { name: 'shop', version: '1.4.0', lockfileVersion: 3, requires: true, packages: { '': { name: 'shop', version: '1.4.0' } } };

/** Builds one file that says its version. */
const build = `import { mkdirSync, writeFileSync } from 'node:fs';
mkdirSync('dist', { recursive: true });
writeFileSync('dist/version.txt', (process.env.BUILD_VERSION ?? 'unbuilt') + '\\n');
`;

const test = `import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
test('the shop has a name', () => assert.match(readFileSync('README.md', 'utf8'), /^# Shop/));
`;

/** The environment is a folder; it is healthy when it says the version. */
const deploy = `#!/bin/sh
set -e
tar -xzf "$ARCHIVE" -C "$DEPLOY_URL"
test "$(cat "$DEPLOY_URL/version.txt")" = "$VERSION"
`;

/** A small repository with tests, a build and a deploy, before it has Sallyport. No signing: that needs GitHub's own authority. */
export const shop: Adopter = {
  name: 'a shop',
  options: ['--no-provenance', '--deploy', 'sh deploy.sh'],
  files: (ci) => ({
    'README.md': '# Shop\n',
    'package.json': `${JSON.stringify(packageFile, null, 2)}\n`,
    'package-lock.json': `${JSON.stringify(lockFile, null, 2)}\n`,
    'build.mjs': build,
    'shop.test.mjs': test,
    'deploy.sh': deploy,
    '.gitignore': 'dist/\nrelease/\nnode_modules/\n',
    '.github/workflows/ci.yml': ci,
  }),
};

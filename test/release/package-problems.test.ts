import { describe, expect, it } from 'vitest';
import { packageProblems } from '../../scripts/release/package-problems.ts';
import type { PackedContents } from '../../scripts/release/package-problems.ts';

const manifest = {
  name: 'sallyport',
  version: '1.2.3',
  description: 'A door.',
  license: 'Apache-2.0',
  type: 'module',
  engines: { node: '>=20.19' },
  repository: { type: 'git', url: 'git+https://github.com/sallyport/sallyport.git', directory: 'packages/cli' },
  bin: { sallyport: 'dist/sallyport.mjs' },
  publishConfig: { access: 'public', provenance: true },
};
const texts = new Map([
  ['dist/sallyport.mjs', '#!/usr/bin/env node\n1;'],
  ['deploy/action.yml', 'runs:\n  using: node24\n  main: ../dist/deploy.mjs\n  post: ../dist/deploy-post.mjs\n'],
]);
const paths = ['README.md', 'LICENSE', 'package.json', 'dist/sallyport.mjs', 'dist/deploy.mjs', 'dist/deploy-post.mjs', 'deploy/action.yml', 'dist/demo/shop/test/page.test.mjs'];
const filesOf = (names: readonly string[], mode = 0o755) => names.map((path) => ({ path, sizeBytes: 1, mode }));

const contents = (change: { readonly manifest?: Readonly<Record<string, unknown>>; readonly files?: PackedContents['files'] } = {}): PackedContents => ({
  folder: 'packages/cli',
  manifest: { ...manifest, ...change.manifest },
  files: change.files ?? filesOf(paths),
  read: (path) => texts.get(path) ?? '',
});

describe('a packed package', () => {
  it('has no problem when everything that is wanted is there, and nothing else', () => {
    expect(packageProblems(contents())).toEqual([]);
  });

  it.each([
    ['another licence', { license: 'MIT' }, 'license is MIT'],
    ['no description', { description: '' }, 'description is missing'],
    ['CommonJS', { type: 'commonjs' }, 'type must be "module"'],
    ['no word on Node', { engines: {} }, 'engines.node is missing'],
    ['another folder of the repository', { repository: { ...manifest.repository, directory: 'packages/other' } }, 'with the directory packages/cli'],
    ['no provenance asked for', { publishConfig: { access: 'public' } }, 'provenance true'],
    ['a package of the workspace to install', { dependencies: { '@sallyport/gates': '0.0.0' } }, 'would install @sallyport/gates'],
    ['a peer to install', { peerDependencies: { zod: '4.0.0' } }, 'would install zod'],
    ['a script at installation', { scripts: { postinstall: 'node x.mjs' } }, 'script postinstall would run'],
    ['a command that is not there', { bin: { sallyport: 'dist/other.mjs' } }, 'dist/other.mjs, which is not in it'],
  ])('says so: %s', (_name, changed, said) => {
    expect(packageProblems(contents({ manifest: changed }))).toEqual([expect.stringContaining(said)]);
  });

  it.each([
    ['src/gate.test.ts', 'belongs to the tests'],
    ['testdata/ledger.json', 'belongs to the tests'],
    ['dist/types/index.d.ts', 'is a source'],
    ['tsconfig.json', 'is a source'],
    ['dist/sallyport.mjs.map', 'is a source'],
    ['app-key.pem', 'must never leave'],
    ['.npmrc', 'must never leave'],
  ])('may not hold %s', (path, said) => {
    expect(packageProblems(contents({ files: filesOf([...paths, path]) }))).toEqual([expect.stringContaining(said)]);
  });

  it.each(['README.md', 'LICENSE'])('has to hold %s', (name) => {
    expect(packageProblems(contents({ files: filesOf(paths.filter((path) => path !== name)) }))).toEqual([`sallyport: there is no ${name} in it.`]);
  });

  it('holds the bundles that its actions start', () => {
    expect(packageProblems(contents({ files: filesOf(paths.filter((path) => path !== 'dist/deploy-post.mjs')) }))).toEqual(['sallyport: deploy/action.yml starts dist/deploy-post.mjs, which is not in it.']);
  });

  it('has commands that can be started', () => {
    expect(packageProblems(contents({ files: filesOf(paths, 0o644) }))).toEqual([expect.stringContaining('the command sallyport cannot be started')]);
  });
});

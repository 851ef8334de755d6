import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Builder } from '../../scripts/release/builder.ts';
import type { PackedPackage } from '../../scripts/release/pack-packages.ts';
import { readPublicPackages } from '../../scripts/release/public-packages.ts';
import type { PublicPackage } from '../../scripts/release/public-packages.ts';
import type { Registry } from '../../scripts/release/registry.ts';

export type TemporaryRepository = {
  /** The checkout that is released from. */
  readonly root: string;
  /** The bare repository that it has as `origin`. */
  readonly origin: string;
  readonly git: (...args: readonly string[]) => string;
  readonly atOrigin: (...args: readonly string[]) => string;
  readonly write: (path: string, text: string) => void;
  /** Commits everything and pushes it to main. Returns the commit. */
  readonly merge: (subject: string) => string;
  readonly remove: () => void;
};

const environment = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', GIT_AUTHOR_NAME: 'ada', GIT_AUTHOR_EMAIL: 'ada@users.noreply.github.com', GIT_COMMITTER_NAME: 'ada', GIT_COMMITTER_EMAIL: 'ada@users.noreply.github.com', GIT_COMMITTER_DATE: '2026-11-28T12:00:00Z', GIT_AUTHOR_DATE: '2026-11-28T12:00:00Z' };

const manifestOf = (name: string, folder: string, version: string): string =>
  JSON.stringify({
    name,
    version,
    description: 'A small one.',
    license: 'Apache-2.0',
    type: 'module',
    engines: { node: '>=20.19' },
    repository: { type: 'git', url: 'git+https://github.com/sallyport/sallyport.git', directory: folder },
    files: ['dist/*.mjs', 'dist/demo'],
    publishConfig: { access: 'public', provenance: true },
    ...(name === 'sallyport' ? { devDependencies: { '@sallyport/actions': version } } : {}),
  });

export const setVersion = (write: (path: string, text: string) => void, version: string): void => {
  write('packages/cli/package.json', manifestOf('sallyport', 'packages/cli', version));
  write('packages/actions/package.json', manifestOf('@sallyport/actions', 'packages/actions', version));
};

/** Two public packages and a private one, merged into main of a bare repository. */
export function createRepository(version: string): TemporaryRepository {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-releasing-'));
  const [root, origin] = [join(folder, 'checkout'), join(folder, 'origin.git')];
  mkdirSync(root);
  const git = (...args: readonly string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8', env: environment, stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const merge = (subject: string): string => {
    git('add', '--all');
    git('commit', '--quiet', '--message', subject);
    git('push', '--quiet', 'origin', 'HEAD:main');
    return git('rev-parse', 'HEAD');
  };
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', origin], { env: environment });
  git('init', '--quiet', '--initial-branch=main');
  git('remote', 'add', 'origin', origin);
  setVersion(write, version);
  write('packages/gates/package.json', JSON.stringify({ name: '@sallyport/gates', version: '0.0.0', private: true }));
  for (const one of ['cli', 'actions']) for (const name of ['README.md', 'LICENSE']) write(`packages/${one}/${name}`, `${name} of ${one}\n`);
  write('.changeset/README.md', 'How to write one.\n');
  write('.gitignore', 'dist/\nnode_modules/\n');
  write('package-lock.json', '{}\n');
  write('workflows/build.yml', 'uses: sallyport/sallyport/packages/actions/deploy@0000000000000000000000000000000000000000 # the commit of the release you adopt\n');
  merge('Begin');
  return { root, origin, git, write, merge, atOrigin: (...args) => execFileSync('git', args, { cwd: origin, encoding: 'utf8' }).trim(), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Makes small bundles and tarballs from what is in the folder, as the real one does, without installing anything or starting npm. */
export const smallBuilder: Builder = {
  install: async () => undefined,
  takeOverChangesets: async (folder) => {
    for (const name of readdirSync(join(folder, '.changeset')).filter((name) => name !== 'README.md')) rmSync(join(folder, '.changeset', name));
    setVersion((path, text) => writeFileSync(join(folder, path), text), '1.1.0');
  },
  bundleActions: async (folder) => writeDist(folder, 'packages/actions/dist/deploy.mjs', `export const version = ${readFileSync(join(folder, 'packages/actions/package.json'), 'utf8')};\n`),
  bundleCommand: async (folder) => {
    writeDist(folder, 'packages/cli/dist/sallyport.mjs', 'export {};\n');
    for (const name of ['build.yml', 'callers/audit.yml']) writeDist(folder, `packages/cli/dist/demo/workflows/${name}`, readFileSync(join(folder, 'workflows/build.yml'), 'utf8'));
  },
  pack: async (folder, into) => readPublicPackages(folder).map((one) => packOne(folder, one, into)),
};

function packOne(root: string, one: PublicPackage, into: string): PackedPackage {
  const folder = join(root, one.folder);
  const paths = (readdirSync(folder, { recursive: true }) as string[]).filter((path) => statSync(join(folder, path)).isFile()).sort();
  const bytes = paths.map((path) => `${path}\n${readFileSync(join(folder, path), 'utf8')}`).join('\n');
  const tarball = join(into, `${one.manifest.name.replace('@', '').replace('/', '-')}-${one.manifest.version}.tgz`);
  writeFileSync(tarball, bytes);
  return { ...one, tarball, files: paths.map((path) => ({ path, sizeBytes: 1, mode: 0o644 })), sha256: createHash('sha256').update(bytes).digest('hex'), integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}` };
}

function writeDist(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

export type RecordingRegistry = Registry & {
  /** `name@version as tag`, in order. */
  readonly log: string[];
  readonly rehearsed: string[];
  /** By `name@version`. */
  readonly integrities: Map<string, string>;
  /** Called before a package is taken; may throw. */
  onPublish: (file: string) => void;
  down: boolean;
};

/** A registry in memory that takes each version once, as npm's does. */
export function createRegistry(integrityOf: (tarball: string) => string): RecordingRegistry {
  const registry: RecordingRegistry = {
    log: [],
    rehearsed: [],
    integrities: new Map(),
    onPublish: () => undefined,
    down: false,
    published: async (name, version) => {
      if (registry.down) return { state: 'unknown', said: 'E503 Service Unavailable' };
      const integrity = registry.integrities.get(`${name}@${version}`);
      return integrity === undefined ? { state: 'absent' } : { state: 'there', integrity };
    },
    publish: async (tarball, { distTag, dryRun }) => {
      if (!existsSync(tarball)) throw new Error(`There is no ${tarball}.`);
      const file = tarball.split('/').at(-1) ?? '';
      if (dryRun) {
        registry.rehearsed.push(file);
        return;
      }
      registry.onPublish(file);
      const [, name = '', version = ''] = /^(sallyport(?:-actions)?)-(\d.*)\.tgz$/.exec(file) ?? [];
      const spec = `${name.replace('sallyport-actions', '@sallyport/actions')}@${version}`;
      if (registry.integrities.has(spec)) throw new Error(`${spec} is there already.`);
      registry.integrities.set(spec, integrityOf(tarball));
      registry.log.push(`${spec} as ${distTag}`);
    },
  };
  return registry;
}

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packPackages } from './pack-packages.ts';
import type { PackedPackage } from './pack-packages.ts';
import { runCommand } from './run-command.ts';

/** How a clone becomes bundles. Every verb works in the folder that it is given and nowhere else. */
export type Builder = {
  /** Its dependencies, of exactly the versions in the lock file. */
  install(folder: string): Promise<void>;
  /** Takes over the changesets that are pending: versions, changelogs. */
  takeOverChangesets(folder: string): Promise<void>;
  /** Into `packages/actions/dist`. */
  bundleActions(folder: string): Promise<void>;
  /** Into `packages/cli/dist`; needs the actions. */
  bundleCommand(folder: string): Promise<void>;
  /** The tarballs of the public packages, into the folder `into`. */
  pack(folder: string, into: string): Promise<readonly PackedPackage[]>;
};

/** The repository's own tools. No package's script runs at installation: what is built is not theirs to touch. */
export function builderFor(root: string, modules: 'install' | 'link'): Builder {
  const node = (folder: string, ...args: readonly string[]) => runCommand(process.execPath, args, { cwd: folder, env: steadyEnvironment() });
  return {
    install: async (folder) => {
      if (modules === 'link') await linkModules(root, folder);
      else await runCommand('npm', ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, env: steadyEnvironment() });
    },
    takeOverChangesets: async (folder) => void (await node(folder, join(folder, 'node_modules/@changesets/cli/bin.js'), 'version')),
    bundleActions: async (folder) => void (await node(folder, join(folder, 'scripts/bundle-actions.mjs'))),
    bundleCommand: async (folder) => void (await node(folder, join(folder, 'scripts/bundle-cli.mjs'))),
    pack: packPackages,
  };
}

/** What a release is pushed and published with. Whatever is run to build has no use for it. */
const credentials = /^(?:GH_TOKEN|GITHUB_TOKEN|NODE_AUTH_TOKEN|NPM_TOKEN|ACTIONS_ID_TOKEN_REQUEST_.*|ACTIONS_RUNTIME_.*)$/;
/** What a tool could write into its output, or be changed by. */
const unsteady = /^(?:NODE_ENV|NODE_OPTIONS)$/;

const steadyEnvironment = (): NodeJS.ProcessEnv => ({ ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !credentials.test(name) && !unsteady.test(name))), TZ: 'UTC', LC_ALL: 'C' });

/** The same files under other names: as good as a copy for whoever only reads, and there at once. */
async function linkModules(root: string, folder: string): Promise<void> {
  const holders = ['', ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`)].filter((holder) => existsSync(join(root, holder, 'node_modules')));
  for (const holder of holders) await runCommand('cp', ['-al', join(root, holder, 'node_modules'), join(folder, holder, 'node_modules')], { cwd: folder });
}

import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const placeholder = /@0{40} # the commit of the release you adopt/g;

/** Puts the release in place of the forty zeros in the workflow files that the packed command writes for adopters. Returns how many it replaced. */
export function pinWorkflows(root: string, { commit, version }: { readonly commit: string; readonly version: string }): number {
  const folder = join(root, 'packages/cli/dist/demo/workflows');
  if (!existsSync(folder)) return 0;
  let replaced = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yml')).sort()) {
    const text = readFileSync(join(folder, name), 'utf8');
    replaced += text.match(placeholder)?.length ?? 0;
    writeFileSync(join(folder, name), text.replace(placeholder, `@${commit} # v${version}`));
  }
  return replaced;
}

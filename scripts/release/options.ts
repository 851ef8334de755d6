import { parseArgs } from 'node:util';
import { ReleaseError } from './release-error.ts';

export type ReleaseOptions = {
  readonly help: boolean;
  /** Build, show the plan, and change nothing. */
  readonly dryRun: boolean;
  /** Build from two clones and compare. */
  readonly twice: boolean;
  readonly remote: string;
  readonly branch: string;
  /** Where tarballs, checksums and the statement are written. */
  readonly out: string;
  /** A SHA256SUMS that has to come out again; null: none. */
  readonly expect: string | null;
  /** Where a clone has its dependencies from: installed by the lock file, or linked from this checkout. */
  readonly modules: 'install' | 'link';
};

export const help = `Usage: npm run release -- [options]

Releases the commit of main that is checked out: builds it in a clone of its own, shows the plan, and carries it out. What has been
done already is left alone, so it can be run again after it stopped half-way. Without --dry-run it pushes tags and publishes packages.

  --dry-run          build, show the plan, and change nothing outside --out
  --twice            build from two clones in different folders, and stop unless every byte is the same
  --out <folder>     where tarballs, SHA256SUMS and the statement go (default: dist/release)
  --expect <file>    stop unless the same digests come out as this SHA256SUMS names
  --remote <name>    where the tags are pushed to (default: origin)
  --branch <name>    what is released from (default: main)
  --modules <how>    install: npm ci in the clone (default). link: what is installed here; the second clone of --twice installs. Only in a dry run
  --help             show this

Examples:
  npm run release -- --dry-run          # what would be released from here
  npm run release:version               # takes over the changesets; its result is a pull request like any other
  npm run release                       # on main, after that has merged; ordinarily the workflow "release" does it
`;

/** Throws `bad-input` with what is wrong. */
export function parseOptions(argv: readonly string[]): ReleaseOptions {
  const values = parsed(argv);
  const { modules } = values;
  if (modules !== 'install' && modules !== 'link') throw new ReleaseError('bad-input', `--modules is ${modules}; it must be install or link.`, { next });
  if (modules === 'link' && !values['dry-run']) throw new ReleaseError('bad-input', '--modules link is for a dry run: what is released is built from what the lock file names.', { next });
  for (const name of ['out', 'remote', 'branch'] as const) if (values[name] === '' || values[name].startsWith('-')) throw new ReleaseError('bad-input', `--${name} is "${values[name]}", which is no ${name === 'out' ? 'folder' : 'name'}.`, { next });
  return { help: values.help, dryRun: values['dry-run'], twice: values.twice, remote: values.remote, branch: values.branch, out: values.out, expect: values.expect ?? null, modules };
}

const next = '`npm run release -- --help` shows the options.';

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        help: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        twice: { type: 'boolean', default: false },
        remote: { type: 'string', default: 'origin' },
        branch: { type: 'string', default: 'main' },
        out: { type: 'string', default: 'dist/release' },
        expect: { type: 'string' },
        modules: { type: 'string', default: 'install' },
      },
    }).values;
  } catch (cause) {
    throw new ReleaseError('bad-input', cause instanceof Error ? cause.message : String(cause), { next, cause });
  }
}

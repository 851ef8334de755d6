import { builderFor } from './release/builder.ts';
import { npmRegistry } from './release/npm-registry.ts';
import { help, parseOptions } from './release/options.ts';
import { ReleaseError } from './release/release-error.ts';
import { runRelease } from './release/run-release.ts';

/** `npm run release`. Returns the exit status: 0 done or shown, 1 not to be released like this, 2 bad input, 3 something outside failed. */
export async function main(argv: readonly string[], root: string): Promise<number> {
  // Modes of files are part of what is packed, and must not depend on who releases.
  process.umask(0o022);
  try {
    const options = parseOptions(argv);
    if (options.help) {
      process.stdout.write(help);
      return 0;
    }
    const report = (text: string): void => void process.stdout.write(`${text}\n`);
    const progress = (text: string): void => void process.stderr.write(`release: ${text}\n`);
    await runRelease({ root, options, builder: builderFor(root, options.modules), registry: npmRegistry(root), environment: process.env, report, progress });
    return 0;
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    process.stderr.write(`${error.message}\n${error.next}\n`);
    return error.code === 'bad-input' ? 2 : error.code === 'command-failed' ? 3 : 1;
  }
}

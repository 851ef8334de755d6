import * as z from 'zod';
import type { Published, Registry } from './registry.ts';
import { runCommand, tryCommand } from './run-command.ts';

const failure = z.object({ error: z.object({ code: z.string(), summary: z.string().optional() }) });

/** The registry that npm is set up for, through npm itself. It reads who publishes from npm's own configuration, or the workflow's identity. */
export function npmRegistry(cwd: string): Registry {
  return {
    published: async (name, version) => readPublished(await tryCommand('npm', ['view', `${name}@${version}`, 'dist.integrity', '--json', '--prefer-online'], { cwd })),
    publish: async (tarball, { distTag, dryRun }) => {
      const how = dryRun ? ['--dry-run', '--no-provenance'] : ['--provenance'];
      await runCommand('npm', ['publish', tarball, '--ignore-scripts', '--access', 'public', '--tag', distTag, ...how], { cwd });
    },
  };
}

/** npm says E404 for a package or version that is not there, and prints nothing for a version that no range holds. */
export function readPublished({ status, stdout, stderr }: { readonly status: number; readonly stdout: string; readonly stderr: string }): Published {
  const printed = parseJson(stdout);
  if (status === 0) {
    if (stdout.trim() === '') return { state: 'absent' };
    return typeof printed === 'string' && printed.startsWith('sha512-') ? { state: 'there', integrity: printed } : { state: 'unknown', said: `npm view printed ${stdout.trim().slice(0, 200)}` };
  }
  const parsed = failure.safeParse(printed);
  if (parsed.success && parsed.data.error.code === 'E404') return { state: 'absent' };
  return { state: 'unknown', said: parsed.success ? `${parsed.data.error.code} ${parsed.data.error.summary ?? ''}`.trim() : stderr.trim().slice(-300) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

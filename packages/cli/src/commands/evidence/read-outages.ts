import { parseOutages } from '@sallyport/pipeline';
import type { Outage } from '@sallyport/pipeline';
import { InputError } from '../../input-error.ts';
import type { Io } from '../../io.ts';
import { readTextFile } from '../../read-file.ts';
import { plain } from '../../render/plain.ts';

/** The list of outages of `--outages`; null without one. Throws InputError with every problem and its line. */
export async function readOutages(io: Pick<Io, 'cwd' | 'readStdin'>, path: string | undefined): Promise<readonly Outage[] | null> {
  if (path === undefined) return null;
  const parsed = parseOutages(await readTextFile(io, path, 'list of outages'));
  if (parsed.ok) return parsed.outages;
  const lines = parsed.problems.map(({ line, problem }) => `  ${plain(path)}:${line}: ${problem}`);
  throw new InputError(`The list of outages ${plain(path)} cannot be used:\n${lines.join('\n')}`, { next: 'Write from,to,kind,reason in the first line, then one outage a line: 2026-12-05T06:00:00-08:00,2026-12-05T06:40:00-08:00,planned,database upgrade' });
}

import { execFile } from 'node:child_process';
import { InputError } from '../input-error.ts';

const mostBytes = 64 * 1024 * 1024;

/** Messages of the commits of a clone that `since` does not lead to; with null, of all. Newest first. Throws InputError where the clone does not hold `since`. */
export async function readMessages(cwd: string, since: string | null): Promise<readonly string[]> {
  if (since !== null) await requireAncestor(cwd, since);
  const { exitCode, output } = await git(cwd, ['log', '-z', '--format=%B', ...(since === null ? ['HEAD'] : [`${since}..HEAD`]), '--']);
  if (exitCode !== 0) throw noClone();
  return output.split('\0').filter((message) => message.trim() !== '');
}

async function requireAncestor(cwd: string, since: string): Promise<void> {
  const { exitCode } = await git(cwd, ['merge-base', '--is-ancestor', since, 'HEAD']);
  if (exitCode === 0) return;
  if ((await git(cwd, ['rev-parse', '--verify', '--quiet', 'HEAD'])).exitCode !== 0) throw noClone();
  const what = exitCode === 1 ? 'and this commit does not lead on from it' : 'and this clone does not hold it';
  throw new InputError(`What was released is commit ${since.slice(0, 12)}, ${what}, so the changes since then are not known.`, { next: exitCode === 1 ? 'Check out the default branch, or a commit of it that came later.' : 'Fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` with actions/checkout.' });
}

const noClone = (): InputError => new InputError('The current folder is no git repository with a commit in it, so the changes since the last release are not known.', { next: 'Run it in a clone of the repository.' });

const git = (cwd: string, args: readonly string[]): Promise<{ readonly exitCode: number; readonly output: string }> =>
  new Promise((resolve, reject) => {
    execFile('git', [...args], { cwd, encoding: 'utf8', maxBuffer: mostBytes }, (error, output) => {
      if (error === null) resolve({ exitCode: 0, output });
      else if (typeof error.code === 'number') resolve({ exitCode: error.code, output });
      else reject(new InputError(`git could not be run (${String(error.code ?? 'unknown')}).`, { next: 'Install git, and see that it is found in PATH.' }));
    });
  });

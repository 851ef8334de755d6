import { unknown } from '@sallyport/gates';
import type { Fact } from '@sallyport/gates';
import { inBareRepository, isObjectId } from './bare-repository.ts';
import type { BareRepository, BareRepositoryOptions } from './bare-repository.ts';
import { GitProblem } from './run-git.ts';

/** The plain files of a commit: what each is called in git, by its path, and the bytes of those whose names were not known. */
export type FetchedFiles = { readonly names: ReadonlyMap<string, string>; readonly bytes: ReadonlyMap<string, Uint8Array> };

export type FetchFiles = (commit: string, known: ReadonlyMap<string, unknown>) => Promise<Fact<FetchedFiles>>;

/** All files of a commit in one fetch of real git, however many there are; git names them by their bytes as it takes them in. */
export function createFetchFiles(options: BareRepositoryOptions): FetchFiles {
  return async (commit, known) => {
    if (!isObjectId(commit)) return unknown('the commit has no full object id');
    return inBareRepository(options, { like: commit, what: `the files of ${commit} could not be fetched` }, async (repository) => {
      await repository.fetchCommits(new Set([commit]));
      const names = await listFiles(repository, commit);
      return { names, bytes: await readBlobs(repository, [...new Set(names.values())].filter((name) => !known.has(name))) };
    });
  };
}

const mostBytes = 256 * 1024 * 1024;
/** Of a ledger's entries a few MiB. */
const blobsAtOnce = 2000;

async function listFiles({ succeed }: BareRepository, commit: string): Promise<ReadonlyMap<string, string>> {
  const { output } = await succeed(['ls-tree', '-r', '-z', '--full-tree', commit], { mostBytes });
  return new Map(
    output.split('\0').flatMap((line): [string, string][] => {
      const [, name, path] = /^100644 blob ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
      return name === undefined || path === undefined ? [] : [[path, name]];
    }),
  );
}

async function readBlobs({ succeed }: BareRepository, names: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
  const bytes = new Map<string, Uint8Array>();
  for (let from = 0; from < names.length; from += blobsAtOnce) {
    const asked = names.slice(from, from + blobsAtOnce);
    const { bytes: printed } = await succeed(['cat-file', '--batch'], { input: `${asked.join('\n')}\n`, mostBytes });
    for (const [name, blob] of splitBatch(printed, asked)) bytes.set(name, blob);
  }
  return bytes;
}

/** What `git cat-file --batch` prints for each name in turn: `<name> blob <size>`, a newline, the bytes, a newline. */
function splitBatch(printed: Uint8Array, asked: readonly string[]): readonly (readonly [string, Uint8Array])[] {
  let position = 0;
  return asked.map((name) => {
    const end = printed.indexOf(0x0a, position);
    const header = Buffer.from(printed.subarray(position, Math.max(end, position))).toString('utf8');
    const [, size] = header.startsWith(`${name} `) ? (/ blob (\d+)$/.exec(header) ?? []) : [];
    const from = end + 1;
    position = from + Number(size) + 1;
    if (size === undefined || position > printed.length) throw new GitProblem(`git cat-file did not give ${name}`);
    // A copy of its own: a part would keep everything that git printed.
    return [name, Uint8Array.from(printed.subarray(from, position - 1))];
  });
}

import { unknown } from '@sallyport/gates';
import type { Fact } from '@sallyport/gates';
import { inBareRepository, isObjectId } from './bare-repository.ts';
import type { BareRepository, BareRepositoryOptions } from './bare-repository.ts';
import { mostBytes, readObjects } from './read-objects.ts';

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
      return { names, bytes: await readObjects(repository, 'blob', [...new Set(names.values())].filter((name) => !known.has(name))) };
    });
  };
}

async function listFiles({ succeed }: BareRepository, commit: string): Promise<ReadonlyMap<string, string>> {
  const { output } = await succeed(['ls-tree', '-r', '-z', '--full-tree', commit], { mostBytes });
  return new Map(
    output.split('\0').flatMap((line): [string, string][] => {
      const [, name, path] = /^100644 blob ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
      return name === undefined || path === undefined ? [] : [[path, name]];
    }),
  );
}

import { unknown } from '@sallyport/gates';
import type { Fact } from '@sallyport/gates';
import { inBareRepository, isObjectId } from './bare-repository.ts';
import type { BareRepositoryOptions } from './bare-repository.ts';
import { readObjects } from './read-objects.ts';

/** The bytes of annotated tags below `refs/tags/<folder>/`, by what git calls them. */
export type FetchTags = (folder: string, names: readonly string[]) => Promise<Fact<ReadonlyMap<string, Uint8Array>>>;

/** All tags of a folder in one fetch of real git, however many there are, and nothing of what they point to but its commits. */
export function createFetchTags(options: BareRepositoryOptions): FetchTags {
  return async (folder, names) => {
    const [like] = names;
    if (like === undefined || !names.every(isObjectId)) return unknown('the tags have no full object ids');
    return inBareRepository(options, { like, what: `the tags of ${folder} could not be fetched` }, async (repository) => {
      await repository.succeed(['fetch', '--quiet', '--depth=1', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head', '--filter=tree:0', 'origin', `+refs/tags/${folder}/*:refs/tags/${folder}/*`]);
      return readObjects(repository, 'tag', names);
    });
  };
}

import type { TrustRootFiles } from '@sallyport/pipeline';
import { readFile } from './read-file.ts';
import { readRepository } from './repository.ts';
import type { Place } from './repository.ts';

/** The trust root that a policy names, as the default branch has it. */
export function createTrustRootFiles(place: Place): TrustRootFiles {
  return {
    async readFile(path) {
      const bytes = await readFile(place, { path, commit: null, why: 'to read the trust root of the policy' });
      // GitHub says the same of a file and of a repository that is not there or may not be seen.
      if (bytes === null) await readRepository(place);
      return bytes;
    },
  };
}

import type { BuildStore } from '@sallyport/pipeline';
import { ownAuthor } from './own-author.ts';
import { downloadAsset, findRelease, listAssets, publishRelease } from './publish-release.ts';
import type { Place } from './repository.ts';

/** Builds as files of prereleases. Nothing is ever replaced: a name that is taken with other bytes is an error. */
export function createBuilds(place: Place): BuildStore {
  const isOurs = ownAuthor(place);
  return {
    async publish(release, commit, files) {
      const body = 'The files of a build, kept for promotion. Their digests are in the ledger; nothing here is trusted by itself.';
      await publishRelease(place, isOurs, { tag: release, commit, body, prerelease: true, files });
    },
    async fetch(release, name) {
      const found = await findRelease(place, release);
      const kept = found === null ? undefined : (await listAssets(place, found)).find((candidate) => candidate.name === name && candidate.state === 'uploaded');
      return kept === undefined ? null : downloadAsset(place, kept);
    },
  };
}

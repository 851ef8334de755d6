import { OutsideError } from '@sallyport/pipeline';
import type { Releases } from '@sallyport/pipeline';
import { ownAuthor } from './own-author.ts';
import { findRelease, publishRelease, requireTag } from './publish-release.ts';
import type { Place } from './repository.ts';

/** Releases as people see them. What was published is never changed; somebody else's under the same tag is an error. */
export function createReleases(place: Place): Releases {
  const isOurs = ownAuthor(place);
  return {
    async publish(release) {
      const found = await findRelease(place, release.tag);
      if (found === null) {
        const { html_url: url } = await publishRelease(place, isOurs, { ...release, prerelease: false });
        return { url };
      }
      if (!(await isOurs(found.author))) {
        throw new OutsideError('refused', `${release.tag} is a release that ${found.author?.login ?? 'an account that is gone'} made, and not the gatekeeper. Delete it, and the gatekeeper publishes its own at the next sweep.`, { retryable: false });
      }
      await requireTag(place, release);
      return { url: found.html_url };
    },
  };
}

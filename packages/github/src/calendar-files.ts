import type { CalendarFiles } from '@sallyport/pipeline';
import { fetchBytes } from './fetch-bytes.ts';
import { readFile } from './read-file.ts';
import { readRepository } from './repository.ts';
import type { Place } from './repository.ts';

/** The calendar files that a policy names: those of the repository as its default branch has them, the others from where they are. */
export function createCalendarFiles(place: Place): CalendarFiles {
  return {
    async readFile(path) {
      const bytes = await readFile(place, { path, commit: null, why: 'to read a calendar of the policy' });
      // GitHub says the same of a file and of a repository that is not there or may not be seen.
      if (bytes === null) await readRepository(place);
      return bytes;
    },
    fetch: (url, maximumBytes) => fetchBytes(url, { maximumBytes, accept: 'text/calendar' }),
  };
}

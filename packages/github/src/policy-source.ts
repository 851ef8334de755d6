import { OutsideError } from '@sallyport/pipeline';
import type { PolicySource } from '@sallyport/pipeline';
import { gitRef } from './answers/commit.ts';
import { readFile } from './read-file.ts';
import { of, readRepository } from './repository.ts';
import type { Place } from './repository.ts';

export const policyPath = '.github/sallyport.yml';

/** The policy of the default branch (L6): GitHub reads that branch when no other is named. */
export function createPolicySource(place: Place): PolicySource {
  return {
    async readPolicyFile() {
      const text = await readText(place, null);
      // GitHub says the same of a file and of a repository that is not there or may not be seen.
      if (text === null) await readRepository(place);
      return { path: policyPath, text };
    },
    async findCommit(text) {
      const { defaultBranch } = await readRepository(place);
      const { data: tip } = await place.client.ask({ route: 'GET /repos/{owner}/{repo}/git/ref/{ref}', parameters: { ...of(place), ref: `heads/${defaultBranch}` }, shape: gitRef, why: 'to name the commit that holds the policy' });
      const commit = tip.object.sha;
      if ((await readText(place, commit)) !== text) throw new OutsideError('refused', `${policyPath} on ${defaultBranch} has changed since it was read. Decide again by the policy that is there now.`, { retryable: true });
      return commit;
    },
  };
}

/** null: there is no such file. `commit` null: on the default branch. */
async function readText(place: Place, commit: string | null): Promise<string | null> {
  const bytes = await readFile(place, { path: policyPath, commit, why: 'to read the policy' });
  if (bytes === null) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new OutsideError('refused', `${policyPath} is not UTF-8 text. Save it as UTF-8.`, { retryable: false, cause });
  }
}

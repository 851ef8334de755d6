import { OutsideError } from '@sallyport/pipeline';
import type { PolicySource } from '@sallyport/pipeline';
import { contents, gitRef } from './answers/commit.ts';
import { checkBlob, readBlob } from './git-blob.ts';
import { of, readRepository } from './repository.ts';
import type { Place } from './repository.ts';

export const policyPath = '.github/sallyport.yml';

/** The policy at the tip of the default branch: the commit is settled first, so that text and commit belong together. */
export function createPolicySource(place: Place): PolicySource {
  return {
    async readPolicyFile() {
      const { defaultBranch } = await readRepository(place);
      const { data: tip } = await place.client.ask({ route: 'GET /repos/{owner}/{repo}/git/ref/{ref}', parameters: { ...of(place), ref: `heads/${defaultBranch}` }, shape: gitRef, why: 'to read the policy of the default branch' });
      return { commit: tip.object.sha, path: policyPath, text: await readText(place, tip.object.sha) };
    },
  };
}

async function readText(place: Place, commit: string): Promise<string | null> {
  const answer = await place.client.askOr([404], { route: 'GET /repos/{owner}/{repo}/contents/{+path}', parameters: { ...of(place), path: policyPath, ref: commit }, shape: contents, why: 'to read the policy' });
  if (!answer.ok) return null;
  const { type, sha, content, encoding } = answer.data;
  if (type !== 'file' || sha === null) throw new OutsideError('refused', `${policyPath} is a ${type}, not a file. Put the policy there as a plain file.`, { retryable: false });
  // GitHub sends files up to 1 MB along; whatever it sends has to be the blob it names.
  const bytes = typeof content === 'string' && encoding === 'base64' ? checkBlob(Buffer.from(content, 'base64'), sha) : await readBlob(place, sha, 'to read the policy');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new OutsideError('refused', `${policyPath} is not UTF-8 text. Save it as UTF-8.`, { retryable: false, cause });
  }
}

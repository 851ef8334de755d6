import { OutsideError } from '@sallyport/pipeline';
import { contents } from './answers/commit.ts';
import { checkBlob, readBlob } from './git-blob.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

type FileQuestion = {
  /** From the root, without a leading slash. */
  readonly path: string;
  /** null: the default branch, which GitHub reads when no other is named. */
  readonly commit: string | null;
  readonly why: string;
};

/** The bytes of a file in the repository; null when there is none. Throws OutsideError `refused` for what is no plain file. */
export async function readFile(place: Place, { path, commit, why }: FileQuestion): Promise<Uint8Array | null> {
  const parameters = { ...of(place), path, ...(commit === null ? {} : { ref: commit }) };
  const answer = await place.client.askOr([404], { route: 'GET /repos/{owner}/{repo}/contents/{+path}', parameters, shape: contents, why });
  if (!answer.ok) return null;
  const { type, sha, content, encoding } = answer.data;
  if (type !== 'file' || sha === null) throw new OutsideError('refused', `${path} is a ${type}, not a file. Put a plain file there.`, { retryable: false });
  // GitHub sends files up to 1 MB along; whatever it sends has to be the blob it names.
  return typeof content === 'string' && encoding === 'base64' ? checkBlob(Buffer.from(content, 'base64'), sha) : await readBlob(place, sha, why);
}

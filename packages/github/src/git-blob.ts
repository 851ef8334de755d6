import { createHash } from 'node:crypto';
import { OutsideError } from '@sallyport/pipeline';
import { gitBlob } from './answers/commit.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

/** Reads a blob and makes sure that its bytes are the ones its name stands for. */
export async function readBlob(place: Place, sha: string, why: string): Promise<Uint8Array> {
  const { data } = await place.client.ask({ route: 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}', parameters: { ...of(place), file_sha: sha }, shape: gitBlob, why });
  return checkBlob(Buffer.from(data.content, data.encoding === 'base64' ? 'base64' : 'utf8'), sha);
}

/** Gives the bytes back if `sha` is git's name for them. Throws OutsideError `malformed-answer` if not. */
export function checkBlob(bytes: Uint8Array, sha: string): Uint8Array {
  if (blobName(bytes, sha.length) !== sha) throw new OutsideError('malformed-answer', `GitHub’s answer for blob ${sha} holds other bytes than that name stands for. Try again; if it stays so, something between here and GitHub changes what is read.`, { retryable: true });
  return bytes;
}

/** Git's own name for bytes, SHA-1 or SHA-256 by the length of the repository's names. */
function blobName(bytes: Uint8Array, nameLength: number): string {
  return createHash(nameLength === 64 ? 'sha256' : 'sha1').update(`blob ${bytes.byteLength}\0`).update(bytes).digest('hex');
}

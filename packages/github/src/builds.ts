import { OutsideError } from '@sallyport/pipeline';
import type { BuildStore } from '@sallyport/pipeline';
import * as z from 'zod';
import { gitRef } from './answers/commit.ts';
import { asset, release as releaseAnswer } from './answers/issue.ts';
import type { AssetAnswer, ReleaseAnswer } from './answers/issue.ts';
import { bytes, nothing } from './answers/shared.ts';
import { readPages } from './paginate.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

/** Builds as assets of prereleases. Nothing is ever replaced: a name that is taken with other bytes is an error. */
export function createBuilds(place: Place): BuildStore {
  return {
    async publish(release, commit, files) {
      const found = (await findRelease(place, release)) ?? (await createRelease(place, release, commit));
      await checkCommit(place, release, commit);
      const assets = await listAssets(place, found);
      for (const file of files) await keep(place, found, assets, file);
    },
    async fetch(release, name) {
      const found = await findRelease(place, release);
      const kept = found === null ? undefined : (await listAssets(place, found)).find((candidate) => candidate.name === name && candidate.state === 'uploaded');
      return kept === undefined ? null : download(place, kept);
    },
  };
}

async function findRelease(place: Place, tag: string): Promise<ReleaseAnswer | null> {
  const answer = await place.client.askOr([404], { route: 'GET /repos/{owner}/{repo}/releases/tags/{tag}', parameters: { ...of(place), tag }, shape: releaseAnswer, why: 'to find a build' });
  return answer.ok ? answer.data : null;
}

async function createRelease(place: Place, tag: string, commit: string): Promise<ReleaseAnswer> {
  const body = `The files of a build, kept for promotion. Their digests are in the ledger; nothing here is trusted by itself.`;
  const { data } = await place.client.ask({ route: 'POST /repos/{owner}/{repo}/releases', parameters: { ...of(place), tag_name: tag, target_commitish: commit, name: tag, body, prerelease: true, draft: false }, shape: releaseAnswer, why: 'to keep a build' });
  return data;
}

/** A tag of that name may have been there before, at another commit: GitHub then leaves it where it is. */
async function checkCommit(place: Place, tag: string, commit: string): Promise<void> {
  const { data } = await place.client.ask({ route: 'GET /repos/{owner}/{repo}/git/ref/{ref}', parameters: { ...of(place), ref: `tags/${tag}` }, shape: gitRef, why: 'to see which commit a build is of' });
  if (data.object.sha !== commit) throw new OutsideError('refused', `The tag ${tag} is at ${data.object.sha}, but the build is of ${commit}. A version names one build; raise the version and build again.`, { retryable: false });
}

async function listAssets(place: Place, { id }: ReleaseAnswer): Promise<readonly AssetAnswer[]> {
  const { pages } = await readPages(place.client, { route: 'GET /repos/{owner}/{repo}/releases/{release_id}/assets', parameters: { ...of(place), release_id: id }, shape: z.array(asset), why: 'to list the files of a build' });
  return pages.flat();
}

type File = { readonly name: string; readonly bytes: Uint8Array };

async function keep(place: Place, release: ReleaseAnswer, assets: readonly AssetAnswer[], file: File): Promise<void> {
  const existing = assets.find(({ name }) => name === file.name);
  if (existing?.state === 'uploaded') return compare(place, release, existing, file);
  // An upload that broke off leaves an asset without bytes that holds its name.
  if (existing !== undefined) await place.client.ask({ route: 'DELETE /repos/{owner}/{repo}/releases/assets/{asset_id}', parameters: { ...of(place), asset_id: existing.id }, shape: nothing, why: 'to clear an upload that broke off' });
  await place.client.ask({
    route: `POST ${release.upload_url.replace(/\{.*$/, '')}{?name}`,
    parameters: { name: file.name, data: file.bytes, headers: { 'content-type': 'application/octet-stream', 'content-length': file.bytes.byteLength } },
    shape: asset,
    why: `to keep ${file.name}`,
  });
}

async function compare(place: Place, release: ReleaseAnswer, existing: AssetAnswer, file: File): Promise<void> {
  const kept = existing.size === file.bytes.byteLength ? await download(place, existing) : null;
  if (kept !== null && Buffer.from(kept).equals(Buffer.from(file.bytes))) return;
  throw new OutsideError('refused', `${release.tag_name} already keeps a file ${file.name} with other bytes. A build is never replaced; raise the version and build again.`, { retryable: false });
}

async function download(place: Place, { id, name }: AssetAnswer): Promise<Uint8Array> {
  const { data } = await place.client.ask({ route: 'GET /repos/{owner}/{repo}/releases/assets/{asset_id}', parameters: { ...of(place), asset_id: id, headers: { accept: 'application/octet-stream' } }, shape: bytes, bytes: true, why: `to fetch ${name}` });
  return data;
}

import type { Person } from '@sallyport/gates';
import { OutsideError } from '@sallyport/pipeline';
import type { BuildFile } from '@sallyport/pipeline';
import * as z from 'zod';
import { gitRef } from './answers/commit.ts';
import { asset, release as releaseAnswer } from './answers/issue.ts';
import type { AssetAnswer, ReleaseAnswer } from './answers/issue.ts';
import { bytes, nothing } from './answers/shared.ts';
import { readPages } from './paginate.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

export type WantedRelease = {
  readonly tag: string;
  readonly commit: string;
  /** Markdown. */
  readonly body: string;
  readonly prerelease: boolean;
  readonly files: readonly BuildFile[];
};

type IsOurs = (author: Person | null) => Promise<boolean>;

/**
 * Finds the release or makes it: as a draft first, and published once its files are there, since a repository may have set that nothing is
 * added to a published one (GitHub Docs, "Immutable releases"). A file that is there already must have the same bytes, and a draft with
 * anything else in it is not published: whoever may write can make or change one. Throws OutsideError.
 */
export async function publishRelease(place: Place, isOurs: IsOurs, wanted: WantedRelease): Promise<ReleaseAnswer> {
  const standing = await findCommit(place, wanted.tag);
  if (standing !== null) requireCommit(wanted, standing);
  const release = (await findRelease(place, wanted.tag)) ?? (await findDraft(place, isOurs, wanted)) ?? (await createDraft(place, wanted));
  const assets = await listAssets(place, release);
  for (const file of wanted.files) await keep(place, release, assets, file);
  if (release.draft) await requireOnly(place, release, wanted);
  const published = release.draft ? await publishDraft(place, release, wanted) : release;
  // The tag may have been made at another commit meanwhile: GitHub then leaves it where it is.
  await requireTag(place, wanted);
  return published;
}

/** Throws OutsideError unless the tag is there, at the release's commit. */
export const requireTag = async (place: Place, wanted: Pick<WantedRelease, 'tag' | 'commit'>): Promise<void> => requireCommit(wanted, await findCommit(place, wanted.tag));

/** A published release; null when there is none under that tag. */
export async function findRelease(place: Place, tag: string): Promise<ReleaseAnswer | null> {
  const answer = await place.client.askOr([404], { route: 'GET /repos/{owner}/{repo}/releases/tags/{tag}', parameters: { ...of(place), tag }, shape: releaseAnswer, why: 'to find a release' });
  return answer.ok ? answer.data : null;
}

export async function listAssets(place: Place, { id }: ReleaseAnswer): Promise<readonly AssetAnswer[]> {
  const { pages } = await readPages(place.client, { route: 'GET /repos/{owner}/{repo}/releases/{release_id}/assets', parameters: { ...of(place), release_id: id }, shape: z.array(asset), why: 'to list the files of a release' });
  return pages.flat();
}

export async function downloadAsset(place: Place, { id, name }: AssetAnswer): Promise<Uint8Array> {
  const { data } = await place.client.ask({ route: 'GET /repos/{owner}/{repo}/releases/assets/{asset_id}', parameters: { ...of(place), asset_id: id, headers: { accept: 'application/octet-stream' } }, shape: bytes, bytes: true, why: `to fetch ${name}` });
  return data;
}

/** Null: there is no such tag. */
async function findCommit(place: Place, tag: string): Promise<string | null> {
  const answer = await place.client.askOr([404], { route: 'GET /repos/{owner}/{repo}/git/ref/{ref}', parameters: { ...of(place), ref: `tags/${tag}` }, shape: gitRef, why: 'to see which commit a release is of' });
  return answer.ok ? answer.data.object.sha : null;
}

function requireCommit({ tag, commit }: Pick<WantedRelease, 'tag' | 'commit'>, found: string | null): void {
  if (found === commit) return;
  throw new OutsideError('refused', `The tag ${tag} ${found === null ? 'was not made' : `is at ${found}`}, but the release is of ${commit}. A version names one build: raise the version and build again, or delete a tag that somebody made by hand.`, { retryable: false });
}

/**
 * A draft of our own that an earlier try left with nothing but wanted files: among the newest hundred releases, or another is made. Whoever
 * may write can make a draft of any name and put files into it, or into ours.
 */
async function findDraft(place: Place, isOurs: IsOurs, { tag, commit, files }: WantedRelease): Promise<ReleaseAnswer | null> {
  const { data } = await place.client.ask({ route: 'GET /repos/{owner}/{repo}/releases', parameters: { ...of(place), per_page: 100 }, shape: z.array(releaseAnswer), why: 'to go on with a release that was begun' });
  const wanted = new Set(files.map(({ name }) => name));
  for (const release of data) {
    const isLeft = release.draft && release.tag_name === tag && release.target_commitish === commit && (await isOurs(release.author));
    if (isLeft && (await listAssets(place, release)).every(({ name }) => wanted.has(name))) return release;
  }
  return null;
}

/** Looked at last of all before it is published. */
async function requireOnly(place: Place, release: ReleaseAnswer, { tag, files }: WantedRelease): Promise<void> {
  const strange = (await listAssets(place, release)).filter(({ name }) => !files.some((file) => file.name === name));
  if (strange.length === 0) return;
  throw new OutsideError('refused', `Somebody put ${strange.map(({ name }) => name).join(', ')} into the draft of ${tag}, so it is not published. Find out who did, delete the draft, and run this again.`, { retryable: false });
}

async function createDraft(place: Place, { tag, commit, body, prerelease }: WantedRelease): Promise<ReleaseAnswer> {
  const { data } = await place.client.ask({ route: 'POST /repos/{owner}/{repo}/releases', parameters: { ...of(place), tag_name: tag, target_commitish: commit, name: tag, body, prerelease, draft: true }, shape: releaseAnswer, why: 'to begin a release' });
  return data;
}

async function publishDraft(place: Place, { id }: ReleaseAnswer, { tag, commit, body, prerelease }: WantedRelease): Promise<ReleaseAnswer> {
  const { data } = await place.client.ask({ route: 'PATCH /repos/{owner}/{repo}/releases/{release_id}', parameters: { ...of(place), release_id: id, tag_name: tag, target_commitish: commit, name: tag, body, prerelease, draft: false }, shape: releaseAnswer, why: 'to publish a release' });
  return data;
}

async function keep(place: Place, release: ReleaseAnswer, assets: readonly AssetAnswer[], file: BuildFile): Promise<void> {
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

async function compare(place: Place, release: ReleaseAnswer, existing: AssetAnswer, file: BuildFile): Promise<void> {
  const kept = existing.size === file.bytes.byteLength ? await downloadAsset(place, existing) : null;
  if (kept !== null && Buffer.from(kept).equals(Buffer.from(file.bytes))) return;
  throw new OutsideError('refused', `${release.tag_name} already keeps a file ${file.name} with other bytes. A release is never replaced; raise the version and build again.`, { retryable: false });
}

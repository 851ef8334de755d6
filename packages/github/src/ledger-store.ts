import { checkpointPath, entryPath } from '@sallyport/ledger';
import type { LedgerFiles, LedgerStore } from '@sallyport/ledger';
import { OutsideError } from '@sallyport/pipeline';
import { gitRef, gitTree, made } from './answers/commit.ts';
import type { FetchFiles } from './fetch-files.ts';
import { readTree } from './read-tree.ts';
import { readBlob } from './git-blob.ts';
import { createRef } from './promotions.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

/** Bytes of blobs that were read before, by name. A name stands for its bytes for ever. */
export type BlobCache = Map<string, Uint8Array>;

export type LedgerStoreOptions = { readonly branch: string; readonly blobs: BlobCache; readonly fetchFiles: FetchFiles };

/** Blobs asked for at the same time: below GitHub's limit of 100 requests at once. */
const blobsAtOnce = 20;
/** With more to read, git fetches them all at once: GitHub allows a few thousand requests an hour, and a ledger grows for years. */
const mostAskedFor = 50;

/** The ledger's files on an orphan branch, written by fast-forward only. */
export function createLedgerStore(place: Place, options: LedgerStoreOptions): LedgerStore {
  return { read: () => read(place, options), write: (parent, files, message) => write(place, options.branch, { parent, files, message }) };
}

async function read(place: Place, options: LedgerStoreOptions): Promise<LedgerFiles> {
  // 409 is the answer of a repository without any commit.
  const ref = await place.client.askOr([404, 409], { route: 'GET /repos/{owner}/{repo}/git/ref/{ref}', parameters: { ...of(place), ref: `heads/${options.branch}` }, shape: gitRef, why: 'to read the ledger' });
  if (!ref.ok) return { commit: null, checkpoint: null, entries: [] };
  const commit = ref.data.object.sha;
  const names = ledgerFiles(await nameFiles(place, commit, options));
  await askForBlobs(place, [...names.entries, ...names.checkpoint].filter((name) => !options.blobs.has(name)), options.blobs);
  const bytesOf = (name: string): Uint8Array => options.blobs.get(name) ?? new Uint8Array();
  const [checkpoint] = names.checkpoint.map((name) => Buffer.from(bytesOf(name)).toString('utf8'));
  return { commit, checkpoint: checkpoint ?? null, entries: names.entries.map(bytesOf) };
}

/** What git calls each file of the branch, by path. Where many are new, or GitHub does not list them all, their bytes come at once. */
async function nameFiles(place: Place, commit: string, { branch, blobs, fetchFiles }: LedgerStoreOptions): Promise<ReadonlyMap<string, string>> {
  const { data: tree } = await place.client.ask({ route: 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}', parameters: { ...of(place), tree_sha: commit, recursive: '1' }, shape: gitTree, why: 'to list the ledger' });
  const listed = new Map(tree.tree.flatMap(({ path, mode, type, sha }): [string, string][] => (type === 'blob' && mode === '100644' ? [[path, sha]] : [])));
  const missing = [...listed.values()].filter((name) => !blobs.has(name)).length;
  if (!tree.truncated && missing <= mostAskedFor) return listed;
  const fetched = await fetchFiles(commit, blobs);
  if ('known' in fetched) {
    for (const [name, bytes] of fetched.known.bytes) blobs.set(name, bytes);
    return fetched.known.names;
  }
  if (!tree.truncated) return listed;
  throw new OutsideError('malformed-answer', `GitHub lists the branch ${branch} only in part, and git could not read it instead: ${fetched.unknown}. Verify the ledger from a clone, or make git reach the repository from here.`, { retryable: true });
}

type LedgerNames = { readonly entries: readonly string[]; /** One, or none. */ readonly checkpoint: readonly string[] };

/** Up to the first gap: what follows one is no part of the ledger, and the checkpoint tells that something is missing. */
function ledgerFiles(names: ReadonlyMap<string, string>): LedgerNames {
  const entries: string[] = [];
  for (let name = names.get(entryPath(0)); name !== undefined; name = names.get(entryPath(entries.length))) entries.push(name);
  const checkpoint = names.get(checkpointPath);
  return { entries, checkpoint: checkpoint === undefined ? [] : [checkpoint] };
}

async function askForBlobs(place: Place, names: readonly string[], blobs: BlobCache): Promise<void> {
  const queue = [...new Set(names)];
  const worker = async (): Promise<void> => {
    for (let name = queue.pop(); name !== undefined; name = queue.pop()) blobs.set(name, await readBlob(place, name, 'to read the ledger'));
  };
  await Promise.all(Array.from({ length: Math.min(blobsAtOnce, queue.length) }, worker));
}

type Writing = { readonly parent: string | null; readonly files: ReadonlyMap<string, Uint8Array>; readonly message: string };

/** Objects first, the branch last: until it moves nothing has happened. Every step leaves the same state when it arrives twice. */
async function write(place: Place, branch: string, { parent, files, message }: Writing): Promise<'written' | 'conflict'> {
  const entries = await Promise.all([...files].map(([path, bytes]) => treeEntry(place, path, bytes)));
  const base = parent === null ? {} : { base_tree: await readTree(place, parent) };
  const { data: tree } = await place.client.ask({ route: 'POST /repos/{owner}/{repo}/git/trees', parameters: { ...of(place), ...base, tree: entries }, shape: made, safeToRepeat: true, why: 'to write the ledger' });
  const { data: commit } = await place.client.ask({ route: 'POST /repos/{owner}/{repo}/git/commits', parameters: { ...of(place), message, tree: tree.sha, parents: parent === null ? [] : [parent] }, shape: made, safeToRepeat: true, why: 'to write the ledger' });
  if (parent === null) return (await createRef(place, { ref: `refs/heads/${branch}`, sha: commit.sha }, 'to start the ledger')) === 'created' ? 'written' : 'conflict';
  return moveBranch(place, branch, commit.sha);
}

async function moveBranch(place: Place, branch: string, sha: string): Promise<'written' | 'conflict'> {
  try {
    await place.client.ask({ route: 'PATCH /repos/{owner}/{repo}/git/refs/{ref}', parameters: { ...of(place), ref: `heads/${branch}`, sha, force: false }, shape: gitRef, safeToRepeat: true, why: 'to append to the ledger' });
    return 'written';
  } catch (error) {
    if (error instanceof OutsideError && error.code === 'refused' && /not a fast.?forward|Reference (?:does not exist|cannot be updated)/i.test(error.message)) return 'conflict';
    throw error;
  }
}

type TreeEntry = { readonly path: string; readonly mode: '100644'; readonly type: 'blob' } & ({ readonly content: string } | { readonly sha: string });

/** Text goes along with the tree; bytes that are no UTF-8 need a blob of their own. */
async function treeEntry(place: Place, path: string, bytes: Uint8Array): Promise<TreeEntry> {
  const text = Buffer.from(bytes).toString('utf8');
  if (Buffer.from(text, 'utf8').equals(Buffer.from(bytes))) return { path, mode: '100644', type: 'blob', content: text };
  const { data } = await place.client.ask({ route: 'POST /repos/{owner}/{repo}/git/blobs', parameters: { ...of(place), content: Buffer.from(bytes).toString('base64'), encoding: 'base64' }, shape: made, safeToRepeat: true, why: 'to write the ledger' });
  return { path, mode: '100644', type: 'blob', sha: data.sha };
}

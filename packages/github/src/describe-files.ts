import { calendarFiles, completeList, known, partialList, unknown } from '@sallyport/gates';
import type { ChangedFileFact, Fact, FactList, MergeFacts } from '@sallyport/gates';
import type { Policy } from '@sallyport/policy';
import { readBlob } from './git-blob.ts';
import type { Changed } from './gather-files.ts';
import type { Tree, TreeEntry } from './read-tree.ts';
import { remember } from './remember.ts';
import type { Place } from './repository.ts';
import { shownThroughLinks } from './shown-through-links.ts';
import { followLink, linkText } from './symlink-target.ts';

/** Each text of a symlink costs a question: so many of the change’s own, and so many of those it leaves alone. */
const mostLinks = 50;

const kinds = new Map<string, NonNullable<Extract<ChangedFileFact['kind'], { known: unknown }>>['known']>([['100644', 'file'], ['100755', 'executable'], ['120000', 'symlink'], ['160000', 'submodule']]);

/** What each changed path is at the head, where symlinks lead, and which other paths symlinks show the change at. */
export async function describeFiles(place: Place, list: FactList<Changed>, { tree, policy }: { readonly tree: Tree; readonly policy: Policy }): Promise<MergeFacts['files']> {
  const readLink = remember(async (sha) => readBlob(place, sha, 'to see where a symlink leads'));
  const items = await describe(list.items, tree, readLink);
  const shown = await showThroughLinks(items, { tree, policy, readLink });
  const missing = [list, shown].flatMap((part) => (part.complete ? [] : [part.missing]));
  const all = [...items, ...shown.items];
  return missing.length === 0 ? completeList(all) : partialList(all, missing.join('; '));
}

type ReadLink = (sha: string) => Promise<Uint8Array>;

async function describe(files: readonly Changed[], tree: Tree, readLink: ReadLink): Promise<readonly ChangedFileFact[]> {
  const entries = await Promise.all(files.map(async ({ path, status }) => (status === 'removed' ? known(null) : tree.at(path))));
  const links = entries.flatMap((entry) => ('known' in entry && entry.known !== null && isLink(entry.known) ? [entry.known.path] : []));
  const followed = new Set(links.slice(0, mostLinks));
  const targetOf = async (entry: TreeEntry): Promise<Fact<string | null>> =>
    followed.has(entry.path) ? followLink(entry.path, await readLink(entry.sha), tree.at) : unknown(`the change has ${links.length} symlinks, and only ${mostLinks} are followed`);
  return Promise.all(
    files.map(async ({ path, previousPath, status }, index): Promise<ChangedFileFact> => {
      const file = { path, previousPath, status };
      const entry = entries[index];
      if (status === 'removed' || entry === undefined) return { ...file, kind: null };
      if ('unknown' in entry) return { ...file, kind: entry };
      const kind = entry.known === null ? undefined : kinds.get(entry.known.mode);
      if (entry.known === null || kind === undefined) return { ...file, kind: unknown(`${path} is no file of the head’s tree`) };
      return kind === 'symlink' ? { ...file, kind: known(kind), target: await targetOf(entry.known) } : { ...file, kind: known(kind) };
    }),
  );
}

const isLink = ({ mode }: TreeEntry): boolean => mode === '120000';

type LinkSources = { readonly tree: Tree; readonly policy: Policy; readonly readLink: ReadLink };

/** Where the list of the tree is cut off, only the symlinks in it are seen. */
async function showThroughLinks(files: readonly ChangedFileFact[], { tree, policy, readLink }: LinkSources): Promise<FactList<ChangedFileFact>> {
  const links = tree.files.items.filter(isLink);
  const own = new Set(files.map(({ path }) => path));
  const unchanged = links.filter(({ path }) => !own.has(path));
  if (files.length === 0 || unchanged.length === 0) return completeList([]);
  const blobs = [...new Set(byImportance(unchanged, policy).map(({ sha }) => sha))];
  const read = new Set([...blobs.slice(0, mostLinks), ...links.flatMap(({ path, sha }) => (own.has(path) ? [sha] : [])).slice(0, mostLinks)]);
  const texts = await Promise.all(links.filter(({ sha }) => read.has(sha)).map(async ({ path, sha }) => [path, linkText(await readLink(sha))] as const));
  const readable = new Map(texts.flatMap(([path, text]) => (text === null ? [] : [[path, text] as const])));
  const shown = shownThroughLinks(files, { texts: readable, unchanged: unchanged.flatMap(({ path }) => (readable.has(path) ? [path] : [])) });
  const unreadable = texts.flatMap(([path, text]) => (text === null && !own.has(path) ? [unclear(path)] : []));
  const missing = [...(shown.complete ? [] : [shown.missing]), ...(blobs.length > mostLinks && looksAtPaths(policy) ? [`the repository has symlinks to ${blobs.length} different places, and only ${mostLinks} are followed to see what shows the change`] : [])];
  const all = [...shown.items, ...unreadable];
  return missing.length === 0 ? completeList(all) : partialList(all, missing.join('; '));
}

/** What decides about releases lies in there, whatever the policy says, or is a calendar that it names, or leads to one. */
function byImportance(links: readonly TreeEntry[], policy: Policy): readonly TreeEntry[] {
  const isFirst = ({ path }: TreeEntry): boolean => path.startsWith('.github/') || calendarFiles(policy).some((file) => file === path || file.startsWith(`${path}/`));
  return [...links.filter(isFirst), ...links.filter((link) => !isFirst(link))];
}

const looksAtPaths = (policy: Policy): boolean => {
  const { review, tests } = policy.merge;
  return review.sensitive.length > 0 || review.codeOwners === 'required' || tests.some(({ paths }) => paths !== null) || calendarFiles(policy).length > 0;
};

const unclear = (path: string): ChangedFileFact => ({ path, previousPath: null, status: 'changed-target', kind: known('symlink'), target: unknown(`the symlink ${path} holds no path that can be read`) });

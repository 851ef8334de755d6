import { completeList, known, partialList } from '@sallyport/gates';
import type { ChangedFileFact, FactList } from '@sallyport/gates';
import { resolvePath } from './resolve-path.ts';
import type { ResolvedPath } from './resolve-path.ts';

/** More paths than this are not worth listing; the list says that it was cut. */
const mostShown = 3000;

export type LinksAtHead = {
  /** The text of every symlink, by its path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Those the change itself leaves alone. */
  readonly unchanged: readonly string[];
};

/**
 * What a change does to paths it never names: where an unchanged symlink leads to something changed, the symlink, or the path
 * through it, shows other content than before. Links in links are followed, each once on the way to a path.
 */
export function shownThroughLinks(files: readonly ChangedFileFact[], { texts, unchanged }: LinksAtHead): FactList<ChangedFileFact> {
  const links = unchanged.map((link) => ({ link, ...resolvePath(link, texts) }));
  const touched = new Set(files.flatMap(({ path, previousPath }) => (previousPath === null ? [path] : [path, previousPath])));
  const shown = new Map<string, Shown>(links.filter((link) => leadsElsewhere(link, touched)).map(({ link, path }) => [link, { file: linkFact(link, path), via: [link] }]));
  let newest: readonly Shown[] = [...files.map((file) => ({ file, via: [] })), ...shown.values()];
  while (newest.length > 0) {
    const further = newest.flatMap((one) => links.flatMap((link) => through(one, link))).filter(({ file }) => !touched.has(file.path) && !shown.has(file.path));
    for (const one of further) shown.set(one.file.path, one);
    if (shown.size > mostShown) return partialList([...shown.values()].slice(0, mostShown).map(({ file }) => file), `symlinks show the change at more than ${mostShown} other paths`);
    newest = further;
  }
  return completeList([...shown.values()].map(({ file }) => file));
}

type Shown = { readonly file: ChangedFileFact; readonly via: readonly string[] };
type Link = ResolvedPath & { readonly link: string };

const status = 'changed-target';
const linkFact = (path: string, target: string | null): ChangedFileFact => ({ path, previousPath: null, status, kind: known('symlink'), target: known(target) });

/** The change has a hand in the way there: a symlink it passes is changed, or what is now a folder above was something else. */
function leadsElsewhere({ link, path, through: passed }: Link, touched: ReadonlySet<string>): boolean {
  return passed.some((step) => step !== link && touched.has(step)) || foldersAbove(path ?? '').some((folder) => touched.has(folder));
}

function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

function through({ file, via }: Shown, { link, path: target }: Link): readonly Shown[] {
  if (target === null || via.includes(link)) return [];
  const now = pathThrough(file.path, target, link);
  const before = file.previousPath === null ? null : pathThrough(file.previousPath, target, link);
  const facts: ChangedFileFact[] = [
    ...(now === null ? [] : [now === link ? linkFact(link, target) : { ...file, path: now, previousPath: null, status }]),
    ...(before === null ? [] : [before === link ? linkFact(link, target) : { path: before, previousPath: null, status, kind: null }]),
  ];
  return facts.map((fact) => ({ file: fact, via: [...via, link] }));
}

/** null: the path is not what the link leads to, nor below it. */
function pathThrough(path: string, target: string, link: string): string | null {
  if (target === '') return `${link}/${path}`;
  if (path === target) return link;
  return path.startsWith(`${target}/`) ? `${link}${path.slice(target.length)}` : null;
}

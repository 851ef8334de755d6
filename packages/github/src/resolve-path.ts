/** `path` without symlinks: the empty path is the whole repository, null is outside of it or nowhere. `through`: the symlinks on the way. */
export type ResolvedPath = { readonly path: string | null; readonly through: readonly string[] };

/** As many as Linux follows before it calls it a loop (path_resolution(7)). */
const mostHops = 40;

/** Walks a path as an operating system would, with the text of every symlink at hand. */
export function resolvePath(path: string, links: ReadonlyMap<string, string>): ResolvedPath {
  const through: string[] = [];
  let here: readonly string[] = [];
  let ahead: readonly string[] = path.split('/');
  while (ahead.length > 0) {
    const [name = '', ...rest] = ahead;
    ahead = rest;
    if (name === '' || name === '.') continue;
    if (name === '..') {
      if (here.length === 0) return { path: null, through };
      here = here.slice(0, -1);
      continue;
    }
    const next = [...here, name];
    const text = links.get(next.join('/'));
    if (text === undefined) here = next;
    else {
      through.push(next.join('/'));
      if (text.startsWith('/') || through.length > mostHops) return { path: null, through };
      ahead = [...text.split('/'), ...rest];
    }
  }
  return { path: here.join('/'), through };
}

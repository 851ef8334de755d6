import type { Hono } from 'hono';
import type { SimulatorContext } from '../../context.ts';
import { resolveCommit } from '../../git/objects.ts';
import { entryAt, listTree, readBlob } from '../../git/read-tree.ts';
import type { Repository } from '../../world/world.ts';
import { GitHubError, notFound } from '../github-error.ts';
import { wrapped, type TreeEntry } from '../present/git-data.ts';
import { repositoryPage, repositoryUrl } from '../present/repository.ts';
import type { Schemas } from '../present/schemas.ts';
import { repositoryOf, type Request, type SimulatorEnv } from '../request.ts';

/** Above this GitHub sends a file's content only raw. */
const largestInlineBytes = 1024 * 1024;

/** Files and folders at a ref. */
export function registerContents(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  const serve = async (c: Request): Promise<Response> => {
    const repository = repositoryOf(c, context);
    const path = (c.req.param('path') ?? '').replace(/^\/+|\/+$/g, '');
    const ref = c.req.query('ref') ?? repository.defaultBranch;
    const commit = await resolveCommit(repository.objects, ref);
    if (commit === null) throw new GitHubError(404, `No commit found for the ref ${ref}`);
    const entry = await entryAt(repository.objects, commit, path);
    if (entry === null) throw notFound();
    if (entry.type === 'blob') return serveFile(c, context.url(), repository, { entry, path, ref });
    const below = await listTree(repository.objects, entry.sha, false);
    return c.json(below.map((item) => ({ ...presentEntry(context.url(), repository, { entry: item, path: path === '' ? item.path : `${path}/${item.path}`, ref }), type: kindOf(item) })) satisfies Schemas['content-directory']);
  };
  app.get('/repos/:owner/:repo/contents', serve);
  app.get('/repos/:owner/:repo/contents/:path{.*}', serve);
}

type Place = { readonly entry: TreeEntry; readonly path: string; readonly ref: string };

async function serveFile(c: Request, url: string, repository: Repository, place: Place): Promise<Response> {
  const bytes = await readBlob(repository.objects, place.entry.sha);
  if (/application\/vnd\.github(\.v3)?\.raw/.test(c.req.header('accept') ?? '')) {
    return new Response(new Uint8Array(bytes), { headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' } });
  }
  const inline = bytes.length <= largestInlineBytes;
  const file: Schemas['content-file'] = {
    ...presentEntry(url, repository, place),
    type: 'file',
    content: inline ? wrapped(bytes) : '',
    encoding: inline ? 'base64' : 'none',
  };
  return c.json(file);
}

function kindOf(entry: TreeEntry): 'dir' | 'file' | 'submodule' | 'symlink' {
  if (entry.type === 'tree') return 'dir';
  if (entry.type === 'commit') return 'submodule';
  return entry.mode === '120000' ? 'symlink' : 'file';
}

function presentEntry(url: string, repository: Repository, { entry, path, ref }: Place): Omit<Schemas['content-directory'][number], 'type'> {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const self = `${repositoryUrl(url, repository)}/contents/${encoded}?ref=${encodeURIComponent(ref)}`;
  const git = `${repositoryUrl(url, repository)}/git/${entry.type === 'tree' ? 'trees' : 'blobs'}/${entry.sha}`;
  const html = `${repositoryPage(url, repository)}/${entry.type === 'tree' ? 'tree' : 'blob'}/${ref}/${encoded}`;
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    sha: entry.sha,
    size: entry.sizeBytes ?? 0,
    url: self,
    html_url: html,
    git_url: git,
    download_url: entry.type === 'blob' ? `${repositoryPage(url, repository)}/raw/${ref}/${encoded}` : null,
    _links: { self, git, html },
  };
}

import type { Hono } from 'hono';
import * as z from 'zod';
import type { SimulatorContext } from '../../context.ts';
import { isAncestor, listRefs, objectType, readRefEntry, type RefEntry } from '../../git/objects.ts';
import { tryGit } from '../../git/run-git.ts';
import { updateRef } from '../../git/update-ref.ts';
import type { Repository } from '../../world/world.ts';
import { GitHubError, notFound } from '../github-error.ts';
import { presentRef } from '../present/git-data.ts';
import { actingUser, bodyOf, repositoryOf, type Request, type SimulatorEnv } from '../request.ts';

const newRef = z.object({ ref: z.string(), sha: z.string() });
const movedRef = z.object({ sha: z.string(), force: z.boolean().default(false) });

/** Git refs through REST. */
export function registerGitRefs(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  const url = (): string => context.url();

  app.get('/repos/:owner/:repo/git/ref/:ref{.+}', async (c) => {
    const repository = repositoryOf(c, context);
    const entry = await findRef(repository, `refs/${c.req.param('ref')}`);
    if (entry === null) throw notFound();
    return c.json(presentRef(url(), repository, entry));
  });

  app.get('/repos/:owner/:repo/git/matching-refs/:ref{.*}', async (c) => {
    const repository = repositoryOf(c, context);
    const found = await listRefs(repository.objects, c.req.param('ref'));
    // GitHub gives every match at once, without pages.
    return c.json(found.map((entry) => presentRef(url(), repository, entry)));
  });

  app.post('/repos/:owner/:repo/git/refs', async (c) => {
    const repository = repositoryOf(c, context);
    const { ref, sha } = bodyOf(c, newRef);
    if (!/^refs\/(heads|tags)\/.+/.test(ref) || (await tryGit(repository.gitDir, ['check-ref-format', ref])) === null) {
      throw new GitHubError(422, 'Reference name must start with \'refs\' and contain at least two slashes.');
    }
    if ((await findRef(repository, ref)) !== null) throw new GitHubError(422, 'Reference already exists');
    await requireObject(repository, ref, sha);
    await move(c, context, repository, ref, null, sha);
    return c.json(await presented(url(), repository, ref), 201);
  });

  app.patch('/repos/:owner/:repo/git/refs/:ref{.+}', async (c) => {
    const repository = repositoryOf(c, context);
    const { sha, force } = bodyOf(c, movedRef);
    const entry = await movableRef(repository, c.req.param('ref'));
    await requireObject(repository, entry.ref, sha);
    if (!force && !(await isAncestor(repository.objects, entry.sha, sha))) throw new GitHubError(422, 'Update is not a fast forward');
    await move(c, context, repository, entry.ref, entry.sha, sha);
    return c.json(await presented(url(), repository, entry.ref));
  });

  app.delete('/repos/:owner/:repo/git/refs/:ref{.+}', async (c) => {
    const repository = repositoryOf(c, context);
    const entry = await movableRef(repository, c.req.param('ref'));
    await move(c, context, repository, entry.ref, entry.sha, null);
    return c.body(null, 204);
  });
}

async function findRef(repository: Repository, ref: string): Promise<RefEntry | null> {
  return readRefEntry(repository.objects, ref);
}

/** Branches and tags; what GitHub keeps for itself, as `refs/pull`, nobody moves. */
async function movableRef(repository: Repository, name: string): Promise<RefEntry> {
  const entry = /^(heads|tags)\//.test(name) ? await findRef(repository, `refs/${name}`) : null;
  if (entry === null) throw new GitHubError(422, 'Reference does not exist');
  return entry;
}

async function presented(url: string, repository: Repository, ref: string): Promise<ReturnType<typeof presentRef>> {
  const entry = await findRef(repository, ref);
  if (entry === null) throw notFound();
  return presentRef(url, repository, entry);
}

async function requireObject(repository: Repository, ref: string, sha: string): Promise<void> {
  const type = await objectType(repository.objects, sha);
  if (type === null) throw new GitHubError(422, 'Object does not exist');
  if (ref.startsWith('refs/heads/') && type !== 'commit') throw new GitHubError(422, 'Reference update failed: branches hold commits.');
}

async function move(c: Request, context: SimulatorContext, repository: Repository, ref: string, before: string | null, after: string | null): Promise<void> {
  const result = await updateRef(context, repository, actingUser(c), ref, before, after);
  switch (result.kind) {
    case 'moved':
      return;
    case 'stale':
      throw before === null ? new GitHubError(422, 'Reference already exists') : new GitHubError(422, 'Reference cannot be updated');
    case 'refused':
      throw new GitHubError(422, `Repository rule violations found\n\n${result.violations.join('\n')}\n\n`);
    default:
      result satisfies never;
  }
}

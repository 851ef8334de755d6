import type { Hono } from 'hono';
import * as z from 'zod';
import type { SimulatorContext } from '../../context.ts';
import { noreplyEmail } from '../../git/identity.ts';
import { growTree } from '../../git/grow-tree.ts';
import { objectType, parsePerson, peel, readCommit, resolveCommit, toSeconds } from '../../git/objects.ts';
import { listTree, readBlob } from '../../git/read-tree.ts';
import { tryGit } from '../../git/run-git.ts';
import { writeBlob, writeCommit, writeTree, type IndexEntry } from '../../git/write-objects.ts';
import type { Repository, User } from '../../world/world.ts';
import { GitHubError, notFound } from '../github-error.ts';
import { presentGitCommit } from '../present/commit.ts';
import { presentBlob, presentTag, presentTree, type TagObject } from '../present/git-data.ts';
import { repositoryUrl } from '../present/repository.ts';
import { actingUser, bodyOf, repositoryOf, type SimulatorEnv } from '../request.ts';

const person = z.object({ name: z.string(), email: z.string(), date: z.string().optional() });
const newBlob = z.object({ content: z.string(), encoding: z.enum(['utf-8', 'base64']).default('utf-8') });
const newTree = z.object({
  base_tree: z.string().optional(),
  tree: z.array(z.object({ path: z.string().min(1), mode: z.enum(['100644', '100755', '040000', '160000', '120000']), sha: z.string().nullable().optional(), content: z.string().optional() })),
});
const newCommit = z.object({ message: z.string(), tree: z.string(), parents: z.array(z.string()).default([]), author: person.optional(), committer: person.optional() });
const newTag = z.object({ tag: z.string().min(1), message: z.string(), object: z.string(), type: z.enum(['commit', 'tree', 'blob']), tagger: person.optional() });

const base = '/repos/:owner/:repo/git';

/** Git's objects through REST: blobs, trees, commits, annotated tags. */
export function registerGitObjects(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  const url = (): string => context.url();

  app.post(`${base}/blobs`, async (c) => {
    const repository = repositoryOf(c, context);
    const { content, encoding } = bodyOf(c, newBlob);
    const sha = await writeBlob(repository.gitDir, Buffer.from(content, encoding));
    return c.json({ url: `${repositoryUrl(url(), repository)}/git/blobs/${sha}`, sha }, 201);
  });

  app.get(`${base}/blobs/:sha`, async (c) => {
    const repository = repositoryOf(c, context);
    const sha = c.req.param('sha');
    if ((await objectType(repository.objects, sha)) !== 'blob') throw notFound();
    return c.json(presentBlob(url(), repository, sha, await readBlob(repository.objects, sha)));
  });

  app.post(`${base}/trees`, async (c) => {
    const repository = repositoryOf(c, context);
    const body = bodyOf(c, newTree);
    const under = body.base_tree === undefined ? null : await treeOf(repository, body.base_tree);
    if (body.base_tree !== undefined && under === null) throw new GitHubError(422, 'base_tree is not a valid tree oid');
    const entries: IndexEntry[] = [];
    for (const item of body.tree) entries.push({ path: item.path, mode: item.mode, sha: item.content === undefined ? (item.sha ?? null) : await writeBlob(repository.gitDir, Buffer.from(item.content)) });
    const sha = (await growTree(repository.objects, under, entries)) ?? (await writeTree(repository.gitDir, under, entries, String(context.nextId())).catch(() => null));
    if (sha === null) throw new GitHubError(422, 'tree.sha is not a valid object');
    return c.json(presentTree(url(), repository, sha, await listTree(repository.objects, sha, false)), 201);
  });

  app.get(`${base}/trees/:sha{.+}`, async (c) => {
    const repository = repositoryOf(c, context);
    const sha = await treeOf(repository, c.req.param('sha'));
    if (sha === null) throw notFound();
    const recursive = c.req.query('recursive') !== undefined;
    const entries = await listTree(repository.objects, sha, recursive);
    const truncated = recursive && repository.truncatedTrees.has(sha);
    return c.json({ ...presentTree(url(), repository, sha, truncated ? entries.slice(0, Math.floor(entries.length / 2)) : entries), truncated });
  });

  app.post(`${base}/commits`, async (c) => {
    const repository = repositoryOf(c, context);
    const body = bodyOf(c, newCommit);
    if ((await objectType(repository.objects, body.tree)) !== 'tree') throw new GitHubError(422, 'Tree SHA does not exist');
    for (const parent of body.parents) if ((await objectType(repository.objects, parent)) !== 'commit') throw new GitHubError(422, 'Parent SHA does not exist or is not a commit object');
    const author = signed(body.author, actingUser(c).user, context.clock.now());
    const committer = signed(body.committer ?? body.author, actingUser(c).user, context.clock.now());
    const identity = {
      ...{ GIT_AUTHOR_NAME: author.name, GIT_AUTHOR_EMAIL: author.email, GIT_AUTHOR_DATE: author.date },
      ...{ GIT_COMMITTER_NAME: committer.name, GIT_COMMITTER_EMAIL: committer.email, GIT_COMMITTER_DATE: committer.date },
    };
    const sha = await writeCommit(repository.gitDir, { tree: body.tree, parents: body.parents, message: body.message, identity });
    return c.json(await commitAnswer(url(), repository, sha), 201);
  });

  app.get(`${base}/commits/:sha`, async (c) => {
    const repository = repositoryOf(c, context);
    return c.json(await commitAnswer(url(), repository, c.req.param('sha')));
  });

  app.post(`${base}/tags`, async (c) => {
    const repository = repositoryOf(c, context);
    const body = bodyOf(c, newTag);
    if ((await objectType(repository.objects, body.object)) !== body.type) throw new GitHubError(422, 'Object does not exist or is of another type');
    const tagger = signed(body.tagger, actingUser(c).user, context.clock.now());
    const seconds = String(Math.floor(Date.parse(tagger.date) / 1000));
    const text = `object ${body.object}\ntype ${body.type}\ntag ${body.tag}\ntagger ${tagger.name} <${tagger.email}> ${seconds} +0000\n\n${body.message}${body.message.endsWith('\n') ? '' : '\n'}`;
    const sha = await tryGit(repository.gitDir, ['mktag'], { input: Buffer.from(text) });
    const tag = sha === null ? null : await readTag(repository, sha);
    if (tag === null) throw new GitHubError(422, 'Tag could not be written');
    return c.json(presentTag(url(), repository, tag), 201);
  });

  app.get(`${base}/tags/:sha`, async (c) => {
    const repository = repositoryOf(c, context);
    const tag = await readTag(repository, c.req.param('sha'));
    if (tag === null) throw notFound();
    return c.json(presentTag(url(), repository, tag));
  });
}

async function commitAnswer(url: string, repository: Repository, sha: string): Promise<ReturnType<typeof presentGitCommit>> {
  const commit = await readCommit(repository.objects, sha);
  if (commit === null) throw notFound();
  return presentGitCommit(url, repository, commit);
}

function signed(given: z.output<typeof person> | undefined, user: User, now: number): { readonly name: string; readonly email: string; readonly date: string } {
  const who = given ?? { name: user.login, email: noreplyEmail(user) };
  const at = given?.date === undefined ? now : Date.parse(given.date);
  if (Number.isNaN(at)) throw new GitHubError(422, 'Invalid request.\n\ndate is not an ISO 8601 timestamp.');
  return { name: who.name, email: who.email, date: toSeconds(at) };
}

/** A tree by its own SHA, or that of a commit, branch or tag. */
async function treeOf(repository: Repository, name: string): Promise<string | null> {
  if ((await objectType(repository.objects, name)) === 'tree') return name;
  const commit = await resolveCommit(repository.objects, name);
  return commit === null ? null : peel(repository.objects, commit, 'tree');
}

async function readTag(repository: Repository, sha: string): Promise<TagObject | null> {
  const object = await repository.objects.read(sha);
  if (object?.type !== 'tag') return null;
  const raw = object.bytes.toString('utf8');
  const split = raw.indexOf('\n\n');
  const headers = raw.slice(0, split).split('\n');
  const value = (key: string): string => headers.find((line) => line.startsWith(`${key} `))?.slice(key.length + 1) ?? '';
  return { sha, tag: value('tag'), message: raw.slice(split + 2).replace(/\n$/, ''), tagger: parsePerson(value('tagger')), object: { sha: value('object'), type: value('type') } };
}

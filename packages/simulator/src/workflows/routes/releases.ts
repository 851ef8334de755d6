import { createHash, randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import * as z from 'zod';
import type { SimulatorContext } from '../../context.ts';
import { readRef, resolveCommit } from '../../git/objects.ts';
import { updateRef } from '../../git/update-ref.ts';
import { GitHubError, notFound, validationFailed } from '../../http/github-error.ts';
import { pageOf } from '../../http/pagination.ts';
import { actingUser, bodyOf, numberOf, repositoryOf, type Request, type SimulatorEnv } from '../../http/request.ts';
import type { Asset, Release, Repository } from '../../world/world.ts';
import type { ActingUser } from '../../auth/viewer.ts';
import { presentAsset, presentRelease } from '../present/release.ts';

const creation = z.object({ tag_name: z.string().min(1), target_commitish: z.string().optional(), name: z.string().nullish(), body: z.string().nullish(), draft: z.boolean().default(false), prerelease: z.boolean().default(false) });
const change = creation.partial().omit({ target_commitish: true }).extend({ draft: z.boolean().optional(), prerelease: z.boolean().optional() });

/** Releases and their assets. A release that is no draft makes its tag, under the same rules as any ref. */
export function registerReleases(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  const at = '/repos/:owner/:repo/releases';
  const downloads = new Map<string, Asset>();
  const present = (repository: Repository, release: Release) => presentRelease(context.url(), repository, release);

  app.get(at, (c) => {
    const repository = repositoryOf(c, context);
    return c.json(pageOf(c, repository.releases.toReversed(), context.url()).map((release) => present(repository, release)));
  });
  app.post(at, async (c) => {
    const repository = repositoryOf(c, context);
    const body = bodyOf(c, creation);
    const actor = actingUser(c);
    if (repository.releases.some((one) => one.tagName === body.tag_name && !one.draft)) throw validationFailed('Release', 'tag_name', 'already_exists');
    const target = body.target_commitish ?? repository.defaultBranch;
    if (!body.draft) await ensureTag(context, repository, actor, body.tag_name, target);
    const now = context.clock.now();
    const release: Release = { id: context.nextId(), tagName: body.tag_name, targetCommitish: target, name: body.name ?? '', body: body.body ?? '', draft: body.draft, prerelease: body.prerelease, author: actor.user, createdAt: now, publishedAt: body.draft ? null : now, immutable: !body.draft && repository.immutableReleases, assets: [] };
    repository.releases.push(release);
    return c.json(present(repository, release), 201);
  });
  app.get(`${at}/tags/:tag{.+}`, (c) => {
    const repository = repositoryOf(c, context);
    const release = repository.releases.find((one) => one.tagName === c.req.param('tag') && !one.draft);
    if (release === undefined) throw notFound();
    return c.json(present(repository, release));
  });
  app.get(`${at}/assets/:asset`, (c) => downloadOrDescribe(c, context, downloads));
  app.get(`${at}/:release`, (c) => {
    const repository = repositoryOf(c, context);
    return c.json(present(repository, releaseOf(c, repository)));
  });
  app.patch(`${at}/:release`, async (c) => {
    const repository = repositoryOf(c, context);
    const release = releaseOf(c, repository);
    const body = bodyOf(c, change);
    if (body.tag_name !== undefined && body.tag_name !== release.tagName) throw new GitHubError(422, 'not simulated: moving a release to another tag.');
    if (release.draft && body.draft === false) {
      await ensureTag(context, repository, actingUser(c), release.tagName, release.targetCommitish);
      release.publishedAt = context.clock.now();
      release.immutable = repository.immutableReleases;
    }
    Object.assign(release, { name: body.name ?? release.name, body: body.body ?? release.body, draft: body.draft ?? release.draft, prerelease: body.prerelease ?? release.prerelease });
    return c.json(present(repository, release));
  });
  app.get(`${at}/:release/assets`, (c) => {
    const repository = repositoryOf(c, context);
    const release = releaseOf(c, repository);
    return c.json(pageOf(c, release.assets, context.url()).map((asset) => presentAsset(context.url(), repository, release, asset)));
  });
  app.post('/uploads/repos/:owner/:repo/releases/:release/assets', (c) => {
    const repository = repositoryOf(c, context);
    const release = releaseOf(c, repository);
    const asset = addAsset(c, context, release);
    return c.json(presentAsset(context.url(), repository, release, asset), 201);
  });
  // Bytes come from where a redirect leads, with an address nobody can guess and no credentials, as at GitHub.
  app.get('/_storage/assets/:address', (c) => {
    const asset = downloads.get(c.req.param('address'));
    if (asset === undefined) throw notFound();
    return c.body(new Uint8Array(asset.bytes), 200, { 'content-type': asset.contentType });
  });
}

function addAsset(c: Request, context: SimulatorContext, release: Release): Asset {
  if (release.immutable) throw new GitHubError(422, 'Cannot upload assets to an immutable release.');
  const bytes = c.get('rawBody');
  // GitHub keeps plain characters of an asset's name and puts dots for the others.
  const name = (c.req.query('name') ?? '').replaceAll(/[^A-Za-z0-9._-]/g, '.');
  if (name === '') throw validationFailed('ReleaseAsset', 'name', 'missing_field');
  if (bytes.length === 0) throw new GitHubError(400, 'Bad Content-Length: 0');
  if (release.assets.some((asset) => asset.name === name)) throw validationFailed('ReleaseAsset', 'name', 'already_exists');
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  const asset: Asset = { id: context.nextId(), name, contentType: c.req.header('content-type') ?? 'application/octet-stream', bytes, uploader: actingUser(c).user, createdAt: context.clock.now(), digest };
  release.assets.push(asset);
  return asset;
}

function downloadOrDescribe(c: Request, context: SimulatorContext, downloads: Map<string, Asset>): Response {
  const repository = repositoryOf(c, context);
  const id = numberOf(c, 'asset');
  for (const release of repository.releases) {
    const asset = release.assets.find((one) => one.id === id);
    if (asset === undefined) continue;
    if (!(c.req.header('accept') ?? '').includes('application/octet-stream')) return c.json(presentAsset(context.url(), repository, release, asset));
    const address = randomBytes(16).toString('hex');
    downloads.set(address, asset);
    return c.redirect(`${context.url()}/_storage/assets/${address}`, 302);
  }
  throw notFound();
}

/** Makes the release's tag when it is not there; rulesets may refuse it. */
async function ensureTag(context: SimulatorContext, repository: Repository, actor: ActingUser, tag: string, target: string): Promise<void> {
  const ref = `refs/tags/${tag}`;
  if ((await readRef(repository.objects, ref)) !== null) return;
  const commit = await resolveCommit(repository.objects, target);
  if (commit === null) throw validationFailed('Release', 'target_commitish', 'invalid');
  const move = await updateRef(context, repository, actor, ref, null, commit);
  if (move.kind === 'refused') throw new GitHubError(422, 'Validation Failed', { errors: [{ resource: 'Release', code: 'custom', field: 'pre_receive', message: `pre_receive Repository rule violations found\n\n${move.violations.join('\n')}` }] });
}

function releaseOf(c: Request, repository: Repository): Release {
  const id = numberOf(c, 'release');
  const release = repository.releases.find((one) => one.id === id);
  if (release === undefined) throw notFound();
  return release;
}

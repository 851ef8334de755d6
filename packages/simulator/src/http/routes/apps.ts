import { randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import * as z from 'zod';
import { ownsAccount } from '../../apps/install-app.ts';
import { isInstalledOn } from '../../auth/installed-on.ts';
import { actionsAppId, type Viewer } from '../../auth/viewer.ts';
import type { SimulatorContext } from '../../context.ts';
import { webFlowId } from '../../git/identity.ts';
import { toSeconds } from '../../git/objects.ts';
import type { App, User, World } from '../../world/world.ts';
import { GitHubError, notFound } from '../github-error.ts';
import { pageOf } from '../pagination.ts';
import { presentApp, presentInstallation } from '../present/app.ts';
import { bodyOf, numberOf, repositoryOf, viewerOf, type Request, type SimulatorEnv } from '../request.ts';
import { findUser } from './accounts.ts';

const hourMilliseconds = 3_600_000;
const levels = ['read', 'write', 'admin'];

/** GitHub Apps, their installations and tokens. */
export function registerApps(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  const { world } = context;
  const url = (): string => context.url();
  const present = (one: App): ReturnType<typeof presentApp> => presentApp(url(), one, ownerOf(world, one));
  const presentInstalled = (one: App): ReturnType<typeof presentInstallation> => presentInstallation(url(), one, accountOf(context, one));

  app.get('/app', (c) => c.json(present(asApp(c))));

  app.get('/apps/:slug', (c) => c.json(present(appOfSlug(c, context))));

  app.get('/app/installations', (c) => {
    const asking = asApp(c);
    return c.json(pageOf(c, asking.installation === null ? [] : [asking], url()).map(presentInstalled));
  });

  app.get('/repos/:owner/:repo/installation', (c) => {
    const asking = asApp(c);
    const repository = repositoryOf(c, context);
    if (!isInstalledOn(asking, repository)) throw notFound();
    return c.json(presentInstallation(url(), asking, findUser(context, repository.owner)));
  });

  app.get('/orgs/:org/installations', (c) => {
    const organization = findUser(context, c.req.param('org'));
    if (organization.type !== 'Organization') throw notFound();
    requireAdministration(world, viewerOf(c), organization.login);
    const installed = [...world.apps.values()].filter((one) => one.id !== actionsAppId && (one.installation === undefined || one.installation?.account === organization.login));
    return c.json({ total_count: installed.length, installations: pageOf(c, installed, url()).map((one) => presentInstallation(url(), one, organization)) });
  });

  app.post('/app/installations/:id/access_tokens', (c) => {
    const installed = asApp(c);
    if (installed.installation === null || numberOf(c, 'id') !== installed.installationId) throw notFound();
    const wanted = bodyOf(c, tokenRequest).permissions ?? installed.permissions;
    const permissions = narrow(installed, wanted);
    const expiresAt = context.clock.now() + hourMilliseconds;
    const token = `ghs_${randomBytes(18).toString('hex')}`;
    world.tokens.set(token, { kind: 'installation', app: installed.id, permissions, expiresAt });
    return c.json({ token, expires_at: toSeconds(expiresAt), permissions, repository_selection: presentInstalled(installed).repository_selection }, 201);
  });

  app.post('/app-manifests/:code/conversions', (c) => {
    const code = c.req.param('code');
    const conversion = world.conversions.get(code);
    world.conversions.delete(code);
    const made = conversion === undefined || context.clock.now() >= conversion.expiresAt ? undefined : world.apps.get(conversion.app);
    if (conversion === undefined || made === undefined) throw notFound();
    return c.json({ ...present(made), client_secret: conversion.clientSecret, webhook_secret: conversion.webhookSecret, pem: conversion.privateKeyPem }, 201);
  });
}

const tokenRequest = z.object({ permissions: z.record(z.string(), z.enum(['read', 'write', 'admin'])).optional() });

/** Never more than the App was granted; metadata comes with every token. */
function narrow(app: App, wanted: Readonly<Record<string, string>>): Record<string, string> {
  for (const [name, level] of Object.entries(wanted)) {
    if (levels.indexOf(level) > levels.indexOf(app.permissions[name] ?? (name === 'metadata' ? 'read' : ''))) {
      throw new GitHubError(422, 'The permissions requested are not granted to this installation.');
    }
  }
  return { metadata: 'read', ...wanted };
}

function asApp(c: Request): App {
  const viewer = viewerOf(c);
  if (viewer.kind !== 'app') throw new GitHubError(401, 'A JSON web token could not be decoded');
  return viewer.app;
}

/** The App named by `:slug`. A private one is known to its owner, to who works in its owner's repositories, and to itself. */
export function appOfSlug(c: Request, { world }: SimulatorContext): App {
  const found = [...world.apps.values()].find(({ slug }) => slug === c.req.param('slug'));
  if (found === undefined || !isKnownTo(world, found, viewerOf(c))) throw notFound();
  return found;
}

function isKnownTo(world: World, app: App, viewer: Viewer): boolean {
  const { registration } = app;
  if (registration === undefined || registration.isPublic) return true;
  if (viewer.kind === 'app' || viewer.kind === 'installation') return viewer.app === app;
  if (viewer.kind !== 'user') return false;
  const { user } = viewer;
  return ownsAccount(world, user, registration.owner) || [...world.repositories.values()].some(({ owner, collaborators }) => owner === registration.owner && collaborators.has(user.id));
}

function requireAdministration(world: World, viewer: Viewer, organization: string): void {
  if (viewer.kind === 'anonymous' || viewer.kind === 'app') throw new GitHubError(401, 'Requires authentication');
  if (viewer.kind === 'user' && !ownsAccount(world, viewer.user, organization)) throw new GitHubError(403, 'You must be an organization owner to use this endpoint.');
  if (viewer.kind !== 'user' && viewer.permissions['organization_administration'] === undefined) throw new GitHubError(403, 'Resource not accessible by integration');
}

const ownerOf = (world: World, app: App): User => world.users.get(app.registration?.owner ?? '') ?? app.bot;

/** The account an App is installed on; for the stage hand's Apps, which are installed on everything, the first organisation. */
function accountOf(context: SimulatorContext, app: App): User {
  if (app.installation) return findUser(context, app.installation.account);
  const users = [...context.world.users.values()];
  const owner = users.find((user) => user.type === 'Organization') ?? users.find((user) => user.type === 'User' && user.id !== webFlowId) ?? context.world.apps.get(actionsAppId)?.bot;
  if (owner === undefined) throw notFound();
  return owner;
}

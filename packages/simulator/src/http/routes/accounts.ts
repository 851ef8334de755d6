import { randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import * as z from 'zod';
import type { SimulatorContext } from '../../context.ts';
import { webFlowId } from '../../git/identity.ts';
import { toSeconds } from '../../git/objects.ts';
import { actionsAppId } from '../../auth/viewer.ts';
import type { App, Team, User } from '../../world/world.ts';
import { GitHubError, notFound } from '../github-error.ts';
import { pageOf } from '../pagination.ts';
import { presentApp, presentInstallation } from '../present/app.ts';
import { presentPublicUser, presentUser } from '../present/user.ts';
import { bodyOf, numberOf, repositoryOf, viewerOf, type Request, type SimulatorEnv } from '../request.ts';

const hourMilliseconds = 3_600_000;
const levels = ['read', 'write', 'admin'];

/** Users, teams and GitHub Apps. */
export function registerAccounts(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  const { world } = context;
  const url = (): string => context.url();

  app.get('/user', (c) => {
    const viewer = viewerOf(c);
    if (viewer.kind === 'anonymous') throw new GitHubError(401, 'Requires authentication');
    if (viewer.kind !== 'user') throw new GitHubError(403, 'Resource not accessible by integration');
    return c.json(presentPublicUser(url(), viewer.user));
  });

  app.get('/users/:login', (c) => c.json(presentPublicUser(url(), findUser(context, c.req.param('login')))));

  app.get('/orgs/:org/teams/:slug/members', (c) => {
    const team = teamOf(c, context);
    const active = [...world.users.values()].filter((user) => team.members.get(user.id) === 'active');
    return c.json(pageOf(c, active, url()).map((user) => presentUser(url(), user)));
  });

  app.get('/orgs/:org/teams/:slug/memberships/:user', (c) => {
    const team = teamOf(c, context);
    const state = team.members.get(findUser(context, c.req.param('user')).id);
    if (state === undefined) throw notFound();
    return c.json({ url: `${url()}${c.req.path}`, role: 'member', state });
  });

  app.get('/app', (c) => c.json(presentApp(url(), asApp(c))));

  app.get('/app/installations', (c) => {
    const installation = asApp(c);
    return c.json(pageOf(c, [installation], url()).map((one) => presentInstallation(url(), one, installationOwner(context))));
  });

  app.get('/repos/:owner/:repo/installation', (c) => {
    const installation = asApp(c);
    const repository = repositoryOf(c, context);
    return c.json(presentInstallation(url(), installation, findUser(context, repository.owner)));
  });

  app.post('/app/installations/:id/access_tokens', (c) => {
    const installed = asApp(c);
    if (numberOf(c, 'id') !== installed.installationId) throw notFound();
    const wanted = bodyOf(c, tokenRequest).permissions ?? installed.permissions;
    const permissions = narrow(installed, wanted);
    const expiresAt = context.clock.now() + hourMilliseconds;
    const token = `ghs_${randomBytes(18).toString('hex')}`;
    world.tokens.set(token, { kind: 'installation', app: installed.id, permissions, expiresAt });
    return c.json({ token, expires_at: toSeconds(expiresAt), permissions, repository_selection: 'all' }, 201);
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

export function findUser(context: SimulatorContext, login: string): User {
  const wanted = login.toLowerCase();
  for (const user of context.world.users.values()) if (user.login.toLowerCase() === wanted && !user.suspended) return user;
  throw notFound();
}

/** Team pages are seen by people of the organisation and by Apps with Members: read. The built-in token has none of it. */
function teamOf(c: Request, context: SimulatorContext): Team {
  const viewer = viewerOf(c);
  if (viewer.kind === 'anonymous' || viewer.kind === 'app') throw new GitHubError(401, 'Requires authentication');
  if (viewer.kind !== 'user' && viewer.permissions['members'] === undefined) throw new GitHubError(403, 'Resource not accessible by integration');
  const team = context.world.teams.get(`${c.req.param('org') ?? ''}/${c.req.param('slug') ?? ''}`);
  if (team === undefined) throw notFound();
  return team;
}

/** Apps are installed once, on everything; the first organisation stands for the account. */
function installationOwner(context: SimulatorContext): User {
  const users = [...context.world.users.values()];
  const owner = users.find((user) => user.type === 'Organization') ?? users.find((user) => user.type === 'User' && user.id !== webFlowId) ?? context.world.apps.get(actionsAppId)?.bot;
  if (owner === undefined) throw notFound();
  return owner;
}

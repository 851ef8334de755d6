import type { Hono } from 'hono';
import type { SimulatorContext } from '../../context.ts';
import type { Team, User } from '../../world/world.ts';
import { GitHubError, notFound } from '../github-error.ts';
import { pageOf } from '../pagination.ts';
import { presentPublicUser, presentUser } from '../present/user.ts';
import { viewerOf, type Request, type SimulatorEnv } from '../request.ts';

/** Users and teams. */
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

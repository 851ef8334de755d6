import type { Hono } from 'hono';
import type { SimulatorContext } from '../../context.ts';
import type { Viewer } from '../../auth/viewer.ts';
import { toSeconds } from '../../git/objects.ts';
import type { Organization, User } from '../../world/world.ts';
import { notFound } from '../github-error.ts';
import { nodeId, type Schemas } from '../present/schemas.ts';
import { viewerOf, type SimulatorEnv } from '../request.ts';
import { findUser } from './accounts.ts';

/** Organisations. Their plan is told to those who own them, and to Apps with `organization_plan`. */
export function registerOrganizations(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  app.get('/orgs/:org', (c) => {
    const account = findUser(context, c.req.param('org'));
    const organization = context.world.organizations.get(account.login);
    if (organization === undefined) throw notFound();
    const plan = { name: organization.plan, space: 976_562_499, private_repos: 999_999 };
    return c.json({ ...present(context.url(), account, organization), ...(seesPlan(viewerOf(c), organization) ? { plan } : {}) });
  });
}

const seesPlan = (viewer: Viewer, organization: Organization): boolean =>
  viewer.kind === 'user' ? organization.owners.has(viewer.user.id) : viewer.kind === 'installation' && viewer.permissions['organization_plan'] !== undefined;

function present(url: string, account: User, organization: Organization): Schemas['organization-full'] {
  const self = `${url}/orgs/${account.login}`;
  const createdAt = toSeconds(organization.createdAt);
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId('Organization', account.id),
    url: self,
    repos_url: `${self}/repos`,
    events_url: `${self}/events`,
    hooks_url: `${self}/hooks`,
    issues_url: `${self}/issues`,
    members_url: `${self}/members{/member}`,
    public_members_url: `${self}/public_members{/member}`,
    avatar_url: `${url}/avatars/u/${String(account.id)}`,
    html_url: `${url}/${account.login}`,
    description: null,
    type: 'Organization',
    has_organization_projects: false,
    has_repository_projects: false,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: createdAt,
    updated_at: createdAt,
    archived_at: null,
  };
}

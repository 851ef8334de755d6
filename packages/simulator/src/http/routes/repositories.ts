import type { Hono } from 'hono';
import { collaboratorRole, roleOf } from '../../auth/authorize.ts';
import type { Viewer } from '../../auth/viewer.ts';
import type { SimulatorContext } from '../../context.ts';
import { listRefs, readCommit, toSeconds } from '../../git/objects.ts';
import { rulesetsFor } from '../../rules/match-ref.ts';
import type { Activity, Repository, RoleName, User } from '../../world/world.ts';
import { notFound } from '../github-error.ts';
import { cursorPageOf, pageOf } from '../pagination.ts';
import { presentCommit } from '../present/commit.ts';
import { presentFullRepository, repositoryPage, repositoryUrl } from '../present/repository.ts';
import { nodeId, type Schemas } from '../present/schemas.ts';
import { presentUser } from '../present/user.ts';
import { repositoryOf, viewerOf, type SimulatorEnv } from '../request.ts';
import { findUser } from './accounts.ts';

/** The repository itself, its branches, people and activity. */
export function registerRepositories(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  const url = (): string => context.url();

  app.get('/repos/:owner/:repo', (c) => {
    const viewer = viewerOf(c);
    const repository = repositoryOf(c, context);
    return c.json(presentFullRepository(context.world, url(), repository, roleShown(repository, viewer)));
  });

  app.get('/repos/:owner/:repo/branches', async (c) => {
    const repository = repositoryOf(c, context);
    const branches = await listRefs(repository.objects, 'heads/');
    return c.json(pageOf(c, branches, url()).map((branch) => presentBranch(url(), repository, branch.ref, branch.sha)));
  });

  app.get('/repos/:owner/:repo/branches/:branch{.+}', async (c) => {
    const repository = repositoryOf(c, context);
    const ref = `refs/heads/${c.req.param('branch')}`;
    const entry = (await listRefs(repository.objects, ref.slice('refs/'.length))).find((candidate) => candidate.ref === ref);
    const commit = entry === undefined ? null : await readCommit(repository.objects, entry.sha);
    if (entry === undefined || commit === null) throw notFound();
    const short = presentBranch(url(), repository, ref, entry.sha);
    const answer: Schemas['branch-with-protection'] = {
      name: short.name,
      commit: presentCommit(context.world, url(), repository, commit),
      _links: { self: `${repositoryUrl(url(), repository)}/branches/${short.name}`, html: `${repositoryPage(url(), repository)}/tree/${short.name}` },
      protected: short.protected,
      protection: { enabled: false },
      protection_url: `${repositoryUrl(url(), repository)}/branches/${short.name}/protection`,
    };
    return c.json(answer);
  });

  app.get('/repos/:owner/:repo/collaborators', (c) => {
    const repository = repositoryOf(c, context);
    const people = [...context.world.users.values()].filter((user) => !user.suspended && collaboratorRole(repository, user) !== undefined);
    return c.json(pageOf(c, people, url()).map((user) => presentCollaborator(url(), repository, user)));
  });

  app.get('/repos/:owner/:repo/collaborators/:login/permission', (c) => {
    const repository = repositoryOf(c, context);
    const user = findUser(context, c.req.param('login'));
    const role = roleOf(repository, user);
    // The older `permission` folds maintain into write and triage into read; only `role_name` tells them apart.
    const answer = { permission: foldedPermission(role), role_name: role ?? 'none', user: presentCollaborator(url(), repository, user) };
    return c.json(answer);
  });

  app.get('/repos/:owner/:repo/activity', (c) => {
    const repository = repositoryOf(c, context);
    const found = repository.activity.filter((entry) => isWanted(entry, c.req.query('ref'), c.req.query('activity_type'), c.req.query('actor')));
    const ordered = c.req.query('direction') === 'asc' ? found : found.toReversed();
    return c.json(cursorPageOf(c, ordered, url()).map((entry) => presentActivity(url(), entry)));
  });
}

/** What a viewer may do, as `permissions` tells it: a token writes when it may write contents, and never administers by a role. */
function roleShown(repository: Repository, viewer: Viewer): RoleName | undefined {
  if (viewer.kind === 'user') return roleOf(repository, viewer.user);
  return 'permissions' in viewer && viewer.permissions['contents'] === 'write' ? 'write' : undefined;
}

function isWanted(entry: Activity, ref: string | undefined, type: string | undefined, actor: string | undefined): boolean {
  return (
    (ref === undefined || entry.ref === ref || entry.ref === `refs/heads/${ref}`) &&
    (type === undefined || entry.type === type) &&
    (actor === undefined || entry.actor?.login === actor)
  );
}

function presentActivity(url: string, entry: Activity): Schemas['activity'] {
  return {
    id: entry.id,
    node_id: nodeId('Push', entry.id),
    before: entry.before,
    after: entry.after,
    ref: entry.ref,
    timestamp: toSeconds(entry.timestamp),
    activity_type: entry.type,
    actor: entry.actor === null || entry.actor.deleted === true ? null : presentUser(url, entry.actor),
  };
}

function presentBranch(url: string, repository: Repository, ref: string, sha: string): Schemas['short-branch'] {
  return {
    name: ref.slice('refs/heads/'.length),
    commit: { sha, url: `${repositoryUrl(url, repository)}/commits/${sha}` },
    protected: rulesetsFor(repository, ref).some((ruleset) => ruleset.rules.length > 0),
  };
}

function foldedPermission(role: RoleName | undefined): string {
  if (role === undefined) return 'none';
  if (role === 'maintain') return 'write';
  return role === 'triage' ? 'read' : role;
}

function presentCollaborator(url: string, repository: Repository, user: User): Schemas['collaborator'] {
  const role = roleOf(repository, user);
  const rank = ['read', 'triage', 'write', 'maintain', 'admin'].indexOf(role ?? '');
  return {
    ...presentUser(url, user),
    permissions: { pull: rank >= 0, triage: rank >= 1, push: rank >= 2, maintain: rank >= 3, admin: rank >= 4 },
    role_name: role ?? 'none',
  };
}

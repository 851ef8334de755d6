import type { SimulatorContext } from '../context.ts';
import { GitHubError, notFound } from '../http/github-error.ts';
import { findRepository } from '../http/request.ts';
import type { Repository, RoleName } from '../world/world.ts';
import { isInstalledOn } from './installed-on.ts';
import { permissionAlternatives, ruleFor, type RouteRule } from './route-permissions.ts';
import type { Viewer } from './viewer.ts';

const roles: readonly RoleName[] = ['read', 'triage', 'write', 'maintain', 'admin'];
const levels: readonly string[] = ['read', 'write', 'admin'];

export const hasRole = (role: RoleName | undefined, needed: RoleName): boolean => role !== undefined && roles.indexOf(role) >= roles.indexOf(needed);

/** The role of a person or bot in a repository: that of a collaborator, or read for anybody when it is public. */
export function roleOf(repository: Repository, user: { readonly id: number; readonly login: string }): RoleName | undefined {
  return collaboratorRole(repository, user) ?? (repository.visibility === 'public' ? 'read' : undefined);
}

/** The role someone was given; who owns the repository, or the organisation that does, is its admin. */
export function collaboratorRole(repository: Repository, user: { readonly id: number; readonly login: string }): RoleName | undefined {
  const owns = repository.owner === user.login || repository.organization?.owners.has(user.id) === true;
  return owns ? 'admin' : repository.collaborators.get(user.id);
}

/**
 * Refuses a request under `/repos/{owner}/{repo}` that the viewer's token or role does not allow:
 * 401 for nobody, 404 for a repository the viewer cannot see, 403 for a missing permission or role.
 */
export function authorizeRepositoryRequest(context: SimulatorContext, viewer: Viewer, method: string, path: string): void {
  const match = /^(?:\/uploads)?\/repos\/([^/]+)\/([^/]+)(.*)$/.exec(path);
  if (match === null) return;
  const [, owner = '', name = '', rest = ''] = match;
  if (rest === '/installation' && viewer.kind === 'app') return;
  const rule = ruleFor(method, rest.replace(/\/$/, ''));
  if (viewer.kind === 'anonymous' && !mayAnyoneRead(context, `${decodeURIComponent(owner)}/${decodeURIComponent(name)}`, rule)) throw new GitHubError(401, 'Requires authentication');
  const repository = findRepository(context, decodeURIComponent(owner), decodeURIComponent(name));
  if (rule === null) throw notFound();
  if (viewer.kind !== 'anonymous') requireAccess(repository, viewer, rule);
  if (repository.archived && rule.level === 'write') throw new GitHubError(403, 'Repository was archived so is read-only.');
}

const mayAnyoneRead = (context: SimulatorContext, name: string, rule: RouteRule | null): boolean => rule?.level === 'read' && rule.role === 'read' && context.world.repositories.get(name)?.visibility === 'public';

/** As above for one rule, also used for git over HTTP. */
export function requireAccess(repository: Repository, viewer: Viewer, rule: Pick<RouteRule, 'permission' | 'level' | 'role'>): void {
  switch (viewer.kind) {
    case 'anonymous':
      throw new GitHubError(401, 'Requires authentication');
    case 'app':
      throw new GitHubError(401, 'A JSON web token could not be decoded');
    case 'user': {
      const role = roleOf(repository, viewer.user);
      if (role === undefined) throw notFound();
      if (!hasRole(role, rule.role)) throw new GitHubError(403, rule.role === 'admin' ? 'Must have admin rights to Repository.' : `Must have ${rule.role} access to Repository.`);
      return;
    }
    case 'job':
      if (viewer.repository === `${repository.owner}/${repository.name}`) requirePermission(viewer.permissions, rule);
      else requirePublicRead(repository, rule);
      return;
    case 'installation':
      if (isInstalledOn(viewer.app, repository)) requirePermission(viewer.permissions, rule);
      else requirePublicRead(repository, rule);
      return;
    default:
      viewer satisfies never;
  }
}

/** Elsewhere a token reads what is public, and knows of nothing else. */
function requirePublicRead(repository: Repository, rule: Pick<RouteRule, 'level' | 'role'>): void {
  if (repository.visibility !== 'public') throw notFound();
  if (rule.level !== 'read' || rule.role !== 'read') throw new GitHubError(403, 'Resource not accessible by integration');
}

function requirePermission(granted: Readonly<Record<string, string>>, rule: Pick<RouteRule, 'permission' | 'level'>): void {
  // Metadata comes with every token.
  if (rule.permission === 'metadata') return;
  const accepted = permissionAlternatives[rule.permission] ?? [rule.permission];
  if (accepted.some((name) => levels.indexOf(granted[name] ?? '') >= levels.indexOf(rule.level))) return;
  throw new GitHubError(403, 'Resource not accessible by integration');
}

import type { RoleName } from '../world/world.ts';

/** What a route under `/repos/{owner}/{repo}` asks of an App's or job's token (permission and level) and of a person (role). */
export type RouteRule = {
  readonly methods: readonly string[];
  readonly path: RegExp;
  readonly permission: string;
  readonly level: 'read' | 'write';
  readonly role: RoleName;
};

const GET = ['GET', 'HEAD'];
const CHANGE = ['POST', 'PUT', 'PATCH', 'DELETE'];
const rule = (methods: readonly string[], path: RegExp, permission: string, level: 'read' | 'write', role: RoleName): RouteRule => ({ methods, path, permission, level, role });

/**
 * First match wins. Source: GitHub, "Permissions required for GitHub Apps", November 2026.
 * Where GitHub accepts either of two permissions for issues and pull requests, `permissionAlternatives` says so.
 */
export const routeRules: readonly RouteRule[] = [
  rule(GET, /^$/, 'metadata', 'read', 'read'),
  rule(GET, /^\/collaborators(\/|$)/, 'metadata', 'read', 'write'),
  rule(CHANGE, /^\/collaborators(\/|$)/, 'administration', 'write', 'admin'),
  rule(GET, /^\/rulesets\/rule-suites(\/|$)/, 'administration', 'write', 'admin'),
  rule(GET, /^\/(rules|rulesets)(\/|$)/, 'metadata', 'read', 'read'),
  rule(CHANGE, /^\/rulesets(\/|$)/, 'administration', 'write', 'admin'),
  rule(GET, /^\/immutable-releases$/, 'administration', 'read', 'admin'),
  rule(['PUT', 'DELETE'], /^\/immutable-releases$/, 'administration', 'write', 'admin'),
  rule(GET, /^\/environments\/[^/]+\/secrets\/public-key$/, 'environments', 'read', 'read'),
  rule(GET, /^\/environments\/[^/]+\/secrets(\/|$)/, 'environments', 'read', 'write'),
  rule(CHANGE, /^\/environments\/[^/]+\/secrets(\/|$)/, 'environments', 'write', 'admin'),
  rule(GET, /^\/actions\/secrets\/public-key$/, 'secrets', 'read', 'read'),
  rule(GET, /^\/actions\/(secrets|organization-secrets)(\/|$)/, 'secrets', 'read', 'write'),
  rule(CHANGE, /^\/actions\/secrets(\/|$)/, 'secrets', 'write', 'write'),
  rule(GET, /^\/environments(\/|$)/, 'actions', 'read', 'read'),
  rule(CHANGE, /^\/environments(\/|$)/, 'administration', 'write', 'admin'),
  rule(GET, /^\/commits\/.+\/(check-runs|check-suites)$/, 'checks', 'read', 'read'),
  rule(GET, /^\/commits\/.+\/(status|statuses)$/, 'statuses', 'read', 'read'),
  rule(GET, /^\/commits\/[^/]+\/pulls$/, 'pull_requests', 'read', 'read'),
  rule(GET, /^\/check-(runs|suites)(\/|$)/, 'checks', 'read', 'read'),
  rule(CHANGE, /^\/check-(runs|suites)(\/|$)/, 'checks', 'write', 'write'),
  rule(GET, /^\/statuses(\/|$)/, 'statuses', 'read', 'read'),
  rule(CHANGE, /^\/statuses(\/|$)/, 'statuses', 'write', 'write'),
  rule(GET, /^\/actions\/permissions(\/|$)/, 'administration', 'read', 'admin'),
  rule(CHANGE, /^\/actions\/permissions(\/|$)/, 'administration', 'write', 'admin'),
  rule(GET, /^\/actions(\/|$)/, 'actions', 'read', 'read'),
  rule(CHANGE, /^\/actions(\/|$)/, 'actions', 'write', 'write'),
  rule(GET, /^\/deployments(\/|$)/, 'deployments', 'read', 'read'),
  rule(CHANGE, /^\/deployments(\/|$)/, 'deployments', 'write', 'write'),
  rule(['PUT'], /^\/pulls\/\d+\/merge$/, 'contents', 'write', 'write'),
  rule(['POST'], /^\/pulls\/\d+\/reviews$/, 'pull_requests', 'write', 'read'),
  rule(['POST'], /^\/pulls$/, 'pull_requests', 'write', 'read'),
  rule(GET, /^\/pulls(\/|$)/, 'pull_requests', 'read', 'read'),
  rule(CHANGE, /^\/pulls(\/|$)/, 'pull_requests', 'write', 'write'),
  rule(GET, /^\/(issues|labels)(\/|$)/, 'issues', 'read', 'read'),
  rule(['POST'], /^\/issues$/, 'issues', 'write', 'read'),
  rule(['POST'], /^\/issues\/\d+\/comments$/, 'issues', 'write', 'read'),
  rule(['PATCH', 'DELETE'], /^\/issues\/comments\/\d+$/, 'issues', 'write', 'read'),
  rule(['POST'], /^\/issues\/comments\/\d+\/reactions$/, 'issues', 'write', 'read'),
  rule(['PATCH'], /^\/issues\/\d+$/, 'issues', 'write', 'read'),
  rule(CHANGE, /^\/labels(\/|$)/, 'issues', 'write', 'write'),
  rule(CHANGE, /^\/issues(\/|$)/, 'issues', 'write', 'triage'),
  rule(GET, /^\/(activity|branches|commits|compare|contents|git|releases|tags)(\/|$)/, 'contents', 'read', 'read'),
  rule(CHANGE, /^\/(contents|dispatches|git|merges|releases)(\/|$)/, 'contents', 'write', 'write'),
];

/** Issue routes that a pull request's permission opens as well. */
export const permissionAlternatives: Readonly<Record<string, readonly string[]>> = { issues: ['issues', 'pull_requests'] };

export function ruleFor(method: string, path: string): RouteRule | null {
  return routeRules.find((entry) => entry.methods.includes(method) && entry.path.test(path)) ?? null;
}

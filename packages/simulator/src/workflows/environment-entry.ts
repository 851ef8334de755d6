import picomatch from 'picomatch';
import type { Environment } from '../world/world.ts';

export type Entry = { readonly kind: 'admitted' } | { readonly kind: 'refused'; readonly message: string };

/**
 * Decides whether a run with this ref may enter an environment: its branch and tag policies are matched like fnmatch with
 * path names, branches against branch policies, tags against tag policies. A pull request's merge ref matches as `refs/pull/…`, so never by a branch's name.
 * Source: GitHub, "Deployment branches and tags", November 2026.
 */
export function decideEntry(environment: Environment, ref: string, protectedBranch: boolean): Entry {
  const policy = environment.branchPolicy;
  if (policy === null) return { kind: 'admitted' };
  const type = ref.startsWith('refs/tags/') ? 'tag' : 'branch';
  const name = ref.replace(/^refs\/(heads|tags)\//, '');
  const admitted = policy.protectedBranches
    ? ref.startsWith('refs/heads/') && protectedBranch
    : environment.policies.some((rule) => rule.type === type && picomatch.isMatch(name, rule.name, { dot: false, noextglob: true, nobrace: true, nonegate: true }));
  if (admitted) return { kind: 'admitted' };
  const shown = type === 'tag' ? `Tag "${name}"` : `Branch "${name}"`;
  return { kind: 'refused', message: `${shown} is not allowed to deploy to ${environment.name} due to environment protection rules.` };
}

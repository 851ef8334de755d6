import picomatch from 'picomatch';
import type { Repository } from '../world/world.ts';
import type { JobDefinition } from './workflow-file.ts';

/**
 * Why a job may not start for the actions its steps name: null when all are allowed. Actions of the workspace (`./…`) always are.
 * Creators that GitHub has verified are not known here, so that `verified` allows nothing.
 * Source: GitHub, "Managing GitHub Actions settings for a repository", November 2026.
 */
export function forbiddenActions(repository: Repository, definition: JobDefinition): string | null {
  const { allowed, shaPinningRequired } = repository.actions;
  const named = (definition.steps ?? []).flatMap(({ uses }) => (uses === undefined || uses.startsWith('./') ? [] : [uses]));
  const unpinned = shaPinningRequired ? named.filter((uses) => !/@[0-9a-f]{40}$/.test(uses)) : [];
  if (unpinned.length > 0) return `${sentence(unpinned)} not allowed in ${repository.owner}/${repository.name} because all actions must be pinned to a full-length commit SHA.`;
  const foreign = allowed === 'all' ? [] : named.filter((uses) => !isOwn(repository, uses) && !(allowed === 'selected' && isSelected(repository, uses)));
  return foreign.length > 0 ? `${sentence(foreign)} not allowed in ${repository.owner}/${repository.name} because of the repository's settings.` : null;
}

const sentence = (actions: readonly string[]): string => `The action${actions.length === 1 ? '' : 's'} ${actions.join(', ')} ${actions.length === 1 ? 'is' : 'are'}`;
const isOwn = (repository: Repository, uses: string): boolean => uses.toLowerCase().startsWith(`${repository.owner.toLowerCase()}/`);

function isSelected(repository: Repository, uses: string): boolean {
  const { githubOwned, patterns } = repository.actions.selected;
  // A star crosses slashes here, which picomatch calls bash's way.
  const matches = (pattern: string): boolean => picomatch.isMatch(uses, pattern, { dot: true, noextglob: true, nobrace: true, nonegate: true, bash: true, nocase: true });
  if (patterns.some((pattern) => pattern.startsWith('!') && matches(pattern.slice(1)))) return false;
  return (githubOwned && /^(actions|github)\//i.test(uses)) || patterns.some((pattern) => !pattern.startsWith('!') && matches(pattern));
}

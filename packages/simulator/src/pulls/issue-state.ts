import type { ActingUser } from '../auth/viewer.ts';
import type { SimulatorContext } from '../context.ts';
import { addEvent } from '../git/follow-heads.ts';
import { GitHubError } from '../http/github-error.ts';
import type { Issue, Repository } from '../world/world.ts';

/** Closes an issue, or a pull request without merging it; nothing happens when it is closed already. */
export function closeIssue(context: SimulatorContext, repository: Repository, actor: ActingUser, issue: Issue): void {
  if (issue.state === 'closed') return;
  const at = context.clock.now();
  Object.assign(issue, { state: 'closed', closedAt: at, updatedAt: at });
  const pull = repository.pulls.get(issue.number);
  if (pull === undefined) {
    context.announce(repository, { kind: 'issues', action: 'closed', number: issue.number }, actor);
    return;
  }
  pull.state = 'closed';
  pull.updatedAt = at;
  addEvent(context, pull, 'closed', actor, {});
  context.announce(repository, { kind: 'pull_request', action: 'closed', number: pull.number }, actor);
}

/** Opens it again; a merged pull request stays closed. */
export function reopenIssue(context: SimulatorContext, repository: Repository, actor: ActingUser, issue: Issue): void {
  if (issue.state === 'open') return;
  const pull = repository.pulls.get(issue.number);
  if (pull !== undefined && pull.merged !== null) throw new GitHubError(422, 'Validation Failed', { errors: [{ resource: 'PullRequest', field: 'state', code: 'invalid', message: 'state cannot be changed. The pull request cannot be reopened.' }] });
  Object.assign(issue, { state: 'open', closedAt: null, updatedAt: context.clock.now() });
  if (pull === undefined) return;
  pull.state = 'open';
  addEvent(context, pull, 'reopened', actor, {});
  context.announce(repository, { kind: 'pull_request', action: 'reopened', number: pull.number }, actor);
}

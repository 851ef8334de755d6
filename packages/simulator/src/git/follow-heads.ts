import type { ActingUser } from '../auth/viewer.ts';
import type { SimulatorContext } from '../context.ts';
import { fullNameOf } from '../http/present/repository.ts';
import { parsePullRule } from '../rules/pull-rule.ts';
import { rulesetsFor } from '../rules/match-ref.ts';
import type { Pull, Repository } from '../world/world.ts';
import { moveLooseRef } from './loose-refs.ts';
import { readRef } from './objects.ts';
import { runGit } from './run-git.ts';

export type BranchMove = { readonly ref: string; readonly before: string | null; readonly after: string | null; readonly forced: boolean };

/** Lets pull requests from a moved branch follow it; a deleted branch closes its open pull requests. */
export async function followHeads(context: SimulatorContext, repository: Repository, actor: ActingUser, move: BranchMove): Promise<void> {
  if (!move.ref.startsWith('refs/heads/')) return;
  const branch = move.ref.slice('refs/heads/'.length);
  for (const pull of repository.pulls.values()) {
    if (move.forced && pull.state === 'open' && pull.base.ref === branch) addEvent(context, pull, 'base_ref_force_pushed', actor, {});
  }
  const parent = repository.parent === null ? undefined : context.world.repositories.get(repository.parent);
  // A fork's branches are the heads of pull requests in the repository it was forked from.
  for (const target of parent === undefined ? [repository] : [repository, parent]) {
    for (const pull of target.pulls.values()) {
      if (pull.head.ref !== branch || pull.head.repository !== fullNameOf(repository)) continue;
      if (move.after === null) closeForDeletedHead(context, target, actor, pull);
      else if (pull.state === 'open') await synchronise(context, target, actor, pull, move.after, move);
    }
  }
}

async function synchronise(context: SimulatorContext, repository: Repository, actor: ActingUser, pull: Pull, head: string, move: BranchMove): Promise<void> {
  const at = context.clock.now();
  pull.head.sha = head;
  pull.base.sha = (await readRef(repository.objects, `refs/heads/${pull.base.ref}`)) ?? pull.base.sha;
  pull.updatedAt = at;
  await pinPullHead(context, repository, pull);
  if (move.forced) addEvent(context, pull, 'head_ref_force_pushed', actor, { commit_id: head });
  if (dismissesStaleReviews(repository, pull)) {
    for (const review of pull.reviews) if (review.state === 'APPROVED') review.state = 'DISMISSED';
  }
  context.announce(repository, { kind: 'pull_request', action: 'synchronize', number: pull.number }, actor);
}

function dismissesStaleReviews(repository: Repository, pull: Pull): boolean {
  const rules = rulesetsFor(repository, `refs/heads/${pull.base.ref}`).flatMap((ruleset) => ruleset.rules);
  return rules.some((rule) => rule.type === 'pull_request' && parsePullRule(rule.parameters).dismiss_stale_reviews_on_push);
}

function closeForDeletedHead(context: SimulatorContext, repository: Repository, actor: ActingUser, pull: Pull): void {
  const at = context.clock.now();
  const wasOpen = pull.state === 'open';
  addEvent(context, pull, 'head_ref_deleted', actor, {});
  if (!wasOpen) return;
  pull.state = 'closed';
  pull.updatedAt = at;
  const issue = repository.issues.get(pull.number);
  if (issue !== undefined) Object.assign(issue, { state: 'closed', closedAt: at, updatedAt: at });
  addEvent(context, pull, 'closed', actor, {});
  context.announce(repository, { kind: 'pull_request', action: 'closed', number: pull.number }, actor);
}

/** Keeps `refs/pull/<n>/head`, which survives the branch, as GitHub does; what a fork's head needs is brought over. */
export async function pinPullHead(context: SimulatorContext, repository: Repository, pull: Pull): Promise<void> {
  const fork = pull.head.repository === fullNameOf(repository) ? undefined : context.world.repositories.get(pull.head.repository);
  if (fork !== undefined) await runGit(repository.gitDir, ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', fork.gitDir, pull.head.sha]);
  const ref = `refs/pull/${String(pull.number)}/head`;
  const moved = await moveLooseRef(repository.gitDir, ref, await readRef(repository.objects, ref), pull.head.sha);
  if (moved !== 'moved') await runGit(repository.gitDir, ['update-ref', ref, pull.head.sha]);
}

/** Adds an entry to the pull request's timeline, at the simulated time. */
export function addEvent(context: SimulatorContext, pull: Pull, event: string, actor: ActingUser, data: Readonly<Record<string, unknown>>): void {
  pull.timeline.push({ id: context.nextId(), event, actor: actor.user, createdAt: context.clock.now(), data });
}

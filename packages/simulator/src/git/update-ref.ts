import type { ActingUser } from '../auth/viewer.ts';
import type { SimulatorContext } from '../context.ts';
import { judgeUpdate, type Judgement } from '../rules/judge-update.ts';
import type { Activity, Pull, Repository, RuleSuite } from '../world/world.ts';
import { moveLooseRef } from './loose-refs.ts';
import { isAncestor, objectType, readRef, zeroSha } from './objects.ts';
import type { ObjectStore } from './object-store.ts';
import { followHeads } from './follow-heads.ts';
import { GitFailure, runGit } from './run-git.ts';

export type RefMove =
  | { readonly kind: 'moved' }
  /** The ref is not where the caller thinks it is. */
  | { readonly kind: 'stale'; readonly current: string | null }
  | { readonly kind: 'refused'; readonly violations: readonly string[] };

export type RefMoveOptions = {
  /** Set when the move is this pull request's merge. */
  readonly pull?: Pull;
  /** GitHub itself moves it, past every rule: the merge queue's branches, and what it lands. */
  readonly byQueue?: boolean;
  /** No workflow hears of it (GitHub: a push of more than three tags). */
  readonly silent?: boolean;
};

/**
 * The only way a ref moves in the simulator: judges the rulesets, moves the ref if it still is at `before`,
 * records the activity, lets open pull requests follow their branch, and tells the workflow engine.
 * null before: the ref must not exist; null after: it is deleted. Objects must be in the repository already.
 */
export async function updateRef(
  context: SimulatorContext,
  repository: Repository,
  actor: ActingUser,
  ref: string,
  before: string | null,
  after: string | null,
  options: RefMoveOptions = {},
): Promise<RefMove> {
  const { violations, result } = options.byQueue === true ? { violations: [], result: null } : await judgeUpdate(context.world, repository, { ref, before, after, actor, pull: options.pull ?? null });
  if (violations.length > 0) {
    recordSuite(context, repository, { actor, ref, before, after, result });
    return { kind: 'refused', violations };
  }
  const forced = before !== null && after !== null && ref.startsWith('refs/heads/') && !(await isAncestor(repository.objects, before, after));
  if (!(await moveRef(repository.objects, ref, before, after))) return { kind: 'stale', current: await readRef(repository.objects, ref) };
  recordSuite(context, repository, { actor, ref, before, after, result });
  recordActivity(context, repository, actor, { ref, before, after, forced, merge: options.pull !== undefined, queue: options.byQueue === true });
  if (options.silent !== true) context.announce(repository, { kind: 'push', ref, before: before ?? zeroSha, after: after ?? zeroSha }, actor);
  await followHeads(context, repository, actor, { ref, before, after, forced });
  return { kind: 'moved' };
}

/** What the rulesets said of a move, as `rulesets/rule-suites` lists it; nothing when none had a say. */
export function recordSuite(context: SimulatorContext, repository: Repository, { result, actor, ...move }: Pick<RuleSuite, 'ref' | 'before' | 'after'> & Pick<Judgement, 'result'> & { readonly actor: ActingUser }): void {
  if (result !== null) repository.ruleSuites.push({ ...move, id: context.nextId(), actor: actor.user, at: context.clock.now(), result });
}

/** Compare and swap by git itself; false when the ref was elsewhere. */
async function moveRef(objects: ObjectStore, ref: string, before: string | null, after: string | null): Promise<boolean> {
  const moved = after !== null && (await mayStand(objects, ref, after)) ? await moveLooseRef(objects.gitDir, ref, before, after) : null;
  if (moved !== null) return moved === 'moved';
  const args = after === null ? ['update-ref', '-d', ref, before ?? zeroSha] : ['update-ref', ref, after, before ?? zeroSha];
  try {
    await runGit(objects.gitDir, args);
    return true;
  } catch (error) {
    if (error instanceof GitFailure && error.exitCode !== null && (await readRef(objects, ref)) !== before) return false;
    throw error;
  }
}

/** Branches hold commits. A ref below another, or above one, is git's to refuse. */
async function mayStand(objects: ObjectStore, ref: string, sha: string): Promise<boolean> {
  const type = await objectType(objects, sha);
  return type !== null && (type === 'commit' || !ref.startsWith('refs/heads/'));
}

type Recorded = { readonly ref: string; readonly before: string | null; readonly after: string | null; readonly forced: boolean; readonly merge: boolean; readonly queue: boolean };

/** GitHub's activity lists branches only. */
function recordActivity(context: SimulatorContext, repository: Repository, actor: ActingUser, move: Recorded): void {
  if (!move.ref.startsWith('refs/heads/')) return;
  repository.activity.push({
    id: context.nextId(),
    ref: move.ref,
    before: move.before ?? zeroSha,
    after: move.after ?? zeroSha,
    actor: actor.user,
    timestamp: context.clock.now(),
    type: activityType(move),
  });
}

function activityType(move: Recorded): Activity['type'] {
  if (move.merge) return move.queue ? 'merge_queue_merge' : 'pr_merge';
  if (move.before === null) return 'branch_creation';
  if (move.after === null) return 'branch_deletion';
  return move.forced ? 'force_push' : 'push';
}

import type { ActingUser } from '../auth/viewer.ts';
import type { SimulatorContext } from '../context.ts';
import { addEvent } from '../git/follow-heads.ts';
import { gitIdentity, webFlow } from '../git/identity.ts';
import { readRef } from '../git/objects.ts';
import { updateRef } from '../git/update-ref.ts';
import { recordMerge, writeSigned } from '../pulls/merge-pull.ts';
import { mergedTree } from '../pulls/pull-git.ts';
import { rulesetsFor } from '../rules/match-ref.ts';
import { missingChecks, parseRequiredChecks } from '../rules/required-checks.ts';
import type { MergeGroup, Pull, Repository, User } from '../world/world.ts';
import { asPerson, pullNumbered } from './change.ts';

/** What became of a group; `missing` says in GitHub's words which required checks did not pass. */
export type QueueOutcome = { readonly kind: 'landed' } | { readonly kind: 'removed'; readonly missing: readonly string[] };

export type QueueAdmin = {
  /** Puts a pull request at the end of its base branch's merge queue: a branch with the merge, and the event merge_group. No rule is asked. */
  enqueue(repository: Repository, number: number, user: User): Promise<MergeGroup>;
  /**
   * Decides the first group of a queue, which must be this pull request's: lands it when every required check of the base
   * branch's rulesets passed on the group's commit, else takes it and all groups built on it out of the queue.
   */
  settleQueue(repository: Repository, number: number): Promise<QueueOutcome>;
};

/** The account GitHub's queue acts as. */
const queueBot: User = { id: 118_344_674, login: 'github-merge-queue[bot]', type: 'Bot', suspended: false };

export function createQueueAdmin(context: SimulatorContext): QueueAdmin {
  return {
    enqueue: async (repository, number, user) => {
      const pull = pullNumbered(repository, number);
      const group = await buildGroup(context, repository, pull, user);
      repository.queue.push(group);
      addEvent(context, pull, 'added_to_merge_queue', asPerson(user), {});
      await moveAsQueue(context, repository, group.headRef, null, group.headSha);
      context.announce(repository, { kind: 'merge_group', action: 'checks_requested', group }, asPerson(queueBot));
      return group;
    },
    settleQueue: async (repository, number) => {
      const pull = pullNumbered(repository, number);
      const group = repository.queue.find((one) => one.baseRef === `refs/heads/${pull.base.ref}`);
      if (group?.number !== number) throw new Error(`#${String(number)} is not first in the queue of ${pull.base.ref}; settle ${group === undefined ? 'nothing' : `#${String(group.number)}`} first.`);
      const missing = missingFor(repository, group);
      if (missing.length > 0 || (await readRef(repository.objects, group.baseRef)) !== group.baseSha) {
        for (const one of repository.queue.filter(({ baseRef }) => baseRef === group.baseRef)) await remove(context, repository, one);
        return { kind: 'removed', missing };
      }
      await land(context, repository, pull, group);
      return { kind: 'landed' };
    },
  };
}

async function buildGroup(context: SimulatorContext, repository: Repository, pull: Pull, by: User): Promise<MergeGroup> {
  const baseRef = `refs/heads/${pull.base.ref}`;
  const before = repository.queue.findLast((one) => one.baseRef === baseRef);
  const baseSha = before?.headSha ?? (await readRef(repository.objects, baseRef));
  const tree = baseSha === null || pull.state === 'closed' ? null : await mergedTree(repository.objects, baseSha, pull.head.sha);
  if (baseSha === null || tree === null) throw new Error(`#${String(pull.number)} cannot be queued: it is closed or conflicts with ${pull.base.ref}.`);
  const at = context.clock.now();
  const message = `Merge pull request #${String(pull.number)} from ${pull.head.repository.split('/')[0] ?? ''}/${pull.head.ref}`;
  const headSha = await writeSigned(repository, at, { tree, parents: [baseSha, pull.head.sha], message, identity: gitIdentity(by, at, webFlow) });
  return { number: pull.number, headRef: `refs/heads/gh-readonly-queue/${pull.base.ref}/pr-${String(pull.number)}-${baseSha}`, headSha, baseRef, baseSha, by };
}

function missingFor(repository: Repository, group: MergeGroup): readonly string[] {
  const rules = rulesetsFor(repository, group.baseRef).flatMap((ruleset) => ruleset.rules);
  return rules.flatMap((rule) => (rule.type === 'required_status_checks' ? missingChecks(repository, parseRequiredChecks(rule.parameters), group.headSha) : []));
}

async function moveAsQueue(context: SimulatorContext, repository: Repository, ref: string, before: string | null, after: string | null, pull?: Pull): Promise<void> {
  const actor: ActingUser = asPerson(queueBot);
  const move = await updateRef(context, repository, actor, ref, before, after, { byQueue: true, ...(pull === undefined ? {} : { pull }) });
  if (move.kind !== 'moved') throw new Error(`The merge queue could not move ${ref}: it is not at ${before ?? 'nothing'}.`);
}

async function land(context: SimulatorContext, repository: Repository, pull: Pull, group: MergeGroup): Promise<void> {
  const issue = repository.issues.get(pull.number);
  if (issue === undefined) throw new Error(`#${String(pull.number)} is no issue of ${repository.owner}/${repository.name}.`);
  pull.base.sha = group.baseSha;
  await moveAsQueue(context, repository, group.baseRef, group.baseSha, group.headSha, pull);
  recordMerge(context, repository, asPerson(queueBot), pull, issue, { sha: group.headSha, method: 'merge' });
  repository.queue.splice(repository.queue.indexOf(group), 1);
  await moveAsQueue(context, repository, group.headRef, group.headSha, null);
}

async function remove(context: SimulatorContext, repository: Repository, group: MergeGroup): Promise<void> {
  repository.queue.splice(repository.queue.indexOf(group), 1);
  addEvent(context, pullNumbered(repository, group.number), 'removed_from_merge_queue', asPerson(queueBot), {});
  await moveAsQueue(context, repository, group.headRef, group.headSha, null);
}

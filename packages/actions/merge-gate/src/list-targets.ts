import { atHead } from '@sallyport/pipeline';
import type { Changes, MergeTarget, PolicyReading } from '@sallyport/pipeline';
import type { Selection } from './select-targets.ts';

type Sources = Pick<Changes, 'repository' | 'listOpen' | 'listQueueGroups'>;

/** The selection as a list. Only what is not named already costs a request, and waits for the policy that says which branches are guarded. */
export async function listTargets(changes: Sources, reading: Promise<PolicyReading>, selection: Selection): Promise<readonly MergeTarget[]> {
  switch (selection.select) {
    case 'targets':
      return selection.targets;
    case 'all':
      return (await listEverything(changes, await guardedBranches(changes, reading))).map(({ target }) => target);
    case 'head': {
      const { first, headSha, orAll } = selection;
      const everything = await listEverything(changes, await guardedBranches(changes, reading));
      const named = new Set(first.map(({ pullRequest }) => pullRequest));
      const at = everything.filter((one) => one.headSha === headSha && one.target.group === null && !named.has(one.target.pullRequest));
      return at.length === 0 && orAll ? everything.map(({ target }) => target) : [...first, ...at.map(({ target }) => target)];
    }
    default:
      return selection satisfies never;
  }
}

/** Without a valid policy nobody can say which branches are guarded; the default branch is. */
export async function guardedBranches(changes: Pick<Changes, 'repository'>, reading: Promise<PolicyReading>): Promise<readonly string[]> {
  const read = await reading;
  return read.state === 'valid' ? read.current.sealed.value.merge.into : [(await changes.repository()).defaultBranch];
}

/** Everything that is open or queued into the branches, with the commit that carries its check. */
export async function listEverything(changes: Pick<Changes, 'listOpen' | 'listQueueGroups'>, into: readonly string[]): Promise<readonly { readonly target: MergeTarget; readonly headSha: string }[]> {
  const [open, groups] = await Promise.all([changes.listOpen(into), changes.listQueueGroups()]);
  const queued = groups.filter(({ base }) => into.includes(base)).map(({ pullRequest, group }) => ({ target: { pullRequest, group }, headSha: group.headSha }));
  return [...open.map(({ number, headSha }) => ({ target: atHead(number), headSha })), ...queued];
}

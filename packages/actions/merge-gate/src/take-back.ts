import { failUnjudged } from '@sallyport/pipeline';
import type { Outside, PolicyReading } from '@sallyport/pipeline';
import { guardedBranches, listEverything } from './list-targets.ts';
import { outcomeKey } from './name-target.ts';

/** Fails the check of what could not be judged, by its key and with why: a yes from before may no longer hold. Heads are looked up now. */
export async function takeBack(outside: Pick<Outside, 'changes' | 'mergeCheck'>, reading: Promise<PolicyReading>, unjudged: ReadonlyMap<string, string>): Promise<void> {
  for (const { target, headSha } of await listEverything(outside.changes, await guardedBranches(outside.changes, reading))) {
    const why = unjudged.get(outcomeKey(target));
    if (why !== undefined) await failUnjudged(outside, headSha, why);
  }
}

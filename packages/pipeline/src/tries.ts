import { cameToNothing, lastToNothing, promotionsTo } from './ledger-state.ts';
import type { LedgerState, RecordedPromotion } from './ledger-state.ts';

/** So often a build, or a rollback, is tried whose promotions come to nothing. After that something lasting is wrong, which people have to find. */
export const mostTries = 3;

/** Whatever refused it gets time to pass. */
const restMilliseconds = 15 * 60 * 1000;

/** The promotions by which a build was tried in an environment. */
export const triesOfBuild = (state: LedgerState, environment: string, digest: string): readonly RecordedPromotion[] => promotionsTo(state, environment).filter(({ build, end }) => build === digest && end?.outcome !== 'abandoned');

/** The promotions by which a rollback was tried. */
export const triesOfRollback = (state: LedgerState, environment: string, id: string): readonly RecordedPromotion[] => promotionsTo(state, environment).filter(({ rollback }) => rollback?.id === id);

/** Whether it may be tried (again): never where one of its promotions is under way or may have changed the environment. */
export const mayBeTried = (tries: readonly RecordedPromotion[]): boolean => tries.every(cameToNothing) && tries.length < mostTries;

/** When a build whose promotion came to nothing is tried again, in epoch milliseconds; 0 where none did. A rollback does not wait. */
export function restsUntil(state: LedgerState, environment: string, digest: string): number {
  const last = triesOfBuild(state, environment, digest).findLast(cameToNothing);
  return last?.end == null ? 0 : Date.parse(last.end.endedAt) + restMilliseconds;
}

/** In sentences: what became of the latest promotion to an environment, and what follows. Null unless its deploy was never let in. */
export function describeToNothing(state: LedgerState, environment: string): { readonly promotion: RecordedPromotion; readonly what: string; readonly next: string } | null {
  const promotion = lastToNothing(state, environment);
  if (promotion === null) return null;
  const { number, version, end, rollback, build, commit } = promotion;
  const unseen = end.outcome === 'not-started';
  const tries = rollback === undefined ? triesOfBuild(state, environment, build) : triesOfRollback(state, environment, rollback.id);
  const look = unseen ? ` See that Actions and the workflow are enabled, and that commit ${commit.slice(0, 12)} holds the workflow and it starts on tags promote/**.` : '';
  const again = rollback === undefined ? 'The gate decides on it again a quarter of an hour after that.' : 'It is tried again while the request holds.';
  const over = `It has been tried ${tries.length} times and is not tried again by itself: ${rollback === undefined ? `find out why; a newer build goes as ever` : 'find out why, then ask for it again'}.`;
  return { promotion, what: `Promotion ${number} (${version}) ${unseen ? 'was not seen to start' : 'was refused at its start'}: ${end.reason}.`, next: `${mayBeTried(tries) ? again : over}${look}` };
}

import type { CheckFact } from '@sallyport/gates';

type Conclusion = NonNullable<CheckFact['conclusion']>;

const conclusions = new Map<string, Conclusion>([
  ['success', 'success'],
  ['failure', 'failure'],
  ['neutral', 'neutral'],
  ['cancelled', 'cancelled'],
  ['skipped', 'skipped'],
  ['timed_out', 'timed-out'],
  ['action_required', 'action-required'],
  ['stale', 'stale'],
  ['startup_failure', 'startup-failure'],
]);

/** How GitHub says a run or a check ended. A word that it does not document is `other`, never success. */
export const conclusionOf = (word: string | null): Conclusion | null => (word === null ? null : (conclusions.get(word) ?? 'other'));

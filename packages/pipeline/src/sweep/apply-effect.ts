import type { LedgerWriter } from '../ledger-access.ts';
import type { Outside } from '../ports.ts';
import type { Effect } from './effect.ts';

/** `stale`: the world has moved since the plan was made; look again. */
export type Applied = 'done' | 'stale';

/** Carries out one effect. Each is safe to repeat: entries have keys, tags cannot be made twice, a review is found again. */
export async function applyEffect(outside: Pick<Outside, 'promotions' | 'desk'>, ledger: LedgerWriter, effect: Effect, at: number): Promise<Applied> {
  switch (effect.effect) {
    case 'record': {
      const { state } = await ledger.append(effect.entries, { at, ifSize: effect.ifSize });
      return state === 'moved' ? 'stale' : 'done';
    }
    case 'create-tag':
      await outside.promotions.createTag({ name: effect.tag, commit: effect.commit, message: effect.message, taggedAt: effect.taggedAt });
      // A tag that exists already is another gatekeeper's or an earlier run's; the next round checks what it carries.
      return 'done';
    case 'open-review': {
      const { issue } = await outside.desk.openReview({ override: effect.override, title: effect.title, body: effect.body });
      await ledger.append([{ key: `review:${effect.override}`, body: { type: 'review-opened', override: effect.override, issue, dueAt: new Date(effect.dueAt).toISOString() } }], { at });
      return 'done';
    }
    default:
      return effect satisfies never;
  }
}

import type { LedgerWriter } from '../ledger-access.ts';
import { OutsideError } from '../outside-error.ts';
import type { NoticeChannel } from '../ports.ts';
import { applyEffect } from './apply-effect.ts';
import { describeEffect } from './describe-effect.ts';
import type { Courtesy, Effect, Note } from './effect.ts';
import type { View } from './view.ts';

/** What was told; `brokeOff`: GitHub does not answer. */
export type Told = { readonly effects: readonly Effect[]; readonly notes: readonly Note[]; readonly brokeOff: boolean };

/** A failure is a note, and nothing is lost: what was not said is said at the next sweep. */
export async function tellPeople({ view, ledger }: { readonly view: Pick<View, 'at'> & { readonly outside: Parameters<typeof applyEffect>[0] }; readonly ledger: LedgerWriter }, courtesies: readonly Courtesy[], onEffect: (effect: Effect) => void = () => undefined): Promise<Told> {
  const effects: Effect[] = [];
  const notes: Note[] = [];
  const silent = new Set<NoticeChannel>();
  for (const courtesy of courtesies) {
    if (courtesy.effect === 'give-notice' && silent.has(courtesy.channel)) continue;
    onEffect(courtesy);
    try {
      await applyEffect(view.outside, ledger, courtesy, view.at);
    } catch (error) {
      if (!(error instanceof OutsideError)) throw error;
      notes.push({ code: 'courtesy-failed', message: `What people read could not be brought up to date (${describeEffect(courtesy)}): ${error.message}` });
      // What GitHub refuses does not hold up the others; where GitHub does not answer, none of them would get through.
      if (error.retryable) return { effects, notes, brokeOff: true };
      // Each would wait as long again, and the next sweep behind them.
      if (courtesy.effect === 'give-notice' && error.code === 'unreachable') silent.add(courtesy.channel);
      continue;
    }
    effects.push(courtesy);
  }
  return { effects, notes, brokeOff: false };
}

import { atHead } from '@sallyport/pipeline';
import type { MergeTarget } from '@sallyport/pipeline';
import { differenceOf } from '../compare.ts';
import type { ScenarioResult } from '../run-scenario.ts';
import type { Expected } from '../scenario.ts';
import { changeOn } from './change.ts';
import type { Change } from './change.ts';
import type { Scene } from './scene.ts';

/** Something that happens on GitHub, or a question to the merge gate with the answer that must come: about the head, unless `about` names a group of the merge queue. */
export type Step = { readonly does: string; readonly act: (change: Change) => Promise<unknown> } | Question;
type Question = { readonly asks: string; readonly expect: Expected; readonly about?: (change: Change) => Promise<MergeTarget> };

/** An attack as it is carried out: with git and requests against a GitHub. At least one question must be answered with allow, so that it is the attack that is refused. */
export type Story = { readonly id: string; readonly name: string; readonly steps: readonly Step[] };

export const does = (what: string, act: (change: Change) => Promise<unknown>): Step => ({ does: what, act });
export const allowed: Step = { asks: 'may it merge?', expect: { outcome: 'allow' } };
export const refused = (outcome: string, rule: string, reason: string, judged?: string): Step => ({ asks: 'may it merge now?', expect: { outcome, rule, reason, ...(judged === undefined ? {} : { judged }) } });

/** Plays the steps in order. The first one that goes wrong ends the story and is named. */
export async function playStory(scene: Scene, { id, name, steps }: Story): Promise<ScenarioResult> {
  const change = changeOn(scene, `story-${id.toLowerCase().replaceAll('.', '-')}`);
  const result = { id, row: id.split('.')[0] ?? id, name };
  let outcome: string | null = null;
  for (const [index, step] of steps.entries()) {
    const place = `step ${index + 1}, ${'does' in step ? step.does : step.asks}`;
    try {
      if ('does' in step) {
        await step.act(change);
        continue;
      }
      const decision = await scene.ask(step.about === undefined ? atHead(change.number()) : await step.about(change));
      // The row shows what became of the attack, not that all was well before or after it.
      if (outcome === null || step.expect.outcome !== 'allow') outcome = decision.outcome;
      const miss = differenceOf(decision, step.expect, 'reasons');
      if (miss !== null) return { ...result, outcome, misses: [`${place}: ${miss}`] };
    } catch (error) {
      return { ...result, outcome, misses: [`${place}: ${error instanceof Error ? error.message : String(error)}`] };
    }
  }
  return { ...result, outcome, misses: [] };
}

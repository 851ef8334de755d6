import type { ScenarioResult } from '../run-scenario.ts';
import { rowOf } from '../scenario.ts';

/**
 * What became of something that a part of Sallyport was given. `sound`: the part went on, and nothing came of it.
 * `refused`: the part says that it is wrong, in its own words.
 */
export type Seen = { readonly state: 'sound' } | { readonly state: 'refused'; readonly says: string };

/** An attack that shows in no gate's document, carried out on the part that has to withstand it. */
export type PartStory = {
  /** `L01.2`: the second story of row L01. */
  readonly id: string;
  /** What happens, in a sentence. */
  readonly name: string;
  /** A part of what has to be said of the attack; null: it has to come to nothing, without a word. */
  readonly says: string | null;
  /** Carries out the attack or, without it, the same otherwise: that has to be sound. Throws when the attack could not be made. */
  readonly play: (attacked: boolean) => Seen | Promise<Seen>;
};

export const sound: Seen = { state: 'sound' };
export const refused = (says: string): Seen => ({ state: 'refused', says });

/** Nothing found is sound. */
export const seenIn = (problems: readonly string[]): Seen => (problems.length === 0 ? sound : refused(problems.join('; ')));

/** The attack, then its twin. Never throws. */
export async function playPart({ id, name, says, play }: PartStory): Promise<ScenarioResult> {
  const [attack, twin] = [await seen(play, true), await seen(play, false)];
  const misses = [missOf(attack, says), missOf(twin, null)];
  return {
    id,
    row: rowOf({ id }),
    name,
    outcome: attack instanceof Error ? null : attack.state === 'sound' ? 'withstood' : 'refused',
    misses: misses.flatMap((miss, place) => (miss === null ? [] : [place === 0 ? miss : `without the attack: ${miss}`])),
  };
}

async function seen(play: PartStory['play'], attacked: boolean): Promise<Seen | Error> {
  try {
    return await play(attacked);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function missOf(got: Seen | Error, says: string | null): string | null {
  if (got instanceof Error) return got.message;
  if (says === null) return got.state === 'sound' ? null : `expected nothing to come of it, but: ${got.says}`;
  if (got.state === 'sound') return `expected to be told “${says}”, and nothing was said`;
  return got.says.includes(says) ? null : `expected to be told “${says}”, not “${got.says}”`;
}

import type { RecordReader } from '../record.ts';
import type { World } from '../world.ts';

/** One thing somebody does. `n` and `m` choose among what there is to choose. Gives what happened, as a sentence; null: there was nothing to do it to. */
export type Step = (world: World, choice: Choice, record: RecordReader) => Promise<string | null> | string | null;
export type Choice = { readonly n: number; readonly m: number };

/** The n-th of what there is, counted round. */
export const pick = <T>(from: readonly T[], n: number): T | undefined => (from.length === 0 ? undefined : from[n % from.length]);

/** As `pick`, from what is never empty. */
export const choose = <const T>(from: readonly [T, ...T[]], n: number): T => from[n % from.length] ?? from[0];

export const clockText = (at: number): string => `${new Date(at).toISOString().replace('T', ' ').slice(0, 19)} UTC`;
export const short = (sha: string): string => sha.replace('sha256:', '').slice(0, 12);

import * as z from 'zod';

/** A fact that may be missing. `unknown` says, in a sentence, why it could not be learnt. Missing never means no. */
export type Fact<T> = { readonly known: T } | { readonly unknown: string };

/** A list that may be cut short. Incomplete lists say what is missing and never support a yes that depends on absence. */
export type FactList<T> = { readonly items: readonly T[]; readonly complete: true } | { readonly items: readonly T[]; readonly complete: false; readonly missing: string };

export const factOf = <T extends z.ZodType>(value: T) =>
  z.union([z.strictObject({ known: value }).readonly(), z.strictObject({ unknown: z.string().min(1) }).readonly()]);

export const listOf = <T extends z.ZodType>(item: T) =>
  z.discriminatedUnion('complete', [
    z.strictObject({ items: z.array(item).readonly(), complete: z.literal(true) }).readonly(),
    z.strictObject({ items: z.array(item).readonly(), complete: z.literal(false), missing: z.string().min(1) }).readonly(),
  ]);

export const known = <T>(value: T): Fact<T> => ({ known: value });
export const unknown = (why: string): Fact<never> => ({ unknown: why });
export const completeList = <T>(items: readonly T[]): FactList<T> => ({ items, complete: true });
export const partialList = <T>(items: readonly T[], missing: string): FactList<T> => ({ items, complete: false, missing });

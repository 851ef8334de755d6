import * as z from 'zod';

/** A value that the ledger holds, or why it does not: what the record does not say is never guessed. */
export type Recorded<T> = { readonly recorded: T } | { readonly notRecorded: string };

export const recordedOf = <T extends z.ZodType>(value: T) => z.union([z.strictObject({ recorded: value }).readonly(), z.strictObject({ notRecorded: z.string().min(1) }).readonly()]);

export const recorded = <T>(value: T): Recorded<T> => ({ recorded: value });
export const notRecorded = (why: string): Recorded<never> => ({ notRecorded: why });

/** The value, or null where the record does not say. */
export const valueOf = <T>(fact: Recorded<T>): T | null => ('recorded' in fact ? fact.recorded : null);

/** Epoch milliseconds as ISO 8601 in UTC with milliseconds: the one way an evidence report writes an instant. */
export const iso = (at: number): string => new Date(at).toISOString();

/** Whole seconds from one instant to a later one; 0 when it is not later. */
export const secondsBetween = (from: number, to: number): number => Math.max(0, Math.round((to - from) / 1000));

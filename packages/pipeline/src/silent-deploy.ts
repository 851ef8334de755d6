/** How long a promotion may be without an outcome before people are told what to do; nothing overtakes it, then or later. */
const silentAfterMilliseconds = 60 * 60 * 1000;

/** When a promotion intended at `intendedAt` (epoch milliseconds) should have ended. */
export const silentFrom = (intendedAt: number): number => intendedAt + silentAfterMilliseconds;

export const isSilent = (intendedAt: number, at: number): boolean => at > silentFrom(intendedAt);

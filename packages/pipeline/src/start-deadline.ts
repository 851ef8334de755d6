import type { EnvironmentPolicy } from '@sallyport/policy';

const hour = 60 * 60;

/** GitHub shows a run within seconds of making it; so much later, one that is not shown was not made in time. */
const reserveMilliseconds = 10 * 60 * 1000;

export const startWithinSeconds = ({ startWithinSeconds: given = hour }: Pick<EnvironmentPolicy, 'startWithinSeconds'>): number => given;

/** By when the run that a promotion intended at `intendedAt` starts has to be made. One made later may not deploy. Epoch milliseconds. */
export const startBy = (environment: Pick<EnvironmentPolicy, 'startWithinSeconds'>, intendedAt: number): number => intendedAt + startWithinSeconds(environment) * 1000;

/**
 * Whether a promotion of which GitHub shows no run at `at` can be taken for ended. It is later than `startBy`, so that a run made in time has
 * been seen, and whatever comes after it is refused by its own time: nothing depends on who of the two reads the ledger first.
 */
export const neverStarts = (environment: Pick<EnvironmentPolicy, 'startWithinSeconds'>, intendedAt: number, at: number): boolean => at > startBy(environment, intendedAt) + reserveMilliseconds;

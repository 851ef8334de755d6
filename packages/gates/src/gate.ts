import type { Policy } from '@sallyport/policy';
import type { ClockReading, Decision } from './decision.ts';
import type { Sealed } from './seal.ts';

/**
 * What every gate is: a pure function. No input or output, no clock, no environment, no logging.
 * It never throws for what facts may hold; it answers `unknown`.
 */
export type Gate<Facts> = (policy: Sealed<Policy>, facts: Sealed<Facts>, now: ClockReading) => Decision;

import type { Simulator } from '@sallyport/simulator';

/** What did not match GitHub's own description, one line each. */
export const mismatchesOf = (simulator: Simulator): readonly string[] => simulator.contractMismatches().map((mismatch) => JSON.stringify(mismatch));

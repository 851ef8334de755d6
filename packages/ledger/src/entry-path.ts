/** The signed note's place on the ledger branch. */
export const checkpointPath = 'checkpoint';

/** An entry's place on the ledger branch: `entries/<thousand>/<index>.json`, no padding, so that a folder holds at most a thousand files. */
export const entryPath = (index: number): string => `entries/${Math.floor(index / 1000)}/${index}.json`;

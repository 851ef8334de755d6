import type { Io } from './io.ts';

/** Asks the person at the terminal; anything but y or yes is no. */
export const confirm = async (io: Pick<Io, 'ask'>, question: string): Promise<boolean> => /^y(?:es)?$/i.test((await io.ask(`${question} [y/N] `)).trim());

/** One of the laws L1 to L9 does not hold. */
export class LawBroken extends Error {
  readonly law: string;

  constructor(law: string, what: string) {
    super(`${law}: ${what}`);
    this.name = 'LawBroken';
    this.law = law;
  }
}

export type Law = 'L1' | 'L2' | 'L3' | 'L4' | 'L5' | 'L6' | 'L7' | 'L8' | 'L9';

/** Throws when a law does not hold. */
export function hold(law: Law, holds: boolean, what: () => string): asserts holds {
  if (!holds) throw new LawBroken(law, what());
}

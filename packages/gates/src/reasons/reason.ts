import type { ReasonCode } from '../reason-codes.ts';

/** What a reason code says to someone who meets it for the first time. */
export type Reason = {
  /** A sentence or two that stand alone. */
  readonly meaning: string;
  /** What to do about it, and who; null: nothing has to be done. */
  readonly remedy: string | null;
  /** A few words that follow “it needs”, for codes that a whole rule can give. */
  readonly needs?: string;
};

export type Reasons = Partial<Record<ReasonCode, Reason>>;

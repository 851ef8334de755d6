/**
 * Where answers are kept between runs. It may be read and written by others: what it holds is sealed, and what does not
 * open is as if it were not there. Neither verb throws; what cannot be kept is not kept.
 */
export type AnswerCache = {
  /** `name` is 64 hexadecimal digits and tells nothing about the question. */
  get(name: string): Promise<Uint8Array | null>;
  set(name: string, sealed: Uint8Array): Promise<void>;
};

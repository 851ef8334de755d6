import type { ProvenanceRefusal } from '@sallyport/gates';

/** Why provenance is not believed: a code of the closed list and a sentence. */
export type Refused = { readonly state: 'refused'; readonly code: ProvenanceRefusal; readonly problem: string };

/** Sentences quote what a stranger wrote, and every decision keeps them. */
const maximumLength = 600;

export function refused(code: ProvenanceRefusal, sentence: string): Refused {
  const line = sentence.replaceAll(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ');
  return { state: 'refused', code, problem: line.length > maximumLength ? `${line.slice(0, maximumLength)}….` : line };
}

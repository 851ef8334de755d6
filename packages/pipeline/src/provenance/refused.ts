import type { ProvenanceRefusal } from '@sallyport/gates';

/** Why provenance is not believed: a code of the closed list and a sentence. */
export type Refused = { readonly state: 'refused'; readonly code: ProvenanceRefusal; readonly problem: string };

export const refused = (code: ProvenanceRefusal, problem: string): Refused => ({ state: 'refused', code, problem });

import { distance } from 'fastest-levenshtein';

const MAX_LENGTH = 64;

/**
 * The candidate closest in spelling to `word`, or undefined when none is close: at most one edit for short words,
 * one in three letters for longer ones. Case, underscores and camel case do not count as edits.
 */
export function nearestSpelling(word: string, candidates: readonly string[]): string | undefined {
  if (word.length === 0 || word.length > MAX_LENGTH) return undefined;
  const folded = fold(word);
  let best: { readonly candidate: string; readonly edits: number } | undefined;
  for (const candidate of candidates) {
    const edits = distance(folded, fold(candidate));
    if (best === undefined || edits < best.edits) best = { candidate, edits };
  }
  if (best === undefined) return undefined;
  const tolerated = Math.max(1, Math.floor(Math.max(folded.length, best.candidate.length) / 3));
  // Short words are all within a few edits of each other, so an edit must leave most of the word standing.
  return best.edits <= tolerated && best.edits < folded.length ? best.candidate : undefined;
}

function fold(word: string): string {
  return word
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[_ ]/g, '-')
    .toLowerCase();
}

import { InputError } from './input-error.ts';

/** Our deepest document, a case holding a decision, nests less than 20 levels. */
const maximumDepth = 64;

/** JSON from a file the person gave. Throws InputError for what is not JSON, and for nesting no document of ours has. */
export function parseJsonFile(text: string, name: string, what: string): unknown {
  if (isTooDeep(text)) throw new InputError(`The ${what} ${name} nests deeper than ${maximumDepth} levels, so it is not one.`);
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new InputError(`The ${what} ${name} is not JSON: ${cause instanceof Error ? cause.message : 'it cannot be parsed'}.`, { cause });
  }
}

/** Counts brackets outside strings, so that nothing deep ever reaches a function that recurses. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if (depth > maximumDepth) return true;
  }
  return false;
}

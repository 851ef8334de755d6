/**
 * Answers whether a branch or tag name passes a workflow's filter list: later patterns win, `!` takes away.
 * Source: GitHub, "Workflow syntax: filter pattern cheat sheet", November 2026.
 */
export function passesFilter(name: string, patterns: readonly string[]): boolean {
  let passes = false;
  for (const pattern of patterns) {
    const negative = pattern.startsWith('!');
    if (filterExpression(negative ? pattern.slice(1) : pattern).test(name)) passes = !negative;
  }
  return passes;
}

/** `*` stays within a segment, `**` crosses, `?` and `+` repeat the character before them, `[]` lists characters, `\` escapes. */
function filterExpression(pattern: string): RegExp {
  let source = '';
  for (let index = 0; index < pattern.length; index += 1) {
    const character = pattern.charAt(index);
    if (pattern.startsWith('**', index)) {
      source += '.*';
      index += 1;
    } else if (character === '*') source += '[^/]*';
    else if (character === '?' || character === '+' || character === '[' || character === ']') source += character;
    else if (character === '\\') {
      index += 1;
      source += escape(pattern.charAt(index));
    } else source += escape(character);
  }
  // The pattern comes from a workflow file of the simulated repository, and every character outside the few above is escaped.
  // eslint-disable-next-line security/detect-non-literal-regexp
  return new RegExp(`^${source}$`);
}

const escape = (character: string): string => character.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

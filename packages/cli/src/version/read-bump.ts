/** How much a change raises a version. */
export type Bump = 'major' | 'minor' | 'patch';

/** What stands before the colon: `<type>[(scope)][!]`, with the type in any case. */
const intent = /^([A-Za-z]+)(!?)$/;
const scope = /\([^()]+\)(?=!?$)/;
/** In capitals, at the beginning of a line of the body or its footers. */
const breaking = /^BREAKING[ -]CHANGE: /m;

/**
 * What a commit's message asks for: https://www.conventionalcommits.org/en/v1.0.0/#specification, items 1 to 16. One that follows no
 * convention is a change all the same, so the least is a patch. (conventional-commits-parser takes seconds for a long message.)
 */
export function readBump(message: string): Bump {
  const text = message.trimStart();
  const [header = ''] = text.split(/[\r\n]/, 1);
  const [before = '', description = ''] = header.split(': ', 2);
  const [, type, mark] = (description.trim() === '' ? null : intent.exec(before.replace(scope, ''))) ?? [];
  if (mark === '!' || breaking.test(text)) return 'major';
  return type?.toLowerCase() === 'feat' ? 'minor' : 'patch';
}

const lineBreak = /\r\n|[\n\r\u0085\u2028\u2029]/g;
/** Controls, marks that turn the direction of what follows, and halves of characters. */
const unprintable = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** Text without what would not be seen, or would make other text look otherwise; a tab becomes a space. */
export const printable = (text: string): string => text.replaceAll('\t', ' ').replace(unprintable, '');

/**
 * Text as the value of a TEXT property (RFC 5545 §3.3.11): backslash, semicolon and comma escaped, any kind of line
 * break as `\n`, nothing left that could end the line or show it as another text (X02).
 */
export function escapeText(text: string): string {
  return text.split(lineBreak).map(escapeLine).join('\\n');
}

const escapeLine = (line: string): string => printable(line).replace(/[\\;,]/g, '\\$&');

/** The text of a TEXT value, in one line without control characters, for messages. An escape that RFC 5545 does not know stands for its character. */
export function unescapeText(value: string): string {
  return printable(value.replace(/\\(.)/gsu, (_, character: string) => (/n/i.test(character) ? ' ' : character)));
}

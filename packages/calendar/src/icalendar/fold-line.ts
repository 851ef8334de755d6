/** Octets a line may have without its line break (RFC 5545 §3.1). */
const longest = 75;

/**
 * A content line as it is written: broken by CRLF and a space so that no line is longer than 75 octets of UTF-8, never
 * inside a character, and ended by CRLF (RFC 5545 §3.1).
 */
export function foldLine(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character.codePointAt(0) ?? 0);
    if (octets + size > longest) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return `${folded}\r\n`;
}

function octetsOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

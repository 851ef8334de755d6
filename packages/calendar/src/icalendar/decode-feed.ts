import type { Report } from './feed-problem.ts';

const lineFeed = 0x0a;
const resave = 'Save or serve the file as UTF-8.';

/** Bytes or text of a calendar file as text without a byte order mark; null after a report. Looks at no byte of a file that is too large. */
export function decodeFeed(input: string | Uint8Array, maximumBytes: number, report: Report): string | null {
  if (input.length > maximumBytes || sizeOf(input) > maximumBytes) {
    report('too-large', null, `The file has more than ${maximumBytes} bytes, so it was not read. Publish a calendar that holds only the freezes, or raise the limit.`);
    return null;
  }
  if (typeof input === 'string') return input.replace(/^\uFEFF/, '');
  if (isUtf16(input)) {
    report('encoding', null, `The file is UTF-16, and calendar files are UTF-8 (RFC 5545 §3.1.4). ${resave}`);
    return null;
  }
  const text = decodeUtf8(input);
  if (text === null) report('encoding', firstBadLine(input), `This line is not UTF-8: perhaps the file is Latin-1, or the line was folded inside a character. ${resave}`);
  return text;
}

const sizeOf = (input: string | Uint8Array): number => (typeof input === 'string' ? new TextEncoder().encode(input).length : input.length);

/** With a byte order mark, or with the zero bytes that every Latin letter has. */
function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || (second !== undefined && (first === 0) !== (second === 0));
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** No byte of a longer character is a line feed, so each line can be tried alone. */
function firstBadLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const found = bytes.indexOf(lineFeed, start);
    const end = found === -1 ? bytes.length : found;
    if (decodeUtf8(bytes.subarray(start, end)) === null) return line;
    start = end + 1;
  }
  return line;
}

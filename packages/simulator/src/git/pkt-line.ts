/** Git's packet lines (gitprotocol-common): four hexadecimal digits of length, then the payload. */
export function pktLine(payload: string | Uint8Array): Buffer {
  const bytes = Buffer.from(payload);
  return Buffer.concat([Buffer.from((bytes.length + 4).toString(16).padStart(4, '0')), bytes]);
}

export const flushPacket = Buffer.from('0000');

export type PktReading = { readonly lines: readonly Buffer[]; /** What follows the first flush packet. */ readonly rest: Buffer };

/** Reads lines up to the first flush packet; null when the bytes are no packet lines. */
export function readPktLines(bytes: Buffer): PktReading | null {
  const lines: Buffer[] = [];
  let at = 0;
  while (at + 4 <= bytes.length) {
    const text = bytes.toString('latin1', at, at + 4);
    if (!/^[0-9a-fA-F]{4}$/.test(text)) return null;
    const length = Number.parseInt(text, 16);
    if (length === 0) return { lines, rest: bytes.subarray(at + 4) };
    if (length < 4 || at + length > bytes.length) return null;
    lines.push(bytes.subarray(at + 4, at + length));
    at += length;
  }
  return null;
}

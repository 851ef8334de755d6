import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flushPacket, pktLine, readPktLines } from './pkt-line.ts';

describe('packet lines', () => {
  it('read back what was written, and give what follows the flush', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 })), fc.uint8Array(), (payloads, rest) => {
        const reading = readPktLines(Buffer.concat([...payloads.map(pktLine), flushPacket, Buffer.from(rest)]));
        expect(reading?.lines.map((line) => [...line])).toEqual(payloads.map((payload) => [...payload]));
        expect([...(reading?.rest ?? [])]).toEqual([...rest]);
      }),
    );
  });

  it.each([
    ['no length', 'zzzz'],
    ['a length that is too short to hold itself', '0003'],
    ['a line that is cut off', '0010abc'],
    ['no flush', '0005a'],
    ['nothing', ''],
  ])('are refused with %s', (_, text) => {
    expect(readPktLines(Buffer.from(text))).toBeNull();
  });
});

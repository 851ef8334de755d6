import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldLine } from './fold-line.ts';

it('folding is undone by taking the breaks out, and no part is longer than 75 octets', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }).filter((line) => !/[\r\n]/.test(line)), (line) => {
      const folded = foldLine(line);
      expect(folded.replaceAll('\r\n ', '')).toBe(`${line}\r\n`);
      expect(folded.split('\r\n').filter((part) => Buffer.byteLength(part) > 75)).toEqual([]);
    }),
  );
});

/** A piece of a page: lines that belong together, of which only `rows` may be left out, from the end. */
export type Block = { readonly head: readonly string[]; readonly rows: readonly string[]; readonly tail: readonly string[]; /** Says in place of so many rows that they were left out. */ readonly omission: (count: number) => string };

export const wholeBlock = (...head: readonly string[]): Block => ({ head, rows: [], tail: [], omission: () => '' });

/**
 * Puts blocks together in at most `maximumBytes` of UTF-8. What does not fit is left out row by row, the last block's
 * first, and each such block says how many it lacks. Heads and tails stay, so that nothing opened is left open.
 */
export function fitBlocks(blocks: readonly Block[], maximumBytes: number): string {
  // No digit of the count may be what does not fit.
  const reserved = blocks.map(({ head, rows, tail, omission }) => bytes([...head, ...(rows.length === 0 ? [] : [omission(rows.length)]), ...tail]));
  let left = maximumBytes - reserved.reduce((sum, size) => sum + size, 0);
  const lines = blocks.flatMap(({ head, rows, tail, omission }) => {
    const kept: string[] = [];
    for (const row of rows) {
      const size = bytes([row]);
      if (size > left) break;
      left -= size;
      kept.push(row);
    }
    return [...head, ...kept, ...(kept.length === rows.length ? [] : [omission(rows.length - kept.length)]), ...tail];
  });
  return lines.join('\n');
}

/** With the line ends. */
const bytes = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);

import Table from 'cli-table3';
import type { Colors } from 'picocolors/types.js';

const none = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: ' ' };

export type Column = {
  /** Left out by all columns: a table without a head. */
  readonly head?: string;
  /** Characters, with the space after it; left out: as wide as its content. */
  readonly width?: number;
};

/** A table without lines, for terminals and logs alike. Cells are wrapped at words when their column has a width. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[], colors: Colors): string {
  const table = new Table({
    head: columns.some(({ head }) => head !== undefined) ? columns.map(({ head = '' }) => colors.bold(head)) : [],
    chars: none,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
    colWidths: columns.map(({ width }) => width ?? null),
    wordWrap: true,
    wrapOnWordBoundary: true,
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

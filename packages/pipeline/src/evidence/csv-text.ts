/** Comma-separated text by RFC 4180: CRLF after every record, quotes where they are needed. */
export const writeCsv = (rows: readonly (readonly string[])[]): string => rows.map((row) => `${row.map(quote).join(',')}\r\n`).join('');

const quote = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell);

/** A cell that a spreadsheet would take for a formula begins with an apostrophe instead (OWASP, CSV injection): `=`, `+`, `-`, `@`, also in full width, tab and line ends. */
export const safeCell = (text: string): string => (/^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text);

export type CsvReading = { readonly ok: true; readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[] } | { readonly ok: false; readonly line: number; readonly problem: string };

/** Reads RFC 4180 strictly, lines ending in CRLF or LF. `line` counts from 1. A quote inside a cell without quotes is an error. */
export function readCsv(text: string): CsvReading {
  const rows: { readonly line: number; readonly cells: string[] }[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const row = { line, cells: [] as string[] };
    for (;;) {
      const cell = /^(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r?\n|$)/.exec(text.slice(at, at + maximumCell));
      if (cell === null) return { ok: false, line, problem: 'a cell is not closed, is too long, or has a quote where none may stand' };
      const [whole, quoted, bare = '', end] = cell;
      if (end === '' && at + whole.length < text.length) return { ok: false, line, problem: `a cell is longer than ${maximumCell} characters` };
      row.cells.push(quoted === undefined ? bare : quoted.replace(/""/g, '"'));
      at += whole.length;
      line += whole.split('\n').length - 1;
      if (end !== ',') break;
    }
    rows.push(row);
  }
  return { ok: true, rows };
}

const maximumCell = 100_000;

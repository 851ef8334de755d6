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
    let ending = ',';
    while (ending === ',') {
      const cell = text[at] === '"' ? readQuoted(text, at + 1) : readBare(text, at);
      if (cell === null) return { ok: false, line, problem: 'a cell is not closed' };
      const found = endingAt(text, cell.next);
      if (found === null) return { ok: false, line, problem: 'there is a quote or a line end where none may stand' };
      row.cells.push(cell.value);
      line += cell.value.split('\n').length - 1 + (found.endsWith('\n') ? 1 : 0);
      at = cell.next + found.length;
      ending = found;
    }
    rows.push(row);
  }
  return { ok: true, rows };
}

type Cell = { readonly value: string; /** Where what follows it begins. */ readonly next: number };

/** From behind the opening quote; null when it is never closed. */
function readQuoted(text: string, start: number): Cell | null {
  let value = '';
  for (let from = start; ; ) {
    const quoteAt = text.indexOf('"', from);
    if (quoteAt === -1) return null;
    value += text.slice(from, quoteAt);
    if (text[quoteAt + 1] !== '"') return { value, next: quoteAt + 1 };
    value += '"';
    from = quoteAt + 2;
  }
}

function readBare(text: string, start: number): Cell {
  let next = start;
  while (next < text.length && !'",\r\n'.includes(text[next] ?? '')) next += 1;
  return { value: text.slice(start, next), next };
}

/** A comma, a line end, or the end of the text as ''; null for anything else. */
function endingAt(text: string, at: number): string | null {
  if (at >= text.length) return '';
  if (text[at] === ',' || text[at] === '\n') return text[at] ?? null;
  return text.startsWith('\r\n', at) ? '\r\n' : null;
}

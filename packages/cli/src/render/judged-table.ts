import type { Row } from '@sallyport/gates';
import type { Colors } from 'picocolors/types.js';
import type { Links } from './links.ts';
import { plain } from './plain.ts';
import { renderTable } from './table.ts';
import { breakLongWords, joinItems, wrap } from './wrap.ts';

/** From here on the evidence has a column of its own. */
const wideFrom = 110;
const widestWhat = 30;

const verdicts: Readonly<Record<Row['mark'], string>> = { yes: 'counted', no: 'not counted', objects: 'blocks' };
const marks: Readonly<Record<Row['mark'], string>> = { yes: '✓', no: '✗', objects: '✗' };

export type JudgedTableOptions = { readonly width: number; readonly colors: Colors; readonly links: Links };

/** One row for each test or review: counted or not, why, what shows it, and what would make it count. */
export function judgedTable(rows: readonly Row[], { width, colors, links }: JudgedTableOptions): string {
  const wide = width >= wideFrom;
  const whatWidth = 1 + Math.min(wide ? widestWhat : widestWhat - 6, Math.max(...rows.map(({ what }) => what.length)));
  // What the columns for mark and verdict, and a space before each further column, leave over.
  const rest = width - 4 - whatWidth - 12 - 3;
  const evidenceWidth = Math.min(48, Math.floor(rest * 0.42));
  const columns = [{ width: 4 }, { width: whatWidth }, { width: 12 }, ...(wide ? [{ width: rest - evidenceWidth - 1 }, { width: evidenceWidth }] : [{ width: rest }])];
  return renderTable(columns, rows.map((row) => cells(row, columns, wide, { colors, links })), colors);
}

function cells(row: Row, columns: readonly { readonly width: number }[], wide: boolean, { colors, links }: Omit<JudgedTableOptions, 'width'>): readonly string[] {
  const paint = row.mark === 'yes' ? colors.green : row.mark === 'no' ? colors.yellow : colors.red;
  const fit = (text: string, column: number): string => breakLongWords(plain(text), (columns[column]?.width ?? 20) - 1);
  const width = (columns[3]?.width ?? 20) - 1;
  const summary = row.url === undefined ? row.summary : `${row.summary} [${links.number(row.url)}]`;
  const evidence = joinItems((row.evidence ?? []).map(plain), (columns[wide ? 4 : 3]?.width ?? 20) - 1).map((line) => colors.dim(fit(line, wide ? 4 : 3)));
  const remedy = row.remedy === undefined ? [] : wrap(`→ ${fit(row.remedy, 3)}`, width, '  ').split('\n').map(colors.cyan);
  const why = [fit(summary, 3), ...(wide ? [] : evidence), ...remedy];
  return [`  ${paint(marks[row.mark])}`, fit(row.what, 1), paint(verdicts[row.mark]), why.join('\n'), ...(wide ? [evidence.join('\n')] : [])];
}

import { columns } from './columns.ts';
import { safeCell, writeCsv } from './csv-text.ts';
import type { EvidenceReport } from './report.ts';

/** One line for each deployment under a header, rows with problems first, then those that need attention, then the rest by number. Safe to open in a spreadsheet. */
export function renderEvidenceCsv({ deployments, exceptions }: EvidenceReport): string {
  const rank = new Map<number, number>();
  for (const { promotion, weight } of exceptions.toReversed()) if (promotion !== null) rank.set(promotion, weight === 'problem' ? 0 : 1);
  const rows = deployments.toSorted((a, b) => (rank.get(a.number) ?? 2) - (rank.get(b.number) ?? 2) || a.number - b.number);
  return writeCsv([columns.map(({ name }) => name), ...rows.map((row) => columns.map(({ cell }) => safeCell(cell(row, exceptions))))]);
}

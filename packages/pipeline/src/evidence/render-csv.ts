import { columns } from './columns.ts';
import { safeCell, writeCsv } from './csv-text.ts';
import type { EvidenceException, EvidenceReport } from './report.ts';

/**
 * One line for each deployment under a header, rows with problems first, then those that need attention, then the rest by number; before
 * them a line for each exception that is about none of them. Safe to open in a spreadsheet.
 */
export function renderEvidenceCsv({ deployments, exceptions, environment }: EvidenceReport): string {
  const rank = new Map<number, number>();
  for (const { promotion, weight } of exceptions.toReversed()) if (promotion !== null) rank.set(promotion, weight === 'problem' ? 0 : 1);
  const rows = deployments.toSorted((a, b) => (rank.get(a.number) ?? 2) - (rank.get(b.number) ?? 2) || a.number - b.number);
  const numbers = new Set(deployments.map(({ number }) => number));
  const others = exceptions.filter(({ promotion }) => promotion === null || !numbers.has(promotion));
  return writeCsv([columns.map(({ name }) => name), ...others.map((exception) => lineOf(exception, environment)), ...rows.map((row) => columns.map(({ cell }) => safeCell(cell(row, exceptions))))]);
}

/** Without a number, unless it is about a promotion that is not in the report. */
function lineOf({ code, promotion, summary, indexes }: EvidenceException, environment: string): readonly string[] {
  const cells: Readonly<Record<string, string>> = { exceptions: code, number: promotion === null ? '' : String(promotion), environment, 'outcome says': summary, entries: indexes.join('; ') };
  return columns.map(({ name }) => safeCell(cells[name] ?? ''));
}

import * as z from 'zod';
import { readCsv } from './csv-text.ts';

/** A time in which the service was down, from `from` up to but not including `to`. */
export type Outage = { readonly from: number; readonly to: number; readonly kind: 'planned' | 'unplanned'; readonly reason: string };

export type OutagesResult = { readonly ok: true; readonly outages: readonly Outage[] } | { readonly ok: false; readonly problems: readonly { readonly line: number; readonly problem: string }[] };

const header = ['from', 'to', 'kind', 'reason'] as const;
const at = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const kind = z.enum(['planned', 'unplanned']);

/** Reads a list of outages: CSV with the header `from,to,kind,reason`. All problems are reported at once, each with its line. */
export function parseOutages(text: string): OutagesResult {
  const read = readCsv(text.replace(/^\uFEFF/, ''));
  if (!read.ok) return { ok: false, problems: [read] };
  const [first, ...rows] = read.rows;
  if (first === undefined || first.cells.join(',') !== header.join(',')) return { ok: false, problems: [{ line: 1, problem: `the first line must be ${header.join(',')}` }] };
  const parsed = rows.map(({ line, cells }) => ({ line, ...parseOutage(cells) }));
  const problems = parsed.flatMap(({ line, problems: found }) => found.map((problem) => ({ line, problem })));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, outages: parsed.flatMap(({ outage }) => outage ?? []) };
}

function parseOutage(cells: readonly string[]): { readonly outage: Outage | null; readonly problems: readonly string[] } {
  if (cells.length !== header.length) return { outage: null, problems: [`it has ${cells.length} cells, and there are ${header.length} columns`] };
  const [from, to, what] = [at.safeParse(cells[0]), at.safeParse(cells[1]), kind.safeParse(cells[2])];
  const reason = cells[3] ?? '';
  const problems = [
    ...(from.success ? [] : ['from is no instant with its offset, such as 2026-12-05T06:00:00-08:00']),
    ...(to.success ? [] : ['to is no instant with its offset, such as 2026-12-05T06:40:00-08:00']),
    ...(what.success ? [] : ['kind is neither planned nor unplanned']),
    ...(reason.trim() === '' ? ['reason is empty'] : []),
    ...(from.success && to.success && from.data >= to.data ? ['to is not later than from'] : []),
  ];
  if (!from.success || !to.success || !what.success || problems.length > 0) return { outage: null, problems };
  return { outage: { from: from.data, to: to.data, kind: what.data, reason }, problems };
}

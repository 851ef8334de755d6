import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScenarioResult } from './run-scenario.ts';
import type { Suite, ThreatRow } from './scenario.ts';

/** What became of one row: `onFacts` on documents, `onParts` on the parts that have to withstand it, `onGitHub` played on a simulated GitHub. */
export type RowReport = {
  readonly id: string;
  readonly attack: string;
  readonly onFacts: readonly ScenarioResult[];
  readonly onParts: readonly ScenarioResult[];
  readonly onGitHub: readonly ScenarioResult[];
  /** What no gate can see and where that is said; `said` is false when it is not to be found there. */
  readonly reported: { readonly what: string; readonly page: string; readonly said: boolean } | null;
  readonly misses: readonly string[];
};

export type Report = { readonly rows: readonly RowReport[]; readonly counts: { readonly rows: number; readonly onFacts: number; readonly onParts: number; readonly onGitHub: number; readonly misses: number }; readonly milliseconds: number };

/** `onParts`, `onGitHub`: null where the run leaves them out. */
export type Results = { readonly onFacts: readonly ScenarioResult[]; readonly onParts: readonly ScenarioResult[] | null; readonly onGitHub: readonly ScenarioResult[] | null };

/** Puts the results beside the rows they belong to. A row without any scenario is a miss. */
export function reportOf({ rows }: Suite, results: Results, { root, milliseconds }: { readonly root: string; readonly milliseconds: number }): Report {
  const reports = rows.map((row): RowReport => {
    const onFacts = results.onFacts.filter((result) => result.row === row.id);
    const onGitHub = (results.onGitHub ?? []).filter((result) => result.row === row.id);
    const onParts = (results.onParts ?? []).filter((result) => result.row === row.id);
    const reported = reportedOf(row, root);
    // Rows that no document shows are not missed by a run on documents alone.
    const covered = onFacts.length + onParts.length + onGitHub.length > 0 || ((results.onParts === null || results.onGitHub === null) && row.noDocument === true);
    const misses = [...onFacts, ...onParts, ...onGitHub].flatMap(({ id, name, misses: its }) => its.map((miss) => `${id} ${name} ${miss}`));
    return { id: row.id, attack: row.attack, onFacts, onParts, onGitHub, reported, misses: [...(covered ? [] : [`${row.id} has no scenario`]), ...(reported === null || reported.said ? [] : [`${row.id} ${reported.page} does not say what no gate can see`]), ...misses] };
  });
  const counts = { rows: reports.length, onFacts: count(reports, 'onFacts'), onParts: count(reports, 'onParts'), onGitHub: count(reports, 'onGitHub'), misses: reports.reduce((sum, { misses }) => sum + misses.length, 0) };
  return { rows: reports, counts, milliseconds };
}

const count = (reports: readonly RowReport[], of: 'onFacts' | 'onParts' | 'onGitHub'): number => reports.reduce((sum, report) => sum + report[of].length, 0);

function reportedOf({ reported }: ThreatRow, root: string): RowReport['reported'] {
  if (reported === undefined) return null;
  const path = join(root, reported.page);
  return { what: reported.what, page: reported.page, said: existsSync(path) && readFileSync(path, 'utf8').includes(reported.says) };
}

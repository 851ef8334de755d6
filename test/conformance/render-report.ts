import type { Report, RowReport } from './report.ts';

const attackWidth = 68;

/** The table, row by row, then every miss in full, then the counts. `colour`: for terminals. */
export function renderReport({ rows, counts, milliseconds }: Report, { colour }: { readonly colour: boolean }): string {
  const paint = (code: number, text: string): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const head = paint(1, `${'id'.padEnd(5)}${'attack'.padEnd(attackWidth)}${'on facts'.padEnd(10)}${'on parts'.padEnd(10)}${'on GitHub'.padEnd(11)}outcome`);
  const lines = rows.flatMap((row) => [lineOf(row, paint), ...(row.reported === null ? [] : [`${' '.repeat(5)}reported: ${row.reported.what} (${row.reported.page})`])]);
  const misses = rows.flatMap((row) => row.misses.map((miss) => `  ${miss}`));
  const total = `${counts.rows} attacks, ${counts.onFacts} scenarios on facts, ${counts.onParts} on parts, ${counts.onGitHub} on GitHub, ${counts.misses} ${counts.misses === 1 ? 'miss' : 'misses'}, ${(milliseconds / 1000).toFixed(1)} s`;
  return [head, ...lines, '', ...(misses.length === 0 ? [] : [paint(31, 'Not as expected:'), ...misses, '']), paint(counts.misses === 0 ? 32 : 31, total), ''].join('\n');
}

function lineOf({ id, attack, onFacts, onParts, onGitHub, misses }: RowReport, paint: (code: number, text: string) => string): string {
  const shown = attack.length < attackWidth ? attack : `${attack.slice(0, attackWidth - 2)}…`;
  const verdict = misses.length === 0 ? paint(32, outcomesOf([...onFacts, ...onParts, ...onGitHub])) : paint(31, 'MISS');
  return `${id.padEnd(5)}${shown.padEnd(attackWidth)}${countOf(onFacts).padEnd(10)}${countOf(onParts).padEnd(10)}${countOf(onGitHub).padEnd(11)}${verdict}`;
}

const countOf = ({ length }: RowReport['onFacts']): string => (length === 0 ? '–' : String(length));

/** `wait 3, unknown 1`: what the attacks met with, most frequent first. */
function outcomesOf(results: RowReport['onFacts']): string {
  const counts = new Map<string, number>();
  for (const { outcome } of results) counts.set(outcome ?? 'none', (counts.get(outcome ?? 'none') ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([outcome, times]) => `${outcome} ${times}`).join(', ');
}

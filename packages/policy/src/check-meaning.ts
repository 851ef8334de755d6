import { checkEnvironments } from './check-environments.ts';
import { checkMerge } from './check-merge.ts';
import { checkOverrides } from './check-overrides.ts';
import { checkFreezes, checkWindows } from './check-windows.ts';
import type { PlacedProblem } from './problem.ts';
import { groupOf } from './raw-file.ts';
import type { Report } from './raw-file.ts';

/**
 * Checks what holds between fields. Works on the file as written and looks at every part that is well formed by itself,
 * so that a mistake in one part does not hide those in the others.
 */
export function checkMeaning(raw: unknown): readonly PlacedProblem[] {
  const problems: PlacedProblem[] = [];
  const report: Report = (code, path, message, more = {}) => {
    problems.push({ severity: 'error', code, path, message, aim: 'value', ...more });
  };
  const file = groupOf(raw);
  if (file === null) return [];
  checkMerge(file, report);
  checkEnvironments(file, report);
  checkWindows(file, report);
  checkFreezes(file, report);
  checkOverrides(file, report);
  return problems;
}

import { checkBuild } from './check-build.ts';
import { checkCalendars } from './check-calendars.ts';
import { checkEnvironments } from './check-environments.ts';
import { checkFreezes } from './check-freezes.ts';
import { checkMerge } from './check-merge.ts';
import { checkNotify } from './check-notify.ts';
import { checkOverrides } from './check-overrides.ts';
import { checkWindows } from './check-windows.ts';
import { MAX_ENTRIES } from './policy-schema.ts';
import type { PlacedProblem } from './problem.ts';
import { groupOf } from './raw-file.ts';
import type { Report } from './raw-file.ts';

const NAMED_GROUPS = ['environments', 'windows', 'overrides'] as const;

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
  // The schema refuses such a file; here it would only cost time, in the square of its size.
  if (NAMED_GROUPS.some((group) => Object.keys(groupOf(file[group]) ?? {}).length > MAX_ENTRIES)) return [];
  checkMerge(file, report);
  checkBuild(groupOf(file['build']), report);
  checkEnvironments(file, report);
  checkWindows(file, report);
  checkFreezes(file, report);
  checkCalendars(file, report);
  checkOverrides(file, report);
  checkNotify(file, report);
  return problems;
}

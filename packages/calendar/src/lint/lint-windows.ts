import type { LintFinding } from './lint-finding.ts';
import { lintDeadRules } from './lint-dead-rules.ts';
import { lintExceptions } from './lint-exceptions.ts';
import { lintFreezes } from './lint-freezes.ts';
import { lintGaps } from './lint-gaps.ts';
import { lintOverlaps } from './lint-overlaps.ts';
import type { LintScope } from './lint-scope.ts';
import { lintShifts } from './lint-shifts.ts';
import { lintUnused } from './lint-unused.ts';
import { lintZones } from './lint-zones.ts';

/**
 * What is valid in windows and freezes and yet may not do what was meant, within `[from, to)`: window by window, then
 * windows that nobody uses, freezes, then zones. Throws `UnknownZoneError` on a zone that `checkZone` refuses as unknown, and a RangeError as calendars do.
 */
export function lintWindows(scope: LintScope): readonly LintFinding[] {
  const ofWindows = scope.windows.flatMap((window) => [lintShifts, lintOverlaps, lintDeadRules, lintExceptions, lintGaps].flatMap((lint) => lint(window, scope)));
  return [...ofWindows, ...lintUnused(scope), ...lintFreezes(scope), ...lintZones(scope)];
}

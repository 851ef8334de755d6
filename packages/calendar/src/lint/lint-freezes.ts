import { renderPath } from '@sallyport/policy';
import type { FreezePolicy } from '@sallyport/policy';
import type { Interval } from '../calendar.ts';
import { freezeIntervals } from '../freeze-intervals.ts';
import { occurrences } from '../occurrences.ts';
import { resolveOrSkip } from '../wall-clock.ts';
import { dayNumber, timeOfDay } from '../day-number.ts';
import { zoneClock } from '../zone-clock.ts';
import type { LintFinding } from './lint-finding.ts';
import type { LintScope } from './lint-scope.ts';
import { dateText, firstOf } from './lint-words.ts';

/** Freezes that are over, and those during which no window would open anyway. */
export function lintFreezes(scope: LintScope): readonly LintFinding[] {
  return scope.freezes.flatMap((freeze, index) => lintFreeze(freeze, ['freezes', index], scope));
}

function lintFreeze(freeze: FreezePolicy, path: LintFinding['path'], { windows, openAnytime, from, to }: LintScope): readonly LintFinding[] {
  const name = `${renderPath(path)} (${freeze.name})`;
  const end = endOf(freeze);
  if (end <= from) return [{ severity: 'warning', code: 'freeze-over', path, message: `${name} has been over since ${dateText(end, freeze.zone)} and stops nothing any more; remove it.`, instants: [end] }];
  // One that is once counts wherever it is, one that never ends or comes back until the span ends.
  const until = end === Infinity ? to : end;
  const inForce = freezeIntervals(freeze, from, until);
  if (inForce.length === 0 && end === Infinity) return [];
  const touched = inForce.some((time) => windows.some((window) => touches(window, { from: Math.max(time.from, from), to: Math.min(time.to, until) })));
  if (touched) return [];
  const instants = firstOf(inForce.map((time) => Math.max(time.from, from)));
  const times = `${freeze.from} to ${freeze.to ?? 'open-ended'}`;
  if (openAnytime.length > 0) return [{ severity: 'note', code: 'freeze-without-window', path, message: `${name} from ${times} touches no window, so it stops only ${openAnytime.join(', ')}, open at any time otherwise; correct its dates if a window was meant.`, instants }];
  return [{ severity: 'warning', code: 'freeze-without-window', path, message: `${name} from ${times} has no effect: no window opens in that time anyway; correct its dates or remove it.`, instants }];
}

const touches = (window: LintScope['windows'][number], { from, to }: Interval): boolean => occurrences(window, from, to).length > 0;

const endOf = (freeze: FreezePolicy): number => (freeze.every === 'year' || freeze.to === null ? Infinity : resolveOrSkip(zoneClock(freeze.zone), dayNumber(freeze.to.slice(0, 10)), timeOfDay(freeze.to.slice(11))));

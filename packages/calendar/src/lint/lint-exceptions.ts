import { renderPath } from '@sallyport/policy';
import type { OpeningHours, WindowPolicy } from '@sallyport/policy';
import { day, dayNumber } from '../day-number.ts';
import { zoneClock } from '../zone-clock.ts';
import type { LintFinding } from './lint-finding.ts';
import type { LintScope } from './lint-scope.ts';

/** Dates of `except` before today, as the zone of the window has it. */
export function lintExceptions(window: WindowPolicy, { from }: LintScope): readonly LintFinding[] {
  const clock = zoneClock(window.zone);
  const today = Math.floor((from + clock.offsetAt(from)) / day);
  const path = ['windows', window.name];
  const lists: readonly (readonly [LintFinding['path'], OpeningHours])[] = [[path, window], ...(window.also ?? []).map((hours, index) => [[...path, 'also', index], hours] as const)];
  return lists.flatMap(([place, { except }]) =>
    except.flatMap((date, index): readonly LintFinding[] => {
      if (dayNumber(date) >= today) return [];
      return [{ severity: 'warning', code: 'past-exception', path: [...place, 'except', index], message: `${renderPath(place)}.except has ${date}, which is past and closes nothing any more; remove it.`, instants: [clock.resolve(dayNumber(date) * day)] }];
    }),
  );
}

import { renderPath } from '@sallyport/policy';
import type { WindowPolicy } from '@sallyport/policy';
import type { Instant } from '../calendar.ts';
import { day } from '../day-number.ts';
import { datesAround } from '../occurrences.ts';
import { prepareWindowRules } from '../window-rules.ts';
import type { PlannedOccurrence } from '../window-rules.ts';
import { zoneClock } from '../zone-clock.ts';
import type { ZoneClock } from '../zone-clock.ts';
import type { LintCode, LintFinding } from './lint-finding.ts';
import type { LintScope } from './lint-scope.ts';
import { datesText, firstOf, lengthText, timeText } from './lint-words.ts';

const codes = ['moved', 'shortened', 'lengthened', 'emptied', 'skipped-date'] as const satisfies readonly LintCode[];

type Shift = { readonly code: (typeof codes)[number]; readonly occurrence: PlannedOccurrence; readonly at: Instant };

/** Occurrences that do not come out as the wall clock says, because the clock changes; one finding for each rule and kind. */
export function lintShifts(window: WindowPolicy, { from, to }: LintScope): readonly LintFinding[] {
  const clock = zoneClock(window.zone);
  const dates = datesAround(from, to);
  return prepareWindowRules(window).flatMap(({ rule, planned }) => {
    const shifts = planned(dates)
      .flatMap((occurrence) => shiftsOf(occurrence, clock))
      .filter(({ at, occurrence }) => at < to && (occurrence.happens?.to ?? clock.resolve(occurrence.wall.to)) >= from);
    return codes.flatMap((code) => {
      const alike = shifts.filter((shift) => shift.code === code);
      const [first] = alike;
      if (first === undefined) return [];
      const instants = alike.map(({ at }) => at);
      const message = `${renderPath(rule.path)} ${sentence(first, window.zone, clock, datesText(instants, window.zone))}`;
      return [{ severity: 'warning' as const, code, path: rule.path, message, instants: firstOf(instants) }];
    });
  });
}

function shiftsOf(occurrence: PlannedOccurrence, clock: ZoneClock): readonly Shift[] {
  const { wall, happens } = occurrence;
  if (happens === null) {
    const hasDates = [wall.from, wall.to].every((time) => clock.hasDate(Math.floor(time / day)));
    return [{ code: hasDates ? 'emptied' : 'skipped-date', occurrence, at: clock.resolve(wall.from) }];
  }
  const found: Shift['code'][] = [];
  if (happens.from + clock.offsetAt(happens.from) !== wall.from) found.push('moved');
  const gained = happens.to - happens.from - (wall.to - wall.from);
  if (gained !== 0) found.push(gained < 0 ? 'shortened' : 'lengthened');
  return found.map((code) => ({ code, occurrence, at: happens.from }));
}

/** The numbers are those of the first date. */
function sentence({ code, occurrence: { wall, happens } }: Shift, zone: string, clock: ZoneClock, dates: string): string {
  const hours = `from ${timeText(wall.from)} to ${timeText(wall.to)}`;
  const planned = wall.to - wall.from;
  const real = happens === null ? 0 : happens.to - happens.from;
  switch (code) {
    case 'moved':
      return `opens at ${timeText((happens?.from ?? 0) + clock.offsetAt(happens?.from ?? 0))} and not at ${timeText(wall.from)} on ${dates}, because the clock of ${zone} leaves that time out; open it at another time, or expect it then.`;
    case 'shortened':
      return `lasts ${lengthText(real)} and not ${lengthText(planned)} on ${dates}, because the clock of ${zone} goes forward between ${timeText(wall.from)} and ${timeText(wall.to)}; move it to hours without a change of the clock, or plan for less.`;
    case 'lengthened':
      return `lasts ${lengthText(real)} and not ${lengthText(planned)} on ${dates}, because the clock of ${zone} goes back between ${timeText(wall.from)} and ${timeText(wall.to)}; move it to hours without a change of the clock, or expect it to stay open longer.`;
    case 'emptied':
      return `does not happen on ${dates}, because the clock of ${zone} leaves out all the time ${hours}; move it to hours without a change of the clock, or give those dates an extra window.`;
    case 'skipped-date':
      return `does not happen on ${dates}, a date that ${zone} does not have; choose another date or remove it.`;
    default:
      return code satisfies never;
  }
}

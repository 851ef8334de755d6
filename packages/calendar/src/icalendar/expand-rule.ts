import { day } from '../day-number.ts';
import type { DayNumber } from '../day-number.ts';
import type { WallTime } from '../zone-clock.ts';
import { periodAt, periodIndexOf } from './recurrence-period.ts';
import type { RecurrenceRule } from './recurrence-rule.ts';
import { withDefaults } from './recurrence-defaults.ts';
import { dateFacts, isDayOf } from './recurrence-day.ts';
import type { StepBudget } from './step-budget.ts';

/** Wall times that are wanted, both included. */
export type WallRange = { readonly from: WallTime; readonly to: WallTime };

/**
 * The wall times at which a rule comes back, from `start` to `until` and within the range, in order. `start` is among them
 * only if the rule says so. Every date that is looked at is a step; null: the budget was used up. Without a COUNT the
 * periods before the range are skipped, so that the cost does not grow with the age of the rule.
 */
export function expandRule(rule: RecurrenceRule, start: WallTime, until: WallTime | null, range: WallRange, budget: StepBudget): readonly WallTime[] | null {
  const first = Math.floor(start / day);
  const time = start - first * day;
  const complete = withDefaults(rule, first);
  const end = Math.min(range.to, until ?? Infinity);
  const found: WallTime[] = [];
  let counted = 0;
  for (let index = rule.count === null ? Math.max(0, periodIndexOf(complete, first, Math.floor(range.from / day)) - 1) : 0; ; index += 1) {
    const period = periodAt(complete, first, index);
    // Also where the year is past those that `Date` has.
    if (!(period.first * day + time <= end)) return found;
    const days = daysOfPeriod(complete, period.days, budget);
    if (days === null) return null;
    for (const wall of days.map((one) => one * day + time).filter((one) => one >= start && one <= end)) {
      counted += 1;
      if (rule.count !== null && counted > rule.count) return found;
      if (wall >= range.from) found.push(wall);
    }
  }
}

/** Those of a period that the rule chooses; BYSETPOS chooses last, among all of the period, also those before the start. */
function daysOfPeriod(rule: RecurrenceRule, dates: readonly DayNumber[], budget: StepBudget): readonly DayNumber[] | null {
  // A date costs more when there is much to compare it with.
  const compared = rule.weekdays.length + rule.monthDays.length + rule.yearDays.length + rule.positions.length;
  if (!budget.spend(1 + dates.length * (1 + Math.floor(compared / 8)))) return null;
  const days = dates.filter((date) => isDayOf(rule, dateFacts(date)));
  if (rule.positions.length === 0) return days;
  return days.filter((_, index) => rule.positions.includes(index + 1) || rule.positions.includes(index - days.length));
}

import type { DayNumber } from '../day-number.ts';
import { dateFacts } from './recurrence-day.ts';
import type { RecurrenceRule } from './recurrence-rule.ts';

/** A rule that does not say on which days it comes back does so on that of its start (RFC 5545 §3.3.10). */
export function withDefaults(rule: RecurrenceRule, start: DayNumber): RecurrenceRule {
  const { month, monthDay, weekday } = dateFacts(start);
  if (rule.weekdays.length > 0 || rule.monthDays.length > 0 || rule.yearDays.length > 0) return rule;
  switch (rule.frequency) {
    case 'DAILY':
      return rule;
    case 'WEEKLY':
      return { ...rule, weekdays: [{ weekday, nth: null }] };
    case 'MONTHLY':
      return { ...rule, monthDays: [monthDay] };
    case 'YEARLY':
      return { ...rule, monthDays: [monthDay], months: rule.months.length > 0 ? rule.months : [month] };
    default:
      return rule.frequency satisfies never;
  }
}

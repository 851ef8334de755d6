import { namesDate } from './day-rule.ts';
import { renderPath, renderValue } from './problem.ts';
import type { PolicyPath } from './problem.ts';
import { eachValid, groupOf, reportRepeated } from './raw-file.ts';
import type { RawGroup, Report } from './raw-file.ts';
import { ANYTIME } from './resolve-policy.ts';
import { reportReversed } from './reversed.ts';
import { extraWindow, openingHours, window } from './schema-window.ts';
import type { OpeningHoursFile } from './schema-window.ts';
import { isDate, weekdayOf } from './wall-clock.ts';

export function checkWindows(file: RawGroup, report: Report): void {
  const windows = groupOf(file['windows']) ?? {};
  for (const [name, raw] of Object.entries(windows)) {
    const path = ['windows', name];
    if (name === ANYTIME) {
      report('reserved-name', path, 'windows.anytime: the name is taken, because "window: anytime" means no window; choose another.', { aim: 'key' });
    }
    const parts = groupOf(raw);
    checkRawHours(path, parts, report);
    if (Array.isArray(parts?.['also'])) parts['also'].forEach((hours, index) => checkRawHours([...path, 'also', index], groupOf(hours), report));
    eachValid(parts?.['extra'], extraWindow, ({ from, to }, key) => reportReversed([...path, 'extra', Number(key)], from, to, report));
    eachValid(parts?.['also'], openingHours, (hours, key) => checkHours([...path, 'also', Number(key)], hours, [hours], report));
  }
  eachValid(windows, window, (value, name) => checkHours(['windows', name], value, [value, ...(value.also ?? [])], report));
}

/** What can be said of opening hours whether or not the rest of them is well formed. */
function checkRawHours(path: PolicyPath, hours: RawGroup | null, report: Report): void {
  reportRepeated(hours?.['days'], [...path, 'days'], report);
  reportRepeated(hours?.['except'], [...path, 'except'], report);
  const [since, until] = [hours?.['since'], hours?.['until']];
  if (typeof since !== 'string' || typeof until !== 'string' || !isDate(since) || !isDate(until) || since <= until) return;
  report('reversed', [...path, 'until'], `${renderPath(path)}.until ${renderValue(until)} is before its "since" ${renderValue(since)}, so it would never open; exchange or correct them.`);
}

/** `bounded` is everything that `except` of these hours holds for. */
function checkHours(path: PolicyPath, hours: OpeningHoursFile, bounded: readonly OpeningHoursFile[], report: Report): void {
  warnOfWholeDay(path, hours, report);
  warnOfIdleExceptions(path, hours, bounded, report);
}

function warnOfWholeDay(path: PolicyPath, { from, to }: OpeningHoursFile, report: Report): void {
  if (from !== to) return;
  report('whole-day', [...path, 'to'], `${renderPath(path)} opens and closes at ${renderValue(from)}, which means 24 hours; write another time if a moment was meant.`, { severity: 'warning' });
}

function warnOfIdleExceptions(path: PolicyPath, outer: OpeningHoursFile, bounded: readonly OpeningHoursFile[], report: Report): void {
  for (const [index, date] of outer.except.entries()) {
    if (bounded.some((hours) => opensOn(hours, date) && isValidOn(outer, date))) continue;
    report('no-effect', [...path, 'except', index], `${renderPath(path)}.except has ${date}, a ${weekdayOf(date)}, on which the window does not open anyway; correct the date or remove it.`, { severity: 'warning' });
  }
}

const opensOn = (hours: OpeningHoursFile, date: string): boolean => isValidOn(hours, date) && hours.days.some((rule) => namesDate(rule, date));

const isValidOn = ({ since, until }: OpeningHoursFile, date: string): boolean => (since === undefined || since <= date) && (until === undefined || date <= until);

import { eachValid, groupOf, reportRepeated } from './raw-file.ts';
import type { RawGroup, Report } from './raw-file.ts';
import { renderPath, renderValue } from './problem.ts';
import type { PolicyPath } from './problem.ts';
import { ANYTIME } from './resolve-policy.ts';
import { extraWindow, freeze, window } from './schema-window.ts';
import type { WindowFile } from './schema-window.ts';
import { weekdayOf } from './wall-clock.ts';

export function checkWindows(file: RawGroup, report: Report): void {
  const windows = groupOf(file['windows']) ?? {};
  for (const [name, raw] of Object.entries(windows)) {
    const path = ['windows', name];
    if (name === ANYTIME) {
      report('reserved-name', path, 'windows.anytime: the name is taken, because "window: anytime" means no window; choose another.', { aim: 'key' });
    }
    const parts = groupOf(raw);
    reportRepeated(parts?.['days'], [...path, 'days'], report);
    reportRepeated(parts?.['except'], [...path, 'except'], report);
    eachValid(parts?.['extra'], extraWindow, ({ from, to }, key) => {
      const place = [...path, 'extra', Number(key)];
      reportReversed(place, from, to, report);
    });
  }
  eachValid(windows, window, (value, name) => {
    warnOfWholeDay(['windows', name], value, report);
    warnOfIdleExceptions(['windows', name], value, report);
  });
}

export function checkFreezes(file: RawGroup, report: Report): void {
  const names = new Set<string>();
  if (!Array.isArray(file['freezes'])) return;
  eachValid(file['freezes'], freeze, ({ name, from, to }, key) => {
    const path = ['freezes', Number(key)];
    reportReversed(path, from, to, report);
    if (names.has(name)) report('repeated', [...path, 'name'], `${renderPath(path)}.name ${renderValue(name)} is used twice; freezes are told apart by name, so choose another.`);
    names.add(name);
  });
}

function reportReversed(path: PolicyPath, from: string, to: string, report: Report): void {
  // Both have one fixed-width form, so their order as text is their order in time.
  if (to > from) return;
  report('reversed', [...path, 'to'], `${renderPath(path)}.to ${renderValue(to)} is not later than its "from" ${renderValue(from)}, so it would never hold; exchange or correct them.`);
}

function warnOfWholeDay(path: PolicyPath, { from, to }: WindowFile, report: Report): void {
  if (from !== to) return;
  report('whole-day', [...path, 'to'], `${renderPath(path)} opens and closes at ${renderValue(from)}, which means 24 hours; write another time if a moment was meant.`, { severity: 'warning' });
}

function warnOfIdleExceptions(path: PolicyPath, { days, except }: WindowFile, report: Report): void {
  for (const [index, day] of except.entries()) {
    const weekday = weekdayOf(day);
    if (days.includes(weekday)) continue;
    report('no-effect', [...path, 'except', index], `${renderPath(path)}.except has ${day}, a ${weekday}, on which the window does not open anyway; correct the date or remove it.`, { severity: 'warning' });
  }
}

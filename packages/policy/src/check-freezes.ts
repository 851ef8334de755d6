import { OPEN_ENDED } from './policy-fields.ts';
import { renderPath, renderValue } from './problem.ts';
import type { PolicyPath } from './problem.ts';
import { eachValid } from './raw-file.ts';
import type { RawGroup, Report } from './raw-file.ts';
import { reportReversed } from './reversed.ts';
import { freeze } from './schema-window.ts';
import type { FreezeFile } from './schema-window.ts';
import { isYearlyDateTime } from './wall-clock.ts';

export function checkFreezes(file: RawGroup, report: Report): void {
  const names = new Set<string>();
  if (!Array.isArray(file['freezes'])) return;
  eachValid(file['freezes'], freeze, (value, key) => {
    const path = ['freezes', Number(key)];
    checkTimes(path, value, report);
    if (names.has(value.name)) report('repeated', [...path, 'name'], `${renderPath(path)}.name ${renderValue(value.name)} is used twice; freezes are told apart by name, so choose another.`);
    names.add(value.name);
  });
}

/** Which form the times have follows from `every`; only times of one form can be compared. */
function checkTimes(path: PolicyPath, { every, from, to }: FreezeFile, report: Report): void {
  const wrong = (['from', 'to'] as const).filter((field) => {
    const value = field === 'from' ? from : to;
    return every === 'year' ? !isYearlyDateTime(value) : isYearlyDateTime(value);
  });
  for (const field of wrong) reportForm([...path, field], every, field === 'from' ? from : to, report);
  if (wrong.length > 0 || to === OPEN_ENDED) return;
  if (every === undefined) reportReversed(path, from, to, report);
  else if (from === to) report('reversed', [...path, 'to'], `${renderPath(path)} begins and ends at ${renderValue(from)} of every year, so it would never hold or never end; correct one of them.`);
}

function reportForm(path: PolicyPath, every: FreezeFile['every'], value: string, report: Report): void {
  const place = `${renderPath(path)} ${renderValue(value)}`;
  if (every === undefined) report('lacks-year', path, `${place} has no year; write it as YYYY-MM-DDTHH:MM, or add "every: year" if the freeze comes back every year.`);
  else if (value === OPEN_ENDED) report('yearly-without-end', path, `${place} does not go with "every: year": what never ends cannot come back; write the end as MM-DDTHH:MM, or remove "every".`);
  else report('has-year', path, `${place} has a year, and "every: year" means every one; write it as MM-DDTHH:MM, or remove "every".`);
}

import { DEFAULT_ZONE } from './policy-fields.ts';
import { renderChoice, renderPath, renderValue } from './problem.ts';
import type { PolicyPath } from './problem.ts';
import { eachValid, groupOf, reportRepeated } from './raw-file.ts';
import type { RawGroup, Report } from './raw-file.ts';
import { calendar } from './schema-calendar.ts';
import type { CalendarFile } from './schema-calendar.ts';

type Field = keyof CalendarFile;

const SOURCES = ['holidays', 'file', 'url'] as const satisfies readonly Field[];

/** What only one kind of calendar can have. */
const BELONGS_TO: Readonly<Partial<Record<Field, readonly (typeof SOURCES)[number][]>>> = {
  types: ['holidays'],
  except: ['holidays'],
  sha256: ['url'],
  'max-age': ['file', 'url'],
  'without-events': ['file', 'url'],
};

export function checkCalendars(file: RawGroup, report: Report): void {
  if (!Array.isArray(file['calendars'])) return;
  const names = new Set<string>(freezeNames(file));
  file['calendars'].forEach((raw: unknown, index) => {
    const group = groupOf(raw);
    for (const list of ['types', 'except']) reportRepeated(group?.[list], ['calendars', index, list], report);
  });
  const written: readonly unknown[] = file['calendars'];
  eachValid(written, calendar, (value, key) => {
    const path = ['calendars', Number(key)];
    checkSource(path, value, report);
    if (groupOf(written[Number(key)])?.['zone'] === undefined) checkDefaultZone(path, value, file, report);
    if (names.has(value.name)) report('repeated', [...path, 'name'], `${renderPath(path)}.name ${renderValue(value.name)} is used twice; calendars and freezes are told apart by name, so choose another.`);
    names.add(value.name);
  });
}

/** Days begin and end somewhere: the zone that is taken when none is written has to be the one that is meant. */
function checkDefaultZone(path: PolicyPath, { holidays }: CalendarFile, file: RawGroup, report: Report): void {
  const place = renderPath(path);
  if (holidays !== undefined && !isAmerican(holidays)) {
    report('no-zone', [...path, 'holidays'], `${place} has no "zone", so the holidays of ${holidays} would begin and end at midnight in Los Angeles; add the zone in which they are days off.`);
    return;
  }
  const other = Object.values(groupOf(file['windows']) ?? {}).map((window) => groupOf(window)?.['zone']).find((zone) => typeof zone === 'string' && zone !== DEFAULT_ZONE);
  if (typeof other === 'string') report('no-zone', path, `${place} has no "zone", so its days would begin and end at midnight in Los Angeles, and a window is in ${renderValue(other)}; add the zone that is meant.`);
}

/** Of a place in the country that has the zone a policy need not write. */
const isAmerican = (place: string): boolean => place === 'US' || place.startsWith('US-');

function freezeNames(file: RawGroup): readonly string[] {
  const freezes = Array.isArray(file['freezes']) ? file['freezes'] : [];
  return freezes.flatMap((freeze: unknown) => {
    const name = groupOf(freeze)?.['name'];
    return typeof name === 'string' ? [name] : [];
  });
}

function checkSource(path: PolicyPath, value: CalendarFile, report: Report): void {
  const place = renderPath(path);
  const [source, ...others] = SOURCES.filter((field) => value[field] !== undefined);
  if (source === undefined) {
    report('no-source', path, `${place} does not say where the calendar ${renderValue(value.name)} comes from; add holidays, file or url.`);
    return;
  }
  if (others.length > 0) {
    report('two-sources', path, `${place} names ${[source, ...others].join(' and ')}; a calendar comes from one of them, so make two calendars or keep one.`);
    return;
  }
  for (const [field, owners] of Object.entries(BELONGS_TO)) {
    if (value[field as Field] === undefined || owners.includes(source)) continue;
    report('not-of-this-source', [...path, field], `${place}.${field} means nothing for a calendar from ${source}, only for one from ${renderChoice(owners)}; remove it.`, { aim: 'key' });
  }
  if (source === 'url' && value.sha256 === undefined) {
    report('no-digest', [...path, 'url'], `${place}.url has no "sha256" beside it, so whoever serves the file could end every freeze in it; add the digest of the file as it is now, or keep the file in the repository.`);
  }
}

import { durationSeconds } from './duration.ts';
import type { CalendarPolicy, CalendarSourcePolicy } from './policy.ts';
import type { CalendarFile } from './schema-calendar.ts';

/** A file that says nothing else is asked to be written anew every year. */
export const LONGEST_AGE = '366d';

/** Throws a RangeError on a calendar from no place or from several. */
export function resolveCalendar(file: CalendarFile): CalendarPolicy {
  const { name, zone, owner, reason } = file;
  const [source, ...others] = sourcesOf(file);
  if (source === undefined || others.length > 0) throw new RangeError(`calendar ${name} must come from exactly one place`);
  return { name, zone, owner, reason, source };
}

function sourcesOf({ holidays, file, url, sha256, types, except, 'max-age': age, 'without-events': withoutEvents }: CalendarFile): readonly CalendarSourcePolicy[] {
  const terms = { longestAgeSeconds: durationSeconds(age ?? LONGEST_AGE), withoutEvents: withoutEvents ?? 'closed' };
  return [
    ...(holidays === undefined ? [] : [{ kind: 'holidays' as const, place: holidays, types: types ?? ['public' as const], except: except ?? [] }]),
    ...(file === undefined ? [] : [{ kind: 'feed' as const, at: { in: 'repository' as const, path: file }, ...terms }]),
    ...(url === undefined || sha256 === undefined ? [] : [{ kind: 'feed' as const, at: { in: 'web' as const, url, sha256 }, ...terms }]),
  ];
}

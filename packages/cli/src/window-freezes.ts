import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { dayMilliseconds } from '@sallyport/calendar';
import type { Freeze, FreezeSpan, Interval } from '@sallyport/calendar';
import { calendarFindings, calendarFreezes } from '@sallyport/gates';
import type { CalendarReadings } from '@sallyport/gates';
import { gatherCalendars, OutsideError } from '@sallyport/pipeline';
import type { CalendarFiles } from '@sallyport/pipeline';
import type { Policy } from '@sallyport/policy';
import { loadGitHub } from './connect.ts';
import { InputError } from './input-error.ts';
import type { Io } from './io.ts';
import { readFileBytes } from './read-file.ts';

/** Every freeze that touches a range of time: the policy's, and those of the calendars that it names, from the files beside it and from the web. */
export async function readFreezes(io: Io, policy: Policy, policyFile: string, { from, to }: Interval): Promise<readonly Freeze[]> {
  const now = io.now();
  // Whether a calendar is believed is asked as of now, also by who asks about another time.
  const calendars = await gatherCalendars(localFiles(io, policyFile), policy, { from: Math.min(from, now) - dayMilliseconds, to: Math.max(to, now) + dayMilliseconds });
  return freezesOf(policy, { ...(calendars === undefined ? {} : { calendars }) }, now);
}

/** The policy's freezes and those of its calendars. One that cannot be believed now closes everything, and says why (W09). */
export function freezesOf(policy: Policy, readings: CalendarReadings, now: number): readonly Freeze[] {
  const calendars = policy.calendars ?? [];
  const closed = calendars.flatMap((calendar): readonly FreezeSpan[] => {
    const { name, zone, owner } = calendar;
    return calendarFindings({ ...policy, calendars: [calendar] }, readings, now).map(({ summary }) => ({ name: `calendar ${name}`, zone, owner, reason: summary, from: -8_640_000_000_000_000, to: null }));
  });
  return [...policy.freezes, ...closed, ...calendarFreezes(policy, readings)];
}

/** What is no file, such as a pipe, may never end. That there is none, reading says. */
async function requirePlainFile(path: string, name: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found !== null && !found.isFile()) throw new InputError(`${name} is not a plain file.`);
}

/** Paths start at the repository that the policy file belongs to; of one that stands elsewhere, at the current folder. */
function localFiles(io: Io, policyFile: string): CalendarFiles {
  const folder = dirname(resolve(io.cwd, policyFile));
  const root = policyFile !== '-' && basename(folder) === '.github' ? dirname(folder) : io.cwd;
  return {
    readFile: async (path) => {
      try {
        await requirePlainFile(resolve(root, path), path);
        return await readFileBytes({ ...io, cwd: root }, path, 'calendar file');
      } catch (cause) {
        if (cause instanceof InputError) throw new OutsideError('refused', cause.message, { retryable: false, cause });
        throw cause;
      }
    },
    fetch: async (url, maximumBytes) => (await loadGitHub()).fetchBytes(url, { maximumBytes, accept: 'text/calendar' }),
  };
}

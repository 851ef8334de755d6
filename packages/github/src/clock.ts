import type { ClockReading } from '@sallyport/gates';
import type { TrustedClock } from '@sallyport/pipeline';
import { watchProgress } from './clock-progress.ts';
import { repositoryAnswer } from './answers/pull.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

/** How old an answer's time may be to be taken for now: less than what the Date header, in whole seconds, leaves out anyway. */
const freshMilliseconds = 1000;

export type ClockOptions = {
  /** The machine's clock in epoch milliseconds. */
  readonly localNow: () => number;
  /** Milliseconds that only ever rise, from any start. */
  readonly monotonicNow: () => number;
  readonly tzdata: string;
};

type Told = { readonly serverAt: number; readonly localAt: number; readonly receivedAt: number };

/**
 * The time GitHub's servers tell, with the machine's beside it, as of the newest answer: whatever was gathered is no newer. Asks
 * when that answer is not fresh, tells no time, or one that does not go on while time passes. Throws OutsideError when GitHub cannot be reached.
 */
export function createClock(place: Place, { localNow, monotonicNow, tzdata }: ClockOptions): TrustedClock {
  let newest: Told | null = null;
  const watch = watchProgress();
  place.client.hear(({ status, date }) => {
    const receivedAt = monotonicNow();
    const told = status < 500 ? parseDateHeader(date) : null;
    const serverAt = told === null ? null : watch({ serverAt: told, receivedAt });
    newest = serverAt === null ? null : { serverAt, localAt: localNow(), receivedAt };
  });
  const isFresh = ({ localAt, receivedAt }: Told): boolean => {
    // A machine that slept, or was set, moved one clock and not the other.
    const [age, localAge] = [monotonicNow() - receivedAt, localNow() - localAt];
    return age < freshMilliseconds && localAge >= 0 && localAge < freshMilliseconds;
  };
  return {
    async read(): Promise<ClockReading> {
      const told = newest;
      if (told !== null && isFresh(told)) return { serverAt: told.serverAt, localAt: told.localAt, tzdata };
      await place.client.ask({ route: 'GET /repos/{owner}/{repo}', parameters: of(place), shape: repositoryAnswer, why: 'to read the server’s clock' });
      // The answer was heard as every other one.
      const heard = newest;
      return { serverAt: heard?.serverAt ?? null, localAt: heard?.localAt ?? localNow(), tzdata };
    },
  };
}

/** IMF-fixdate (RFC 9110 §5.6.7), the only form a server may send; null for anything else. */
export function parseDateHeader(value: string | null): number | null {
  if (value === null || !/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(value)) return null;
  const at = Date.parse(value);
  // A 31 February would be read as 3 March: what is written must be what is meant.
  return Number.isNaN(at) || new Date(at).toUTCString() !== value ? null : at;
}

import type { ClockReading } from '@sallyport/gates';
import type { TrustedClock } from '@sallyport/pipeline';
import { repositoryAnswer } from './answers/pull.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

/** The time GitHub's servers tell, with the machine's beside it. Throws OutsideError when GitHub cannot be reached. */
export function createClock(place: Place, { localNow, tzdata }: { readonly localNow: () => number; readonly tzdata: string }): TrustedClock {
  return {
    async read(): Promise<ClockReading> {
      const { date } = await place.client.ask({ route: 'GET /repos/{owner}/{repo}', parameters: of(place), shape: repositoryAnswer, why: 'to read the server’s clock' });
      return { serverAt: parseDateHeader(date), localAt: localNow(), tzdata };
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

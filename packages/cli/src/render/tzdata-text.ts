import { tzdataAge } from '@sallyport/calendar';
import type { TzdataAge } from '@sallyport/calendar';
import type { Io } from '../io.ts';
import { plain } from './plain.ts';

/** The tz database of this machine, and how old it is by this machine's clock, whatever time is asked about. */
export const machineTzdata = ({ tzdata, now }: Pick<Io, 'tzdata' | 'now'>): TzdataAge => tzdataAge(tzdata, now());

/** The version, and a warning where it is old or cannot be told. */
export function tzdataText({ age, version }: TzdataAge): string {
  switch (age) {
    case 'within-a-year':
      return version;
    case 'older-than-a-year':
      return `${version}, which is more than a year old: zones change by law, so update Node.js or the system's zone data`;
    case 'unknown':
      return `${plain(version)}, whose age is not known`;
    default:
      return age satisfies never;
  }
}

/** The same as a line of its own. */
export const tzdataLine = (tzdata: TzdataAge): string => `zone data: ${tzdataText(tzdata)}`;

export const tzdataDocument = ({ version, age }: TzdataAge): { readonly version: string; readonly age: TzdataAge['age'] } => ({ version, age });

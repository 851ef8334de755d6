import { describeInstant } from '@sallyport/calendar';

/** `3 d 4 h`, `12 min 5 s`: the two largest units. */
export function describeSeconds(seconds: number | null): string {
  if (seconds === null) return 'none to measure';
  const units: readonly (readonly [number, string])[] = [[Math.floor(seconds / 86_400), 'd'], [Math.floor((seconds % 86_400) / 3600), 'h'], [Math.floor((seconds % 3600) / 60), 'min'], [seconds % 60, 's']];
  const first = units.findIndex(([count]) => count > 0);
  if (first === -1) return '0 s';
  return units.slice(first, first + 2).filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`).join(' ');
}

/** An instant of the report in words, in its zone. */
export const when = (text: string, zone: string): string => describeInstant(Date.parse(text), zone);

/** `99.9512 %`: cut, not rounded up. */
export const percent = (share: number): string => `${(Math.floor(share * 1e6) / 1e4).toFixed(4)} %`;

/** `2 of 7 (28 %)`, `0 of 0` */
export const ratioText = ({ count, of }: { readonly count: number; readonly of: number }): string => (of === 0 ? '0 of 0' : `${count} of ${of} (${Math.round((count / of) * 100)} %)`);

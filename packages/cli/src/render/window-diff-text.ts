import { describeInstant } from '@sallyport/calendar';
import type { Interval, OpeningChange, OpeningsComparison } from '@sallyport/calendar';
import type { Colors } from 'picocolors/types.js';
import { plain } from './plain.ts';

/** What a change of the policy does to one environment's openings. `null`: open at any time, or not there. */
export type EnvironmentDiff = {
  readonly environment: string;
  readonly zone: string;
  readonly before: 'anytime' | 'windowed' | 'absent';
  readonly after: 'anytime' | 'windowed' | 'absent';
  /** Of the openings to come by the old policy, as many as are looked at. */
  readonly comparison: OpeningsComparison | null;
};

/** One sentence for each environment, then a line for each opening that is not what it was. */
export function renderWindowDiff(diff: EnvironmentDiff, colors: Colors): readonly string[] {
  const { environment, zone, comparison } = diff;
  if (comparison === null) return [`${plain(environment)}: ${stateText(diff)}`];
  const { changes, added, longestGap } = comparison;
  const count = (kind: OpeningChange['change']): number => changes.filter(({ change }) => change === kind).length;
  const parts = [
    ...(count('removed') > 0 ? [`removes ${count('removed')} of the next ${changes.length} windows`] : []),
    ...(count('shortened') > 0 ? [`shortens ${count('shortened')}`] : []),
    ...(added.length > 0 ? [`adds ${added.length}`] : []),
  ];
  const gap = longestGap.after === longestGap.before ? `longest gap ${gapText(longestGap.after)}` : `longest gap ${gapText(longestGap.after)}, was ${gapText(longestGap.before)}`;
  return [`${plain(environment)}: ${parts.length === 0 ? `the next ${changes.length} windows stay as they are` : parts.join(', ')}; ${gap}`, ...changes.flatMap((one) => changeLine(one, zone, colors)), ...added.map((interval) => `  ${colors.green('+')} ${intervalText(interval, zone)}`)];
}

function changeLine(one: OpeningChange, zone: string, colors: Colors): readonly string[] {
  switch (one.change) {
    case 'kept':
      return [];
    case 'removed':
      return [`  ${colors.red('-')} ${intervalText(one.opening, zone)}`];
    case 'shortened':
      return [`  ${colors.yellow('~')} ${intervalText(one.opening, zone)}`, ...one.now.map((left) => `      leaves ${intervalText(left, zone)}`)];
    default:
      return one satisfies never;
  }
}

const intervalText = ({ from, to }: Interval, zone: string): string => `${describeInstant(from, zone)}, ${durationText(to - from)}`;

function stateText({ before, after }: EnvironmentDiff): string {
  const words = { anytime: 'open at any time', windowed: 'open in its window only', absent: 'not in the policy' };
  return before === after ? `${words[after]}, as before` : `${words[after]}, was ${words[before]}`;
}

/** `28 days`, `6 days 18 h`: whole hours are enough for a gap. */
function gapText(milliseconds: number | null): string {
  if (milliseconds === null) return 'not known: fewer than two windows are in sight';
  const hours = Math.round(milliseconds / 3_600_000);
  const [days, rest] = [Math.floor(hours / 24), hours % 24];
  return [...(days > 0 ? [`${days} ${days === 1 ? 'day' : 'days'}`] : []), ...(rest > 0 || days === 0 ? [`${rest} h`] : [])].join(' ');
}

function durationText(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [...(hours > 0 ? [`${hours} h`] : []), ...(rest > 0 || hours === 0 ? [`${rest} min`] : [])].join(' ');
}

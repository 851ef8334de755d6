import { describeInstant } from '@sallyport/calendar';
import type { CalendarAnswer, DeployNeed, Opening, StartPlan, TzdataAge, WindowRule } from '@sallyport/calendar';
import type { OpeningHours } from '@sallyport/policy';
import { DateTime } from 'luxon';
import type { Colors } from 'picocolors/types.js';
import { plain } from './plain.ts';
import { tzdataText } from './tzdata-text.ts';

/** All that is known of a window at an instant. */
export type WindowExplanation = {
  readonly environment: string;
  readonly zone: string;
  /** The zone of whoever asks. */
  readonly viewerZone: string;
  readonly answer: CalendarAnswer;
  readonly plan: StartPlan;
  readonly need: DeployNeed;
  readonly tzdata: TzdataAge;
};

/** Open or closed and by which rule, since and until when, what comes next, and what a deploy would have to keep to. */
export function renderWindowExplanation(explanation: WindowExplanation, colors: Colors): readonly string[] {
  const { environment, answer, zone, viewerZone, tzdata } = explanation;
  const when = (at: number): string => `${describeInstant(at, zone)}${viewerText(at, zone, viewerZone)}`;
  const rows: readonly (readonly [string, string | null])[] = [
    ['at', when(answer.at)],
    ['because', becauseText(answer)],
    ['since', answer.since === null ? null : when(answer.since)],
    ['until', answer.until === null ? 'no end in sight' : `${when(answer.until)}${answer.remainingMilliseconds === null ? '' : `, in ${spanText(answer.remainingMilliseconds)}`}`],
    ['opens next', openingText(answer.nextOpening, when)],
    ['closes next', answer.nextClosing === null ? null : when(answer.nextClosing)],
    ...startRows(explanation, when),
    ['zone data', tzdataText(tzdata)],
  ];
  const state = answer.state === 'open' ? colors.green('OPEN') : colors.yellow('CLOSED');
  return [`${state}  ${plain(environment)}, window ${answer.window}, by the clock of ${zone}`, ...rows.flatMap(([name, text]) => (text === null ? [] : [`  ${name.padEnd(12)}${text}`]))];
}

const viewerText = (at: number, zone: string, viewerZone: string): string => (viewerZone === zone || viewerZone === 'UTC' ? '' : `, ${DateTime.fromMillis(at, { zone: viewerZone, locale: 'en-US' }).toFormat('ccc HH:mm ZZZZ')} for you`);

function becauseText(answer: CalendarAnswer): string {
  if (answer.state === 'open') return ruleText(answer.rule);
  const { why } = answer;
  switch (why.because) {
    case 'no-window':
      return 'no rule of the window opens it then';
    case 'freeze':
      return `freeze ${plain(why.freeze.name)} is in force, which ${plain(why.freeze.owner)} owns: ${plain(why.freeze.reason)}`;
    default:
      return why satisfies never;
  }
}

function ruleText(rule: WindowRule): string {
  const place = plain(rule.path.join('.'));
  switch (rule.kind) {
    case 'hours':
      return `${place}: ${hoursText(rule.hours)}`;
    case 'extra':
      return `${place}: an extra window by ${plain(rule.extra.owner)}: ${plain(rule.extra.reason)}`;
    default:
      return rule satisfies never;
  }
}

const hoursText = ({ days, from, to }: OpeningHours): string => `${days.join(', ')} ${from} to ${to}`;

const openingText = (opening: Opening | null, when: (at: number) => string): string => (opening === null ? 'not within 400 days' : when(opening.from));

/** What a deploy has to keep to: when it can start, and by when it must have. */
function startRows({ plan, need }: WindowExplanation, when: (at: number) => string): readonly (readonly [string, string | null])[] {
  const deploy = ['a deploy', `of ${spanText(need.expectedSeconds * 1000)}, with ${spanText(need.reserveSeconds * 1000)} in reserve`] as const;
  switch (plan.start) {
    case 'now':
      return [deploy, ['start by', plan.lastSafeStart === null ? null : when(plan.lastSafeStart)]];
    case 'later':
      return [deploy, ['start from', when(plan.opensAt)], ['start by', plan.lastSafeStart === null ? null : when(plan.lastSafeStart)]];
    case 'not-in-sight':
      return [deploy, ['start', 'fits into no window in sight']];
    default:
      return plan satisfies never;
  }
}

/** `5 h 30 min`, `2 days 4 h`, `45 s`: the two largest units that are not zero. */
export function spanText(milliseconds: number): string {
  let rest = Math.round(milliseconds / 1000);
  const parts = ([[86_400, 'day'], [3600, 'h'], [60, 'min'], [1, 's']] as const).flatMap(([size, unit]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? [] : [`${count} ${unit === 'day' && count > 1 ? 'days' : unit}`];
  });
  return parts.length === 0 ? '0 s' : parts.slice(0, 2).join(' ');
}

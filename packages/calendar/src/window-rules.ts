import type { ExtraWindowPolicy, OpeningHours, WindowPolicy } from '@sallyport/policy';
import type { Interval } from './calendar.ts';
import type { DayFacts } from './day-number.ts';
import { heldTo, occurrenceOn, opensOn, prepareRule, wallTimesOn } from './opening-rule.ts';
import type { OpeningRule } from './opening-rule.ts';
import { resolveDateTime, wallTime } from './wall-clock.ts';
import { zoneClock } from './zone-clock.ts';
import type { WallTime, ZoneClock } from './zone-clock.ts';

/** What in a window opens it, and where it stands in the policy: `['windows', 'nights', 'also', 0]`. */
export type WindowRule = { readonly path: readonly (string | number)[] } & (
  | { readonly kind: 'hours'; readonly hours: OpeningHours }
  | { readonly kind: 'extra'; readonly extra: ExtraWindowPolicy }
);

/** An occurrence as the wall clock says it, and the time it takes; null: it does not happen. */
export type PlannedOccurrence = { readonly wall: { readonly from: WallTime; readonly to: WallTime }; readonly happens: Interval | null };

/** A rule made ready. Both give what starts on those dates, of which `planned` has more to say; an extra window is given whatever they are. */
export type PreparedWindowRule = {
  readonly rule: WindowRule;
  readonly startingOn: (dates: readonly DayFacts[]) => readonly Interval[];
  readonly planned: (dates: readonly DayFacts[]) => readonly PlannedOccurrence[];
};

/**
 * The rules of a window, in the order of the file: its own hours, those of `also` within the validity and the exceptions of
 * the window, and extra windows, which happen whatever those say. Throws `UnknownZoneError`.
 */
export function prepareWindowRules(window: WindowPolicy): readonly PreparedWindowRule[] {
  const clock = zoneClock(window.zone);
  const path = ['windows', window.name];
  const own = prepareRule(window);
  const also = (window.also ?? []).map((hours, index) => hoursRule(clock, heldTo(own, prepareRule(hours)), { kind: 'hours', path: [...path, 'also', index], hours }));
  const extra = window.extra.map((one, index) => extraRule(clock, one, [...path, 'extra', index]));
  return [hoursRule(clock, own, { kind: 'hours', path, hours: window }), ...also, ...extra];
}

function hoursRule(clock: ZoneClock, opening: OpeningRule, rule: WindowRule): PreparedWindowRule {
  const startingOn: PreparedWindowRule['startingOn'] = (dates) => dates.filter((date) => opensOn(opening, date)).flatMap(({ number }) => occurrenceOn(opening, clock, number) ?? []);
  return { rule, startingOn, planned: (dates) => dates.filter((date) => opensOn(opening, date)).map(({ number }) => ({ wall: wallTimesOn(opening, number), happens: occurrenceOn(opening, clock, number) })) };
}

/** One with a bound on a date that the zone skipped, or that comes out empty, does not happen. */
function extraRule(clock: ZoneClock, extra: ExtraWindowPolicy, path: WindowRule['path']): PreparedWindowRule {
  const [from, to] = [resolveDateTime(clock, extra.from), resolveDateTime(clock, extra.to)];
  const happens = from === null || to === null || to <= from ? null : { from, to };
  const planned = [{ wall: { from: wallTime(extra.from), to: wallTime(extra.to) }, happens }];
  const startingOn = happens === null ? [] : [happens];
  return { rule: { kind: 'extra', path, extra }, startingOn: () => startingOn, planned: () => planned };
}

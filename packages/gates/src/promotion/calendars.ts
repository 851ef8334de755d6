import { checkFreshness } from '@sallyport/calendar';
import type { FreezeSpan, Instant } from '@sallyport/calendar';
import type { CalendarPolicy, FeedPolicy, Policy } from '@sallyport/policy';
import type { CalendarFact } from '../facts/calendar-facts.ts';
import { cutShort, missingFact } from '../ruling.ts';
import type { Finding } from '../ruling.ts';
import { calendarSource } from './calendar-source.ts';
import type { PromotionFacts } from './promotion-facts.ts';

/** What was read of the policy's calendars. */
export type CalendarReadings = Pick<PromotionFacts, 'calendars'>;

/** A freeze that a calendar names, and which calendar. */
export type CalendarFreeze = FreezeSpan & { readonly calendar: string };

/** The freezes that the policy's calendars name, also those of a calendar that is stale or was changed: they only ever close. */
export function calendarFreezes(policy: Policy, facts: CalendarReadings): readonly CalendarFreeze[] {
  return (policy.calendars ?? []).flatMap((calendar) => {
    const reading = factOf(calendar, facts)?.reading;
    if (reading?.state !== 'read') return [];
    const { name, zone, owner, reason } = calendar;
    return reading.freezes.map((freeze): CalendarFreeze => ({ name: freeze.name, calendar: name, zone, owner, reason, from: freeze.from, to: freeze.to }));
  });
}

/** What keeps the policy's calendars from being believed. Each counts as a freeze, with a reason of its own (W09). */
export function calendarFindings(policy: Policy, facts: CalendarReadings, at: Instant): readonly Finding[] {
  const calendars = policy.calendars ?? [];
  if (calendars.length === 0) return [];
  if (facts.calendars === undefined) return [missingFact('What the calendars of the policy hold', 'nobody looked')];
  const incomplete = facts.calendars.complete ? [] : [cutShort('calendars', facts.calendars.missing)];
  return [...incomplete, ...calendars.flatMap((calendar) => findings(calendar, facts, at))];
}

/** Another source under the same name is no answer, and two answers are none. */
function factOf(calendar: CalendarPolicy, { calendars }: CalendarReadings): CalendarFact | undefined {
  const found = calendars?.items.filter(({ name, source }) => name === calendar.name && source === calendarSource(calendar)) ?? [];
  return found.length === 1 ? found[0] : undefined;
}

function findings(calendar: CalendarPolicy, facts: CalendarReadings, at: Instant): readonly Finding[] {
  const fact = factOf(calendar, facts);
  const what = `Calendar ${calendar.name}`;
  if (fact === undefined) return [missingFact(what, `the facts hold no single reading of ${calendarSource(calendar)}`)];
  const { reading } = fact;
  if (reading.state === 'unreadable') return [closed('calendar-unreadable', calendar, `${what} (${fact.source}) cannot be read, so nothing is open: ${reading.problem}`, 'repair it')];
  if (at < reading.from || at >= reading.to) return [missingFact(what, 'it was read for another time')];
  return calendar.source.kind === 'feed' ? feedFindings(calendar, calendar.source, reading, at) : [];
}

function feedFindings(calendar: CalendarPolicy, { at: place, longestAgeSeconds }: FeedPolicy, { data, writtenAt }: Extract<CalendarFact['reading'], { readonly state: 'read' }>, at: Instant): readonly Finding[] {
  const freshness = checkFreshness({ at: writtenAt, now: at, longestAgeSeconds });
  const isChanged = place.in === 'web' && data !== `sha256:${place.sha256}`;
  return [
    ...(isChanged ? [closed('calendar-changed', calendar, `Calendar ${calendar.name} is not what the policy agreed on, so nothing is open: ${place.url} is ${data}.`, 'see what was changed in it, and write the new digest into the policy if that was meant')] : []),
    ...(freshness.state === 'fresh' ? [] : [closed('calendar-stale', calendar, `Calendar ${calendar.name} is not believed, so nothing is open: ${freshness.message}`, 'publish it anew')]),
  ];
}

function closed(reason: 'calendar-unreadable' | 'calendar-changed' | 'calendar-stale', { name, owner }: CalendarPolicy, summary: string, remedy: string): Finding {
  return { outcome: 'wait', reason, summary, next: [{ who: owner, what: `${remedy}, or take calendar ${name} out of the policy`, effort: 'change' }] };
}

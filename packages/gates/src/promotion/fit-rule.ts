import { describeInstant, fits } from '@sallyport/calendar';
import type { Instant } from '@sallyport/calendar';
import type { Question } from '../create-gate.ts';
import { completeList } from '../facts/fact.ts';
import { cutShort } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { expectedDuration } from './expected-duration.ts';
import type { ExpectedDuration } from './expected-duration.ts';
import { environmentOf } from './promotion-facts.ts';
import type { PromotionFacts } from './promotion-facts.ts';
import { everyFreeze, timetableOf, zoneOf } from './timetable.ts';
import type { Timetable } from './timetable.ts';
import { timeRuling } from './waiver.ts';
import type { Waiver } from './waiver.ts';
import { counted } from '../wording.ts';

/** Is a deploy that starts now expected to end before the window closes? */
export function fitRule({ policy, facts, at }: Question<PromotionFacts>, waiver: Waiver | null): Ruling {
  const environment = environmentOf(policy, facts);
  const freezes = waiver?.waives.includes('freeze') === true ? [] : everyFreeze(policy, facts);
  const timetable = environment === null || at === null ? null : timetableOf(policy, environment, at, freezes);
  if (environment?.mustFit !== true || at === null || timetable?.state !== 'open') {
    return timeRuling('fit', [], { reason: 'not-applicable', summary: 'There is no open window that a deploy would have to fit into.' }, 'window', waiver);
  }
  const recent = facts.gate === 'release' ? facts.recentDeploySeconds : completeList([]);
  const duration = expectedDuration(recent.items);
  const { fits: inTime, lastSafeStart } = fits({ at, until: timetable.until, ...duration });
  const say = (instant: Instant): string => describeInstant(instant, zoneOf(policy, environment));
  const incomplete = recent.complete ? [] : [cutShort('recent deploys', recent.missing)];
  const late = inTime ? [] : [tooLate(timetable, lastSafeStart, duration, say)];
  const evidence = [`expected ${duration.expectedSeconds} s, from ${counted(recent.items.length, 'deploy')} measured`, `reserve ${duration.reserveSeconds} s`, `last safe start ${say(lastSafeStart)}`];
  const grounds = { summary: `The deploy is expected to end in time; the last safe start is ${say(lastSafeStart)}.`, evidence };
  return timeRuling('fit', [...late, ...incomplete], grounds, 'window', waiver);
}

type Open = Extract<Timetable, { readonly state: 'open' }>;

function tooLate({ until, nextOpening }: Open, lastSafeStart: Instant, { expectedSeconds, reserveSeconds }: ExpectedDuration, say: (at: Instant) => string): Finding {
  const summary = `A deploy needs ${expectedSeconds} s and ${reserveSeconds} s in reserve, but the window closes ${say(until)}; the last safe start was ${say(lastSafeStart)}.`;
  if (nextOpening === null) return { outcome: 'wait', reason: 'does-not-fit', summary, next: [{ who: 'whoever owns the policy', what: 'see whether the window still has days to come' }] };
  return { outcome: 'wait', reason: 'does-not-fit', summary, next: [{ who: 'the window', what: `wait until it opens again, ${say(nextOpening.from)}` }], recheckAt: nextOpening.from };
}

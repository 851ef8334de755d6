import type { Instant } from '@sallyport/calendar';
import type { Question } from '../evaluate.ts';
import { cutShort } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { expectedDuration } from './expected-duration.ts';
import type { ExpectedDuration } from './expected-duration.ts';
import { environmentOf } from './promotion-facts.ts';
import type { PromotionFacts } from './promotion-facts.ts';
import { timetableOf } from './timetable.ts';
import { timeRuling } from './waiver.ts';
import type { Waiver } from './waiver.ts';

/** Is a deploy that starts now expected to end before the window closes? */
export function fitRule({ policy, facts, at }: Question<PromotionFacts>, waiver: Waiver | null): Ruling {
  const environment = environmentOf(policy, facts);
  const freezes = waiver?.waives.includes('freeze') === true ? [] : policy.freezes;
  const timetable = environment === null || at === null ? null : timetableOf(policy, environment, at, freezes);
  if (environment?.mustFit !== true || at === null || timetable?.state !== 'open') {
    return timeRuling('fit', [], { reason: 'not-applicable', summary: 'There is no open window that a deploy would have to fit into.' }, 'window', waiver);
  }
  const duration = expectedDuration(facts.gate === 'release' ? facts.recentDeploySeconds.items : []);
  const lastStartAt = timetable.until - (duration.expectedSeconds + duration.reserveSeconds) * 1000;
  const incomplete = facts.gate === 'release' && !facts.recentDeploySeconds.complete ? [cutShort('recent deploys', facts.recentDeploySeconds.missing)] : [];
  const late = at <= lastStartAt ? [] : [tooLate(timetable.until, lastStartAt, duration, timetable.nextOpening?.from ?? null)];
  const grounds = { summary: `The deploy is expected to end in time; the last safe start is ${text(lastStartAt)}.`, evidence: evidenceOf(duration, lastStartAt) };
  return timeRuling('fit', [...late, ...incomplete], grounds, 'window', waiver);
}

function evidenceOf({ expectedSeconds, reserveSeconds, measured }: ExpectedDuration, lastStartAt: Instant): readonly string[] {
  const source = measured === 0 ? 'no deploy measured yet, so 15 minutes are assumed' : `95th percentile of ${measured} measured`;
  return [`expected ${expectedSeconds} s (${source})`, `reserve ${reserveSeconds} s`, `last safe start ${text(lastStartAt)}`];
}

function tooLate(until: Instant, lastStartAt: Instant, { expectedSeconds, reserveSeconds }: ExpectedDuration, opening: Instant | null): Finding {
  const summary = `A deploy needs ${expectedSeconds} s and ${reserveSeconds} s in reserve, and the window closes ${text(until)}; the last safe start was ${text(lastStartAt)}.`;
  const what = opening === null ? 'wait for another opening' : `wait for the next opening, ${text(opening)}`;
  return { outcome: 'wait', reason: 'does-not-fit', summary, next: [{ who: 'nobody', what }], ...(opening === null ? {} : { recheckAt: opening }) };
}

const text = (at: Instant): string => new Date(at).toISOString();

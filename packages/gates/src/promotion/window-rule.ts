import { describeInstant } from '@sallyport/calendar';
import type { Instant } from '@sallyport/calendar';
import type { Question } from '../create-gate.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { scheduledFor, scheduleEvidence, scheduleFindings } from './judge-schedule.ts';
import { environmentOf } from './promotion-facts.ts';
import type { PromotionFacts } from './promotion-facts.ts';
import { untrustedTime } from './untrusted-time.ts';
import { everyFreeze, timetableOf, zoneOf } from './timetable.ts';
import type { Timetable } from './timetable.ts';
import { timeRuling } from './waiver.ts';
import type { Waiver } from './waiver.ts';

/** Is the environment's window open now, and is it the opening that a release manager named, where one did or must? */
export function windowRule(question: Question<PromotionFacts>, waiver: Waiver | null): Ruling {
  const { policy, facts, at } = question;
  const environment = environmentOf(policy, facts);
  if (environment === null || environment.window === null) {
    return timeRuling('window', [], { reason: 'not-applicable', summary: `${facts.environment} has no window.` }, 'window', waiver);
  }
  if (at === null) return timeRuling('window', [untrustedTime('Whether the window is open')], { summary: '' }, 'window', waiver);
  const text = (instant: Instant): string => describeInstant(instant, zoneOf(policy, environment));
  const timetable = timetableOf(policy, environment, at);
  const opening = nextOpening(timetableOf(policy, environment, at, everyFreeze(policy, facts)));
  const summary = timetable.state === 'open' ? `Window ${environment.window} is open until ${text(timetable.until)}.` : '';
  const evidence = timetable.state === 'open' ? [`open ${text(timetable.since)} to ${text(timetable.until)}`] : opening === null ? [] : [`opens ${text(opening)}`];
  const planned = scheduleFindings(question, { text, opening });
  return timeRuling('window', [...findings(timetable, opening, text), ...planned], { summary: `${summary}${scheduledFor(question)}`, evidence: [...evidence, ...scheduleEvidence(question)] }, 'window', waiver);
}

type Text = (at: Instant) => string;

function findings(timetable: Timetable, opening: Instant | null, text: Text): readonly Finding[] {
  switch (timetable.state) {
    case 'open':
    case 'always':
      return [];
    case 'missing':
      return [{ outcome: 'unknown', reason: 'fact-missing', summary: `The policy has no window ${timetable.window}.`, next: [{ who: 'whoever owns the policy', what: `describe window ${timetable.window}` }] }];
    case 'closed':
      return [closed(timetable.window, opening, text)];
    default:
      return timetable satisfies never;
  }
}

function closed(window: string, opening: Instant | null, text: Text): Finding {
  if (opening === null) {
    const next = [{ who: 'whoever owns the policy', what: `see whether window ${window} still has days to come` }];
    return { outcome: 'wait', reason: 'window-closed', summary: `Window ${window} is closed, and no opening is in sight.`, next };
  }
  const summary = `Window ${window} is closed; it opens ${text(opening)}.`;
  return { outcome: 'wait', reason: 'window-closed', summary, next: [{ who: `window ${window}`, what: `wait until it opens, ${text(opening)}` }], recheckAt: opening };
}

const nextOpening = (timetable: Timetable): Instant | null => (timetable.state === 'open' || timetable.state === 'closed' ? (timetable.nextOpening?.from ?? null) : null);

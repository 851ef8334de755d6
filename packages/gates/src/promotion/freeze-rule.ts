import { describeInstant } from '@sallyport/calendar';
import type { Question } from '../create-gate.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { calendarFindings } from './calendars.ts';
import type { PromotionFacts } from './promotion-facts.ts';
import { freezesInForce } from './timetable.ts';
import type { FreezeInForce } from './timetable.ts';
import { untrustedTime } from './untrusted-time.ts';
import { timeRuling } from './waiver.ts';
import type { Waiver } from './waiver.ts';
import { counted } from '../wording.ts';

/** A calendar may hold any number at once; those that are not named are counted. */
const mostNamed = 20;

/** Is a freeze in force, or could one be that nobody could read? It outranks the window, and only an override that says freeze waives it. */
export function freezeRule(question: Question<PromotionFacts>, waiver: Waiver | null): Ruling {
  const { policy, facts, at } = question;
  const findings = at === null ? unknownTime(policy.freezes.length + (policy.calendars?.length ?? 0)) : [...inForceFindings(freezesInForce(policy, facts, at)), ...calendarFindings(policy, facts, at)];
  return timeRuling('freeze', findings, { summary: 'No freeze is in force.' }, 'freeze', waiver);
}

const unknownTime = (freezes: number): readonly Finding[] => (freezes === 0 ? [] : [untrustedTime('Whether a freeze is in force')]);

function inForceFindings(freezes: readonly FreezeInForce[]): readonly Finding[] {
  const others = freezes.length - mostNamed;
  return [...freezes.slice(0, mostNamed).map(inForce), ...(others > 0 ? [{ outcome: 'wait', reason: 'freeze', summary: `${counted(others, 'more freeze')} ${others === 1 ? 'is' : 'are'} in force.` } as const] : [])];
}

function inForce({ name, place, zone, owner, reason, until }: FreezeInForce): Finding {
  if (until === null) {
    const next = [{ who: owner, what: `end freeze ${name} in ${place}` }];
    return { outcome: 'wait', reason: 'freeze', summary: `Freeze ${name} is in force until ${owner} ends it: ${reason}.`, next };
  }
  const end = until === 'far' ? 'with no end in sight' : `until ${describeInstant(until, zone)}`;
  return {
    outcome: 'wait',
    reason: 'freeze',
    summary: `Freeze ${name} is in force ${end}: ${reason}.`,
    next: [{ who: owner, what: `end freeze ${name} in ${place}, or wait ${end}` }],
    ...(until === 'far' ? {} : { recheckAt: until }),
  };
}

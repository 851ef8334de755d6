import { describeInstant } from '@sallyport/calendar';
import type { Question } from '../create-gate.ts';
import type { Finding, Ruling } from '../ruling.ts';
import type { PromotionFacts } from './promotion-facts.ts';
import { freezesInForce } from './timetable.ts';
import type { FreezeInForce } from './timetable.ts';
import { untrustedTime } from './untrusted-time.ts';
import { timeRuling } from './waiver.ts';
import type { Waiver } from './waiver.ts';

/** Is a freeze in force? It outranks the window, and only an override that says freeze waives it. */
export function freezeRule({ policy, at }: Question<PromotionFacts>, waiver: Waiver | null): Ruling {
  const findings = at === null ? unknownTime(policy.freezes.length) : freezesInForce(policy, at).map(inForce);
  return timeRuling('freeze', findings, { summary: 'No freeze is in force.' }, 'freeze', waiver);
}

const unknownTime = (freezes: number): readonly Finding[] => (freezes === 0 ? [] : [untrustedTime('Whether a freeze is in force')]);

function inForce({ name, zone, owner, reason, until }: FreezeInForce): Finding {
  if (until === null) {
    const next = [{ who: owner, what: `end freeze ${name} in the policy` }];
    return { outcome: 'wait', reason: 'freeze', summary: `Freeze ${name} is in force until ${owner} ends it: ${reason}.`, next };
  }
  const end = until === 'far' ? 'with no end in sight' : `until ${describeInstant(until, zone)}`;
  return {
    outcome: 'wait',
    reason: 'freeze',
    summary: `Freeze ${name} is in force ${end}: ${reason}.`,
    next: [{ who: owner, what: `end freeze ${name} in the policy, or wait ${end}` }],
    ...(until === 'far' ? {} : { recheckAt: until }),
  };
}

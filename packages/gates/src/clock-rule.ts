import type { Instant } from '@sallyport/calendar';
import type { ClockReading } from './decision.ts';
import { ruling } from './ruling.ts';
import type { Finding, Ruling } from './ruling.ts';
import { timeText } from './time-text.ts';

/** The two clocks may differ by this much before neither is believed. */
export const maximumSkewSeconds = 60;

/** The time to judge by: the server's, and only while the machine's clock agrees; else null. */
export function trustedTime({ serverAt, localAt }: ClockReading): Instant | null {
  return serverAt === null || Math.abs(serverAt - localAt) > maximumSkewSeconds * 1000 ? null : serverAt;
}

/** Can the time be trusted? Without it nothing is ever allowed. */
export function clockRule(now: ClockReading): Ruling {
  const evidence = [`server ${now.serverAt === null ? 'gave no time' : timeText(now.serverAt)}`, `machine ${timeText(now.localAt)}`];
  return ruling('clock', findings(now), { summary: "GitHub's clock and this machine's agree.", evidence });
}

function findings(now: ClockReading): readonly Finding[] {
  if (now.serverAt === null) {
    const next = [{ who: 'whoever runs Sallyport', what: "ask again when GitHub's answers carry a Date header" }];
    return [{ outcome: 'unknown', reason: 'clock-untrusted', summary: 'GitHub gave no time, so nothing can be decided.', next }];
  }
  if (trustedTime(now) !== null) return [];
  const seconds = Math.round(Math.abs(now.serverAt - now.localAt) / 1000);
  const summary = `GitHub's clock and this machine's are ${seconds} seconds apart; more than ${maximumSkewSeconds} is not trusted.`;
  return [{ outcome: 'unknown', reason: 'clock-untrusted', summary, next: [{ who: 'whoever runs Sallyport', what: "correct this machine's clock, then ask again" }] }];
}

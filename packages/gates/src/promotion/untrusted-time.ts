import type { Finding } from '../ruling.ts';

/** What a rule about time says while the clock is not trusted; the clock rule names the way out. */
export const untrustedTime = (what: string): Finding => ({ outcome: 'unknown', reason: 'clock-untrusted', summary: `${what} is not known, because the time is not trusted.` });

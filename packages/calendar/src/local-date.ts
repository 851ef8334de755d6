import type { Instant } from './calendar.ts';
import { zoneClock } from './zone-clock.ts';

/** The date (YYYY-MM-DD) that a zone's calendar shows at an instant. Throws `UnknownZoneError`. */
export const localDate = (zone: string, at: Instant): string => new Date(at + zoneClock(zone).offsetAt(at)).toISOString().slice(0, 10);

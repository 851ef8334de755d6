import { DateTime } from 'luxon';

/** The week of the story, in US Pacific time. */
const week = { monday: '2026-11-30', tuesday: '2026-12-01', wednesday: '2026-12-02', thursday: '2026-12-03', friday: '2026-12-04', saturday: '2026-12-05' } as const;

/** `pacific('wednesday', '10:00')` as epoch milliseconds. */
export const pacific = (day: keyof typeof week, time: string): number => DateTime.fromISO(`${week[day]}T${time}`, { zone: 'America/Los_Angeles' }).toMillis();

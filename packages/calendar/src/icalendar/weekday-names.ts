/** As iCalendar names them (RFC 5545 §3.3.10), numbered as `Date` does: 0 is Sunday. */
export const weekdayNames = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;

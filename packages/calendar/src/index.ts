export type { Instant, Interval, WindowState } from './calendar.ts';

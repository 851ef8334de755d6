export type { Instant, Interval, WindowState } from './calendar.ts';
export { describeInstant } from './describe-instant.ts';
export { expectedDeploySeconds, fits } from './fit.ts';
export { UnknownZoneError } from './unknown-zone-error.ts';
export { openIntervals, windowState } from './window-state.ts';
export { checkZone } from './zone.ts';
export type { ZoneCheck } from './zone.ts';

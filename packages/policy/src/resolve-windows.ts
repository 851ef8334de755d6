import type { FreezePolicy, OpeningHours, WindowPolicy } from './policy.ts';
import { OPEN_ENDED } from './policy-fields.ts';
import type { FreezeFile, OpeningHoursFile, WindowFile } from './schema-window.ts';

/** A window with its name; what it does not use stays absent. */
export function resolveWindow(name: string, { zone, also, extra, ...hours }: WindowFile): WindowPolicy {
  return { name, zone, ...resolveHours(hours), ...(also === undefined ? {} : { also: also.map(resolveHours) }), extra };
}

function resolveHours({ days, from, to, except, since, until }: OpeningHoursFile): OpeningHours {
  return { days, from, to, except, ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) };
}

export function resolveFreeze({ every, to, ...terms }: FreezeFile): FreezePolicy {
  return every === undefined ? { ...terms, to: to === OPEN_ENDED ? null : to } : { ...terms, every, to };
}

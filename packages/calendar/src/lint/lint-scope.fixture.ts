import type { FreezePolicy, OpeningHours, WindowPolicy } from '@sallyport/policy';
import type { LintScope } from './lint-scope.ts';

const week = 7 * 86_400_000;
const asked = Date.parse('2026-12-02T18:00:00Z');
export const losAngeles = 'America/Los_Angeles';

/** Sundays 06:00 to 12:00 in Los Angeles. */
export const windowOf = (changes: Partial<WindowPolicy> = {}): WindowPolicy => ({ name: 'nights', zone: losAngeles, days: ['sunday'], from: '06:00', to: '12:00', except: [], extra: [], ...changes });

/** Tuesdays at the same hours. */
export const hoursOf = (changes: Partial<OpeningHours> = {}): OpeningHours => ({ days: ['tuesday'], from: '06:00', to: '12:00', except: [], ...changes });

export const extraOf = (from: string, to: string) => ({ from, to, owner: '@rita', reason: 'once' });

/** Over Christmas 2026. */
export const freezeOf = (changes: Partial<Extract<FreezePolicy, { every?: never }>> = {}): FreezePolicy => ({ name: 'holidays', zone: losAngeles, from: '2026-12-19T00:00', to: '2027-01-04T00:00', owner: '@rita', reason: 'peak season', ...changes });

/** Two years from Wednesday, 2 December 2026, ten in the morning in Los Angeles, to Wednesday, 29 November 2028. */
export const scopeOf = (window: WindowPolicy | null, changes: Partial<LintScope> = {}): LintScope => ({
  windows: window === null ? [] : [window],
  freezes: [],
  elsewhere: [],
  unusedWindows: [],
  openAnytime: [],
  from: asked,
  to: asked + 104 * week,
  maxGapMilliseconds: 5 * week,
  tzdata: '2026f',
  ...changes,
});

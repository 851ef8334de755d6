import type { SettableClock } from './context.ts';

/**
 * A clock that starts at `at` (epoch milliseconds) and then flows with `machine` (default: this machine's clock),
 * or stands still when `frozen`.
 */
export function createSettableClock(options: { readonly at: number; readonly frozen?: boolean; readonly machine?: () => number }): SettableClock {
  const machine = options.frozen === true ? () => 0 : (options.machine ?? (() => Date.now()));
  let offset = options.at - machine();
  return {
    now: () => Math.floor(machine() + offset),
    set: (at) => {
      offset = at - machine();
    },
    advance: (milliseconds) => {
      offset += milliseconds;
    },
  };
}

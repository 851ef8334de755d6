import { describe, expect, it } from 'vitest';
import { createSettableClock } from './settable-clock.ts';

describe('the settable clock', () => {
  it('flows with the machine from where it was last set', () => {
    let machine = 5_000;
    const clock = createSettableClock({ at: 1_000_000, machine: () => machine });
    machine += 250;
    expect(clock.now()).toBe(1_000_250);
    clock.advance(60_000);
    expect(clock.now()).toBe(1_060_250);
    clock.set(2_000_000);
    machine += 5;
    expect(clock.now()).toBe(2_000_005);
  });

  it('stands still when frozen', () => {
    const clock = createSettableClock({ at: 1_000, frozen: true });
    expect(clock.now()).toBe(1_000);
    clock.advance(1);
    expect(clock.now()).toBe(1_001);
  });
});

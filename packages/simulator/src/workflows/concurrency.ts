type Ticket = { readonly answer: (verdict: 'go' | 'evicted') => void };

/** Concurrency groups: one holder each; the newest waiting replaces an older one that still waits, unless all are kept. */
export type ConcurrencyGroups = {
  /** Resolves when the group is free for the caller, or when a newer one took its place. */
  enter(group: string, options: { readonly keepAll: boolean }): Promise<'go' | 'evicted'>;
  leave(group: string): void;
};

/** Source: GitHub, "Control the concurrency of workflows and jobs", November 2026. */
export function createConcurrencyGroups(): ConcurrencyGroups {
  const waiting = new Map<string, Ticket[]>();
  return {
    enter: async (group, { keepAll }) => {
      const line = waiting.get(group);
      if (line === undefined) {
        waiting.set(group, []);
        return 'go';
      }
      if (!keepAll) for (const ticket of line.splice(0)) ticket.answer('evicted');
      return new Promise((answer) => line.push({ answer }));
    },
    leave: (group) => {
      const next = waiting.get(group)?.shift();
      if (next === undefined) waiting.delete(group);
      else next.answer('go');
    },
  };
}

/** At most `size` at once, served in the order they asked. */
export type Slots = { take(): Promise<void>; free(): void };

export function createSlots(size: number): Slots {
  let left = size;
  const line: (() => void)[] = [];
  return {
    take: async () => {
      if (left > 0) {
        left -= 1;
        return;
      }
      await new Promise<void>((go) => line.push(go));
    },
    free: () => {
      const next = line.shift();
      if (next === undefined) left += 1;
      else next();
    },
  };
}

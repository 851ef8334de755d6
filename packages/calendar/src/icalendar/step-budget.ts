/** Counts work, so that a file can be refused for what it costs and not for the time that it took. */
export type StepBudget = {
  /** false: there are not as many left, and whatever asked must stop. */
  readonly spend: (steps: number) => boolean;
  /** No more than the maximum. */
  readonly spent: () => number;
  /** Something asked for more than was left. */
  readonly isUsedUp: () => boolean;
};

export function stepBudget(maximum: number): StepBudget {
  let spent = 0;
  let isUsedUp = false;
  return {
    spend: (steps) => {
      isUsedUp ||= spent + steps > maximum;
      spent = isUsedUp ? maximum : spent + steps;
      return !isUsedUp;
    },
    spent: () => spent,
    isUsedUp: () => isUsedUp,
  };
}

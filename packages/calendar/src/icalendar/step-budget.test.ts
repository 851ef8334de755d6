import { expect, it } from 'vitest';
import { stepBudget } from './step-budget.ts';

it('a budget can be spent to its last step, and once more was asked for nothing is left', () => {
  const budget = stepBudget(3);
  expect([budget.spend(1), budget.spend(2), budget.spent(), budget.isUsedUp()]).toEqual([true, true, 3, false]);
  expect([budget.spend(1), budget.spent(), budget.isUsedUp()]).toEqual([false, 3, true]);
  expect(budget.spend(0)).toBe(false);
});

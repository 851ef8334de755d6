// All that the calendar asks of the policy package when it runs. Reading the whole package, with its schemas, would take a third of the time of every change.
export { dayRuleParts } from '../../packages/policy/src/day-rule.ts';
export { renderPath } from '../../packages/policy/src/problem.ts';

export { dayRuleParts } from './day-rule.ts';
export type * from './policy.ts';
export { parsePolicy } from './parse-policy.ts';
export type { PolicyResult } from './parse-policy.ts';
export { placeIn } from './place-in.ts';
export type { PolicyProblem } from './policy-problem.ts';
export { renderPath } from './problem.ts';
export { policyJsonSchema } from './policy-json-schema.ts';
export type { TextPosition } from './text-position.ts';

export { dayRuleParts } from './day-rule.ts';
export type * from './policy.ts';
export { parsePolicy } from './parse-policy.ts';
export type { PolicyResult } from './parse-policy.ts';
export type { PolicyProblem } from './policy-problem.ts';
export { policyJsonSchema } from './policy-json-schema.ts';
export { unenforced } from './unenforced.ts';
export type { Unenforced } from './unenforced.ts';

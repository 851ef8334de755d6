export type * from './policy.ts';
export type { PolicyProblem, PolicyResult } from './parse-policy.ts';

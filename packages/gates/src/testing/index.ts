export * from './ask.ts';
export * from './example-decisions.ts';
export * from './handmade-decision.ts';
export * from './merge-facts-of.ts';
export * from './override-facts-of.ts';
export * from './people.ts';
export * from './policy.ts';
export * from './promotion-facts-of.ts';

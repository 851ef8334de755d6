/**
 * Every reason a rule can give: a closed list. The documentation has a section for each.
 * Extend it here when a rule is added; never reuse a code for another meaning.
 */
export const reasonCodes = [
  'ok',
  'not-applicable',
  'not-enforced',
  'fact-missing',
  'list-incomplete',
  'clock-untrusted',
] as const;

export type ReasonCode = (typeof reasonCodes)[number];

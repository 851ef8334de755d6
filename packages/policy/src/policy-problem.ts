/** One thing that is wrong, or not yet enforced, in a policy file. */
export type PolicyProblem = {
  readonly severity: 'error' | 'warning';
  /** Stable kebab-case code, e.g. `unknown-field`, `wrong-type`, `unknown-window`. */
  readonly code: string;
  /** Where in the document, e.g. `['merge', 'tests', 0, 'check']`. */
  readonly path: readonly (string | number)[];
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
  /** One sentence: what is wrong and why. */
  readonly message: string;
  /** What would be accepted here, when that is a short list. */
  readonly allowed?: readonly string[];
  /** The nearest accepted spelling, when there is one close enough. */
  readonly nearest?: string;
};
